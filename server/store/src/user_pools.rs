//! User pools: who can sign in together. A pool belongs to a tenant; a workspace names the one it uses.

use cardea_protocol::{TenantId, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set, sea_query::Expr};
use serde_json::Value;

use crate::{
    InsertOutcome, ListQuery, Page, Store, StoreError, Tx,
    administrators::USER,
    entity::{
        administrators,
        user_pools::{ActiveModel, Column, Entity, Model},
        users,
    },
    page::{Keyset, Listed},
    pool_scope::Pool,
    rows,
};

/// The pool that a tenant begins with. The migration gave one to every tenant there was; who makes a tenant makes it too.
pub const DEFAULT_POOL: &str = "default";

/// A user pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPoolRecord {
    /// The tenant it belongs to.
    pub tenant_id: TenantId,
    /// Its id, unique in the tenant.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// Its policy; the store does not look into it.
    pub settings: Value,
    /// How often it has been changed; what an update must name.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::Name,
    id: Column::Id,
    search: Column::Search,
    status: None,
    last_used: None,
};

impl Store {
    /// The user pool with these ids.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_pool(&self, tenant_id: &TenantId, id: &str) -> Result<Option<UserPoolRecord>, StoreError> {
        let row = Pool::new(tenant_id, id).rows::<Entity>().one(self.reader()).await?;
        row.map(UserPoolRecord::try_from).transpose()
    }

    /// A page of the user pools of one tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_pools(
        &self,
        tenant_id: &TenantId,
        query: &ListQuery,
    ) -> Result<Page<UserPoolRecord>, StoreError> {
        let rows = Entity::find().filter(Column::TenantId.eq(tenant_id.as_str()));
        Page::of(KEYSET.select(rows, query).all(self.reader()).await?, query)
    }
}

impl Tx {
    /// The user pool with these ids, as this transaction sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_pool(&self, tenant_id: &TenantId, id: &str) -> Result<Option<UserPoolRecord>, StoreError> {
        let row = Pool::new(tenant_id, id).rows::<Entity>().one(&self.db).await?;
        row.map(UserPoolRecord::try_from).transpose()
    }

    /// Adds a user pool to a tenant.
    ///
    /// # Errors
    /// When the database fails, or the tenant is gone.
    pub async fn insert_pool(&self, pool: &UserPoolRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(pool.tenant_id.as_str().to_owned()),
            id: Set(pool.id.clone()),
            name: Set(pool.name.clone()),
            settings: Set(pool.settings.clone()),
            search: Set(rows::search_text(&pool.id, &pool.name)),
            version: Set(pool.version),
            created_at: Set(pool.created_at.as_millis()),
            updated_at: Set(pool.updated_at.as_millis()),
        };
        rows::insert(&self.db, row).await
    }

    /// Writes a user pool if it still has the version of this record, and gives it the next one; answers whether it did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_pool(&self, pool: &UserPoolRecord) -> Result<bool, StoreError> {
        let update = Pool::new(&pool.tenant_id, &pool.id)
            .update::<Entity>()
            .filter(Column::Version.eq(pool.version))
            .col_expr(Column::Name, Expr::value(pool.name.as_str()))
            .col_expr(Column::Settings, Expr::value(pool.settings.clone()))
            .col_expr(Column::Search, Expr::value(rows::search_text(&pool.id, &pool.name)))
            .col_expr(Column::Version, Expr::value(pool.version + 1))
            .col_expr(Column::UpdatedAt, Expr::value(pool.updated_at.as_millis()));
        Ok(update.exec(&self.db).await?.rows_affected == 1)
    }

    /// Deletes a user pool, all its users, what they agreed to and the roles they hold; answers whether there was one. Whether a
    /// workspace still uses it is the caller's question.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_pool(&self, tenant_id: &TenantId, id: &str) -> Result<bool, StoreError> {
        let pool = Pool::new(tenant_id, id);
        let ids = pool.rows::<users::Entity>().select_only().column(users::Column::Id).into_query();
        administrators::Entity::delete_many()
            .filter(administrators::Column::TenantId.eq(tenant_id.as_str()))
            .filter(administrators::Column::PrincipalKind.eq(USER))
            .filter(administrators::Column::PrincipalId.in_subquery(ids))
            .exec(&self.db)
            .await?;
        Ok(pool.delete::<Entity>().exec(&self.db).await?.rows_affected == 1)
    }
}

impl TryFrom<Model> for UserPoolRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            tenant_id: TenantId::parse(&row.tenant_id).map_err(StoreError::corrupt)?,
            id: row.id,
            name: row.name,
            settings: row.settings,
            version: row.version,
            created_at: Timestamp::from_millis(row.created_at),
            updated_at: Timestamp::from_millis(row.updated_at),
        })
    }
}

impl Listed for Model {
    fn created_at(&self) -> i64 {
        self.created_at
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> &str {
        &self.id
    }
}
