//! Access tokens revoked before their end (RFC 7009), known by their `jti` until they would have expired anyway.

use cardea_protocol::Timestamp;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Set};

use crate::{
    InsertOutcome, Scoped, ScopedTx, StoreError,
    entity::revoked_tokens::{ActiveModel, Column, Entity},
    rows,
};

impl Scoped {
    /// Whether a JWT access token has been revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_revoked(&self, jti: &str) -> Result<bool, StoreError> {
        let rows = self.rows::<Entity>().filter(Column::Jti.eq(jti)).select_only().column(Column::ExpiresAt);
        Ok(rows.into_tuple::<i64>().one(self.store.reader()).await?.is_some())
    }
}

impl ScopedTx<'_> {
    /// Revokes a JWT access token; `AlreadyExists` when it has been before.
    ///
    /// # Errors
    /// When the database fails, or the workspace is gone.
    pub async fn revoke_jwt(&self, jti: &str, expires_at: Timestamp) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            jti: Set(jti.to_owned()),
            expires_at: Set(expires_at.as_millis()),
        };
        rows::insert(self.db, row).await
    }
}
