//! Registration access tokens (RFC 7592 §2): each lets one client manage its own registration. The store knows one by its SHA-256.

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    InsertOutcome, Scoped, ScopedTx, StoreError,
    entity::registration_tokens::{ActiveModel, Column, Entity},
    rows,
};

fn bound(client_id: &ClientId, hash: &[u8; 32]) -> SimpleExpr {
    Column::ClientId.eq(client_id.as_str()).and(Column::Hash.eq(hash.as_slice()))
}

impl Scoped {
    /// Whether the token with this hash is this client's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_registration_token(&self, client_id: &ClientId, hash: &[u8; 32]) -> Result<bool, StoreError> {
        let rows = self.rows::<Entity>().filter(bound(client_id, hash)).select_only().column(Column::IssuedAt);
        Ok(rows.into_tuple::<i64>().one(self.store.reader()).await?.is_some())
    }
}

impl ScopedTx<'_> {
    /// Gives a client the token with this hash; it has none yet.
    ///
    /// # Errors
    /// When the database fails, or the client is gone.
    pub async fn insert_registration_token(
        &self,
        client_id: &ClientId,
        hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            client_id: Set(client_id.as_str().to_owned()),
            hash: Set(hash.to_vec()),
            issued_at: Set(now.as_millis()),
        };
        rows::insert(self.db, row).await
    }

    /// Puts one token of a client in the place of another: of all who come with the old one, one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replace_registration_token(
        &self,
        client_id: &ClientId,
        old: &[u8; 32],
        new: &[u8; 32],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let replace = self.scope.update::<Entity>().filter(bound(client_id, old));
        let replace = replace.col_expr(Column::Hash, Expr::value(new.to_vec()));
        let replace = replace.col_expr(Column::IssuedAt, Expr::value(now.as_millis()));
        Ok(replace.exec(self.db).await?.rows_affected == 1)
    }

    /// Takes its token away from a client; answers whether it was this one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_registration_token(&self, client_id: &ClientId, hash: &[u8; 32]) -> Result<bool, StoreError> {
        let delete = self.scope.delete::<Entity>().filter(bound(client_id, hash));
        Ok(delete.exec(self.db).await?.rows_affected == 1)
    }
}
