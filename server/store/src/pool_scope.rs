//! The fence between user pools, as [`crate::scope`] is the one between workspaces: the only way to begin a statement about a
//! table of a pool is [`Pool`], which has already written the tenant and the pool into it.

use cardea_protocol::TenantId;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DeleteMany, EntityTrait, QueryFilter, Select, UpdateMany,
    sea_query::{ExprTrait, SimpleExpr},
};

use crate::{Store, Tx, deadline::Bounded};

/// A table whose rows belong to a user pool; names the two columns that say which.
pub(crate) trait PoolTable: EntityTrait {
    const TENANT: Self::Column;
    const POOL: Self::Column;
}

macro_rules! pool_tables {
    ($($table:ident: $pool:ident),+ $(,)?) => {
        $(impl PoolTable for crate::entity::$table::Entity {
            const TENANT: Self::Column = crate::entity::$table::Column::TenantId;
            const POOL: Self::Column = crate::entity::$table::Column::$pool;
        })+
    };
}

pool_tables! {
    user_pools: Id,
    users: PoolId,
    sessions: PoolId,
    user_links: PoolId,
    // Also of a workspace: a session that ends takes with it what came of it in each, and a person sees what they have agreed to in all.
    families: PoolId,
    consents: PoolId,
    authorization_codes: PoolId,
    device_codes: PoolId,
}

/// One user pool; statements that begin here stay in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pool {
    pub(crate) tenant_id: TenantId,
    pub(crate) pool_id: String,
}

impl Pool {
    pub(crate) fn new(tenant_id: &TenantId, pool_id: &str) -> Self {
        Self { tenant_id: tenant_id.clone(), pool_id: pool_id.to_owned() }
    }

    pub(crate) fn rows<E: PoolTable>(&self) -> Select<E> {
        E::find().filter(self.within::<E>())
    }

    pub(crate) fn update<E: PoolTable>(&self) -> UpdateMany<E> {
        E::update_many().filter(self.within::<E>())
    }

    pub(crate) fn delete<E: PoolTable>(&self) -> DeleteMany<E> {
        E::delete_many().filter(self.within::<E>())
    }

    fn within<E: PoolTable>(&self) -> SimpleExpr {
        E::TENANT.eq(self.tenant_id.as_str()).and(E::POOL.eq(self.pool_id.as_str()))
    }

    pub(crate) fn tenant(&self) -> String {
        self.tenant_id.as_str().to_owned()
    }
}

/// The store as one user pool sees it, for reading. Cheap to clone.
#[derive(Clone, Debug)]
pub struct PoolScoped {
    pub(crate) store: Store,
    pub(crate) pool: Pool,
}

impl PoolScoped {
    /// The tenant.
    #[must_use]
    pub fn tenant_id(&self) -> &TenantId {
        &self.pool.tenant_id
    }

    /// The pool.
    #[must_use]
    pub fn pool_id(&self) -> &str {
        &self.pool.pool_id
    }
}

/// A transaction as one user pool sees it.
#[derive(Clone, Debug)]
pub struct PoolTx<'t> {
    pub(crate) db: &'t Bounded<DatabaseTransaction>,
    pub(crate) pool: Pool,
}

impl Store {
    /// The store as this user pool sees it.
    #[must_use]
    pub fn pool(&self, tenant_id: &TenantId, pool_id: &str) -> PoolScoped {
        PoolScoped { store: self.clone(), pool: Pool::new(tenant_id, pool_id) }
    }
}

impl Tx {
    /// This transaction as one user pool sees it.
    pub fn pool(&self, tenant_id: &TenantId, pool_id: &str) -> PoolTx<'_> {
        PoolTx { db: &self.db, pool: Pool::new(tenant_id, pool_id) }
    }
}
