//! Row locks: who takes one first decides alone until its transaction ends. An update that changes nothing takes it on both
//! databases, and makes no new version of the row.

use cardea_protocol::{ClientId, TenantId, WorkspaceId};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};

use crate::{
    ClientRecord, PoolTx, ScopedTx, StoreError, Tx, UserRecord, WorkspaceRecord,
    entity::{clients, services, users, workspaces},
};

impl Tx {
    /// Locks a workspace's row and answers it as it is then; none when it is gone.
    ///
    /// # Errors
    /// When the database fails or another transaction does not let go.
    pub async fn lock_workspace(
        &self,
        tenant_id: &TenantId,
        workspace_id: &WorkspaceId,
    ) -> Result<Option<WorkspaceRecord>, StoreError> {
        use workspaces::{Column, Entity};
        let scope = self.scoped(tenant_id, workspace_id).scope;
        scope.update::<Entity>().col_expr(Column::Search, Column::Search.into_expr()).exec(&self.db).await?;
        scope.rows::<Entity>().one(&self.db).await?.map(WorkspaceRecord::try_from).transpose()
    }
}

impl ScopedTx<'_> {
    /// Locks a client's row and answers it as it is then; none when it is gone.
    ///
    /// # Errors
    /// When the database fails or another transaction does not let go.
    pub async fn lock_client(&self, client_id: &ClientId) -> Result<Option<ClientRecord>, StoreError> {
        use clients::{Column, Entity};
        let update = self.scope.update::<Entity>().filter(Column::ClientId.eq(client_id.as_str()));
        update.col_expr(Column::Search, Column::Search.into_expr()).exec(self.db).await?;
        self.find_client(client_id).await
    }

    /// How many services the workspace has, as this transaction sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_services(&self) -> Result<u64, StoreError> {
        Ok(self.scope.rows::<services::Entity>().count(self.db).await?)
    }
}

impl PoolTx<'_> {
    /// Locks a user's row and answers it as it is then; none when it is gone.
    ///
    /// # Errors
    /// When the database fails or another transaction does not let go.
    pub async fn lock_user(&self, id: &str) -> Result<Option<UserRecord>, StoreError> {
        use users::{Column, Entity};
        let update = self.pool.update::<Entity>().filter(Column::Id.eq(id));
        update.col_expr(Column::Search, Column::Search.into_expr()).exec(self.db).await?;
        self.find_user(id).await
    }
}
