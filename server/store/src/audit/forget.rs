//! Deleting the events of what is deleted: a tenant or workspace made later under the same id must not inherit them.

use cardea_protocol::{TenantId, WorkspaceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    StoreError, Tx,
    entity::audit_events::{Column, Entity},
};

impl Tx {
    /// Deletes the events of one workspace, or of all workspaces of a tenant; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_audit_events(
        &self,
        tenant_id: &TenantId,
        workspace_id: Option<&WorkspaceId>,
    ) -> Result<u64, StoreError> {
        let mut delete = Entity::delete_many().filter(Column::TenantId.eq(tenant_id.as_str()));
        if let Some(workspace_id) = workspace_id {
            delete = delete.filter(Column::WorkspaceId.eq(workspace_id.as_str()));
        }
        Ok(delete.exec(&self.db).await?.rows_affected)
    }
}
