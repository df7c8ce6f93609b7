//! Access tokens that are references: the claims stay here, under the hash of the token.

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{ColumnTrait, QueryFilter, Set};
use serde_json::Value;

use crate::{
    InsertOutcome, Scoped, ScopedTx, StoreError,
    entity::opaque_tokens::{ActiveModel, Column, Entity, Model},
    rows,
};

/// An opaque access token.
#[derive(Clone)]
pub struct OpaqueTokenRecord {
    /// SHA-256 of the token.
    pub hash: [u8; 32],
    /// The client it was issued to; it goes when the client does.
    pub client_id: ClientId,
    /// What a JWT in its place would say.
    pub claims: Value,
    /// From when on it no longer counts.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for OpaqueTokenRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpaqueTokenRecord").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl Scoped {
    /// The token with this hash, whether or not it has expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_opaque_token(&self, hash: &[u8; 32]) -> Result<Option<OpaqueTokenRecord>, StoreError> {
        let rows = self.rows::<Entity>().filter(Column::Hash.eq(hash.to_vec()));
        rows.one(self.store.reader()).await?.map(OpaqueTokenRecord::try_from).transpose()
    }

    /// Writes a token down.
    ///
    /// # Errors
    /// When the database fails, or the client is gone.
    pub async fn insert_opaque_token(&self, token: &OpaqueTokenRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            hash: Set(token.hash.to_vec()),
            client_id: Set(token.client_id.as_str().to_owned()),
            claims: Set(token.claims.clone()),
            expires_at: Set(token.expires_at.as_millis()),
        };
        rows::insert(self.store.writer(), row).await
    }
}

impl ScopedTx<'_> {
    /// Forgets a token, which revokes it; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_opaque_token(&self, hash: &[u8; 32]) -> Result<bool, StoreError> {
        let delete = self.scope.delete::<Entity>().filter(Column::Hash.eq(hash.to_vec()));
        Ok(delete.exec(self.db).await?.rows_affected == 1)
    }
}

impl TryFrom<Model> for OpaqueTokenRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            hash: rows::known("opaque_tokens.hash", row.hash.try_into().ok())?,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            claims: row.claims,
            expires_at: Timestamp::from_millis(row.expires_at),
        })
    }
}
