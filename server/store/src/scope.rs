//! The fence between workspaces: the only way to begin a statement about a table of tenants is [`Scope`], which has
//! already written the tenant and the workspace into it.

use cardea_protocol::{TenantId, WorkspaceId};
use sea_orm::{
    ColumnTrait, DeleteMany, EntityTrait, QueryFilter, Select, UpdateMany,
    sea_query::{ExprTrait, SimpleExpr},
};

use crate::Store;

/// A table whose rows belong to a workspace; names the two columns that say which.
pub(crate) trait TenantTable: EntityTrait {
    const TENANT: Self::Column;
    const WORKSPACE: Self::Column;
}

macro_rules! tenant_tables {
    ($($table:ident: $workspace:ident),+ $(,)?) => {
        $(impl TenantTable for crate::entity::$table::Entity {
            const TENANT: Self::Column = crate::entity::$table::Column::TenantId;
            const WORKSPACE: Self::Column = crate::entity::$table::Column::$workspace;
        })+
    };
}

tenant_tables! {
    workspaces: Id,
    clients: WorkspaceId,
    client_secrets: WorkspaceId,
    services: WorkspaceId,
    scopes: WorkspaceId,
    signing_keys: WorkspaceId,
    replays: WorkspaceId,
    revoked_tokens: WorkspaceId,
    opaque_tokens: WorkspaceId,
    audit_events: WorkspaceId,
    statistics: WorkspaceId,
    trusted_cas: WorkspaceId,
    authorization_codes: WorkspaceId,
    families: WorkspaceId,
    consents: WorkspaceId,
    logout_deliveries: WorkspaceId,
    pushed_requests: WorkspaceId,
    device_codes: WorkspaceId,
    initial_access_tokens: WorkspaceId,
    registration_tokens: WorkspaceId,
}

/// One workspace; statements that begin here stay in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) tenant_id: TenantId,
    pub(crate) workspace_id: WorkspaceId,
}

impl Scope {
    pub(crate) fn rows<E: TenantTable>(&self) -> Select<E> {
        E::find().filter(self.within::<E>())
    }

    pub(crate) fn update<E: TenantTable>(&self) -> UpdateMany<E> {
        E::update_many().filter(self.within::<E>())
    }

    pub(crate) fn delete<E: TenantTable>(&self) -> DeleteMany<E> {
        E::delete_many().filter(self.within::<E>())
    }

    fn within<E: TenantTable>(&self) -> SimpleExpr {
        E::TENANT.eq(self.tenant_id.as_str()).and(E::WORKSPACE.eq(self.workspace_id.as_str()))
    }

    pub(crate) fn tenant(&self) -> String {
        self.tenant_id.as_str().to_owned()
    }

    pub(crate) fn workspace(&self) -> String {
        self.workspace_id.as_str().to_owned()
    }
}

/// The store as one workspace sees it, for reading. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Scoped {
    pub(crate) store: Store,
    pub(crate) scope: Scope,
}

impl Scoped {
    /// The tenant.
    #[must_use]
    pub fn tenant_id(&self) -> &TenantId {
        &self.scope.tenant_id
    }

    /// The workspace.
    #[must_use]
    pub fn workspace_id(&self) -> &WorkspaceId {
        &self.scope.workspace_id
    }

    pub(crate) fn rows<E: TenantTable>(&self) -> Select<E> {
        self.scope.rows::<E>()
    }
}

impl Store {
    /// The store as this workspace sees it.
    #[must_use]
    pub fn scoped(&self, tenant_id: &TenantId, workspace_id: &WorkspaceId) -> Scoped {
        let scope = Scope { tenant_id: tenant_id.clone(), workspace_id: workspace_id.clone() };
        Scoped { store: self.clone(), scope }
    }
}
