//! What clients are still to hear of sessions that have ended (OIDC Back-Channel Logout 1.0 §2.5): written down with the end itself, and
//! delivered by whichever node is first, until it is delivered or was tried often enough.

use cardea_protocol::{ClientId, TenantId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Scoped, ScopedTx, Store, StoreError,
    entity::logout_deliveries::{ActiveModel, Column, Entity, Model},
    rows,
};

/// One client that is to hear of the end of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutDelivery {
    /// The tenant.
    pub tenant_id: TenantId,
    /// The workspace of the client.
    pub workspace_id: WorkspaceId,
    /// Its id, unique in the workspace.
    pub id: String,
    /// Who is to hear it; it goes when the client does.
    pub client_id: ClientId,
    /// Whose session it was.
    pub user_id: String,
    /// Which.
    pub sid: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// When the session ended.
    pub created_at: Timestamp,
}

impl Store {
    /// What is due in any workspace, the oldest first: a question of the one who delivers, not of a tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_logout_deliveries(&self, now: Timestamp, limit: u64) -> Result<Vec<LogoutDelivery>, StoreError> {
        let due = Entity::find().filter(Column::DueAt.lte(now.as_millis())).order_by_asc(Column::DueAt).limit(limit);
        due.all(self.reader()).await?.into_iter().map(LogoutDelivery::try_from).collect()
    }
}

impl Scoped {
    /// Takes a delivery for one attempt, which puts it off until `next`: of all nodes that see it due, one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_logout_delivery(&self, delivery: &LogoutDelivery, next: Timestamp) -> Result<bool, StoreError> {
        let claim = self
            .scope
            .update::<Entity>()
            .filter(Column::Id.eq(delivery.id.as_str()).and(Column::Attempts.eq(delivery.attempts)))
            .col_expr(Column::Attempts, Expr::value(delivery.attempts + 1))
            .col_expr(Column::DueAt, Expr::value(next.as_millis()));
        Ok(claim.exec(self.store.writer()).await?.rows_affected == 1)
    }

    /// Deletes what is delivered, or was tried often enough.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_logout_delivery(&self, id: &str) -> Result<bool, StoreError> {
        let delete = self.scope.delete::<Entity>().filter(Column::Id.eq(id));
        Ok(delete.exec(self.store.writer()).await?.rows_affected == 1)
    }
}

impl ScopedTx<'_> {
    /// Writes down that a client is to hear of it.
    ///
    /// # Errors
    /// When the database fails, or the client is gone.
    pub async fn insert_logout_delivery(&self, delivery: &LogoutDelivery) -> Result<(), StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            id: Set(delivery.id.clone()),
            client_id: Set(delivery.client_id.as_str().to_owned()),
            user_id: Set(delivery.user_id.clone()),
            sid: Set(delivery.sid.clone()),
            attempts: Set(delivery.attempts),
            due_at: Set(delivery.due_at.as_millis()),
            created_at: Set(delivery.created_at.as_millis()),
        };
        // The id is random: nobody has it.
        let _ = rows::insert(self.db, row).await?;
        Ok(())
    }
}

impl TryFrom<Model> for LogoutDelivery {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            tenant_id: TenantId::parse(&row.tenant_id).map_err(StoreError::corrupt)?,
            workspace_id: WorkspaceId::parse(&row.workspace_id).map_err(StoreError::corrupt)?,
            id: row.id,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            user_id: row.user_id,
            sid: row.sid,
            attempts: row.attempts,
            due_at: Timestamp::from_millis(row.due_at),
            created_at: Timestamp::from_millis(row.created_at),
        })
    }
}
