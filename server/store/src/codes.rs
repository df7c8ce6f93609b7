//! Authorization codes (RFC 6749 §4.1.2): redeemed once. A code that has been redeemed is remembered for as long as what came of
//! it can live, so that a second use ends it.

use cardea_protocol::{ClientId, Scope, Timestamp};
use sea_orm::{
    ColumnTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};
use serde_json::Value;

use crate::{
    InsertOutcome, ScopedTx, StoreError,
    entity::authorization_codes::{ActiveModel, Column, Entity, Model},
    rows,
};

/// An authorization code, and what it stands for.
#[derive(Clone)]
pub struct CodeRecord {
    /// SHA-256 of the code.
    pub hash: [u8; 32],
    /// The client it was issued to; it goes when the client does.
    pub client_id: ClientId,
    /// The family that will descend from it.
    pub family_id: String,
    /// The pool of the user.
    pub pool_id: String,
    /// Who has authorized; it goes when they do.
    pub user_id: String,
    /// In which session.
    pub sid: String,
    /// The `redirect_uri` of the request, if it named one.
    pub redirect_uri: Option<String>,
    /// What is granted.
    pub scope: Scope,
    /// For which services (RFC 8707).
    pub resource: Vec<String>,
    /// The `nonce` of the request.
    pub nonce: Option<String>,
    /// The `code_challenge` of the request (RFC 7636, `S256`).
    pub code_challenge: Option<String>,
    /// When the user has proved who they are.
    pub auth_time: Timestamp,
    /// To which level.
    pub acr: Option<String>,
    /// How (RFC 8176).
    pub amr: Vec<String>,
    /// The `claims` parameter of the request (OIDC Core §5.5).
    pub claims: Option<Value>,
    /// From when on it can no longer be redeemed.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for CodeRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("CodeRecord");
        shown.field("client_id", &self.client_id).field("family_id", &self.family_id).finish_non_exhaustive()
    }
}

/// What became of an attempt to redeem a code.
#[derive(Clone, Debug)]
pub enum Redemption {
    /// It is redeemed, by this attempt alone.
    Redeemed(Box<CodeRecord>),
    /// It was redeemed before: what descends from it is to be revoked (RFC 6749 §4.1.2).
    Reused {
        /// The family that descends from it.
        family_id: String,
    },
    /// There is no such code, it has expired, or it is another client's. Nothing has happened to it.
    Unknown,
}

impl ScopedTx<'_> {
    /// Writes a code down.
    ///
    /// # Errors
    /// When the database fails, or the client or the user is gone.
    pub async fn insert_code(&self, code: &CodeRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            hash: Set(code.hash.to_vec()),
            client_id: Set(code.client_id.as_str().to_owned()),
            family_id: Set(code.family_id.clone()),
            pool_id: Set(code.pool_id.clone()),
            user_id: Set(code.user_id.clone()),
            sid: Set(code.sid.clone()),
            redirect_uri: Set(code.redirect_uri.clone()),
            scope: Set(code.scope.as_str().to_owned()),
            resource: Set(rows::to_json(&code.resource)?),
            nonce: Set(code.nonce.clone()),
            code_challenge: Set(code.code_challenge.clone()),
            auth_time: Set(code.auth_time.as_millis()),
            acr: Set(code.acr.clone()),
            amr: Set(rows::to_json(&code.amr)?),
            claims: Set(code.claims.clone()),
            expires_at: Set(code.expires_at.as_millis()),
            redeemed_at: Set(None),
            kept_until: Set(code.expires_at.as_millis()),
        };
        rows::insert(self.db, row).await
    }

    /// Redeems a code for the client it was issued to: of all who try, one does. It is remembered until `remembered_until`, the
    /// latest end of the family that descends from it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn redeem_code(
        &self,
        hash: &[u8; 32],
        client_id: &ClientId,
        now: Timestamp,
        remembered_until: Timestamp,
    ) -> Result<Redemption, StoreError> {
        let issued = || Column::Hash.eq(hash.as_slice()).and(Column::ClientId.eq(client_id.as_str()));
        let good = Column::RedeemedAt.is_null().and(Column::ExpiresAt.gt(now.as_millis()));
        let claim = self
            .scope
            .update::<Entity>()
            .filter(issued().and(good))
            .col_expr(Column::RedeemedAt, Expr::value(now.as_millis()))
            .col_expr(Column::KeptUntil, Expr::value(remembered_until.as_millis()));
        let is_ours = claim.exec(self.db).await?.rows_affected == 1;
        let row = self.scope.rows::<Entity>().filter(issued()).one(self.db).await?;
        Ok(match row {
            Some(row) if is_ours => Redemption::Redeemed(Box::new(row.try_into()?)),
            Some(row) if row.redeemed_at.is_some() => Redemption::Reused { family_id: row.family_id },
            _ => Redemption::Unknown,
        })
    }
}

impl TryFrom<Model> for CodeRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            hash: rows::known("authorization_codes.hash", row.hash.try_into().ok())?,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            family_id: row.family_id,
            pool_id: row.pool_id,
            user_id: row.user_id,
            sid: row.sid,
            redirect_uri: row.redirect_uri,
            scope: rows::scope("authorization_codes.scope", &row.scope)?,
            resource: rows::from_json("authorization_codes.resource", row.resource)?,
            nonce: row.nonce,
            code_challenge: row.code_challenge,
            auth_time: Timestamp::from_millis(row.auth_time),
            acr: row.acr,
            amr: rows::from_json("authorization_codes.amr", row.amr)?,
            claims: row.claims,
            expires_at: Timestamp::from_millis(row.expires_at),
        })
    }
}
