//! Pushed authorization requests (RFC 9126): handed in by a client, shown by its user's browser, good for one authorization.

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use serde_json::Value;

use crate::{
    InsertOutcome, Scoped, ScopedTx, StoreError,
    entity::pushed_requests::{ActiveModel, Column, Entity, Model},
    rows,
    scope::Scope,
};

/// A pushed authorization request.
#[derive(Clone)]
pub struct PushedRequestRecord {
    /// SHA-256 of the reference in its `request_uri`.
    pub hash: [u8; 32],
    /// The client that pushed it; it goes when the client does.
    pub client_id: ClientId,
    /// Its parameters; the store does not look into them.
    pub parameters: Value,
    /// From when on it is no longer good.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for PushedRequestRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PushedRequestRecord").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// This client's, neither used nor expired.
fn good(hash: &[u8; 32], client_id: &ClientId, now: Timestamp) -> SimpleExpr {
    let pushed = Column::Hash.eq(hash.as_slice()).and(Column::ClientId.eq(client_id.as_str()));
    pushed.and(Column::UsedAt.is_null()).and(Column::ExpiresAt.gt(now.as_millis()))
}

async fn find<C: ConnectionTrait>(
    db: &C,
    scope: &Scope,
    which: SimpleExpr,
) -> Result<Option<PushedRequestRecord>, StoreError> {
    scope.rows::<Entity>().filter(which).one(db).await?.map(PushedRequestRecord::try_from).transpose()
}

impl Scoped {
    /// The request with this hash, if it is this client's, and neither used nor expired. A browser may show it again and again
    /// until [`ScopedTx::claim_pushed_request`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_pushed_request(
        &self,
        hash: &[u8; 32],
        client_id: &ClientId,
        now: Timestamp,
    ) -> Result<Option<PushedRequestRecord>, StoreError> {
        find(self.store.reader(), &self.scope, good(hash, client_id, now)).await
    }

    /// Writes a request down.
    ///
    /// # Errors
    /// When the database fails, or the client is gone.
    pub async fn insert_pushed_request(&self, request: &PushedRequestRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            hash: Set(request.hash.to_vec()),
            client_id: Set(request.client_id.as_str().to_owned()),
            parameters: Set(request.parameters.clone()),
            expires_at: Set(request.expires_at.as_millis()),
            used_at: Set(None),
        };
        rows::insert(self.store.writer(), row).await
    }

    /// Lets a request that is still good last until `until`: it must be shown in time, but whoever signs in takes theirs. Answers
    /// whether it was good; what lasts longer already stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn extend_pushed_request(
        &self,
        hash: &[u8; 32],
        client_id: &ClientId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let longer = Expr::case(Column::ExpiresAt.lt(until.as_millis()), Expr::value(until.as_millis()));
        let update = self.scope.update::<Entity>().filter(good(hash, client_id, now));
        let update = update.col_expr(Column::ExpiresAt, longer.finally(Column::ExpiresAt.into_expr()).into());
        self.store.conditionally(update).await
    }
}

impl ScopedTx<'_> {
    /// Claims a request for the authorization that it asks for: of all who show it, one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_pushed_request(
        &self,
        hash: &[u8; 32],
        client_id: &ClientId,
        now: Timestamp,
    ) -> Result<Option<PushedRequestRecord>, StoreError> {
        let claim = self.scope.update::<Entity>().filter(good(hash, client_id, now));
        let claim = claim.col_expr(Column::UsedAt, Expr::value(now.as_millis()));
        if claim.exec(self.db).await?.rows_affected == 0 {
            return Ok(None);
        }
        find(self.db, &self.scope, Column::Hash.eq(hash.as_slice())).await
    }
}

impl TryFrom<Model> for PushedRequestRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            hash: rows::known("pushed_requests.hash", row.hash.try_into().ok())?,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            parameters: row.parameters,
            expires_at: Timestamp::from_millis(row.expires_at),
        })
    }
}
