//! Device codes (RFC 8628): what a device waits for while somebody types its user code elsewhere.

use cardea_protocol::{ClientId, Scope, Timestamp};
use sea_orm::{
    ColumnTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    InsertOutcome, Scoped, ScopedTx, StoreError,
    entity::device_codes::{ActiveModel, Column, Entity, Model},
    rows,
};

mod polling;

pub use polling::DevicePoll;

/// A device code.
#[derive(Clone)]
pub struct DeviceCodeRecord {
    /// SHA-256 of the device code.
    pub hash: [u8; 32],
    /// What somebody types, as it is compared; unique in the workspace while it lives.
    pub user_code: String,
    /// The client that runs on the device; it goes when the client does.
    pub client_id: ClientId,
    /// What is asked for; once somebody has agreed, what they agreed to.
    pub scope: Scope,
    /// For which services (RFC 8707).
    pub resource: Vec<String>,
    /// Who has agreed, if anybody has.
    pub approval: Option<DeviceApproval>,
    /// So many seconds the device has to wait between two questions.
    pub interval_secs: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it no longer counts.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for DeviceCodeRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeviceCodeRecord").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Who has agreed to what a device asks for, and what will descend from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceApproval {
    /// The family that will descend from it.
    pub family_id: String,
    /// The pool of the user.
    pub pool_id: String,
    /// Who; the code goes when they do.
    pub user_id: String,
    /// In which session.
    pub sid: Option<String>,
    /// When the user has proved who they are.
    pub auth_time: Timestamp,
    /// To which level.
    pub acr: Option<String>,
    /// How (RFC 8176).
    pub amr: Vec<String>,
}

const PENDING: &str = "pending";
const APPROVED: &str = "approved";
const DENIED: &str = "denied";
const REDEEMED: &str = "redeemed";

/// The code that waits for somebody.
fn pending(user_code: &str, now: Timestamp) -> SimpleExpr {
    let typed = Column::UserCode.eq(user_code).and(Column::Status.eq(PENDING));
    typed.and(Column::ExpiresAt.gt(now.as_millis()))
}

impl Scoped {
    /// The code that somebody has typed, if it waits for them and has not expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_device_code(
        &self,
        user_code: &str,
        now: Timestamp,
    ) -> Result<Option<DeviceCodeRecord>, StoreError> {
        let row = self.rows::<Entity>().filter(pending(user_code, now)).one(self.store.reader()).await?;
        row.map(DeviceCodeRecord::try_from).transpose()
    }
}

impl ScopedTx<'_> {
    /// Writes a code down, as one that waits for somebody; `AlreadyExists` when another that lives has its user code. One that has
    /// expired by the time that this one is made gives way.
    ///
    /// # Errors
    /// When the database fails, or the client is gone.
    pub async fn insert_device_code(&self, code: &DeviceCodeRecord) -> Result<InsertOutcome, StoreError> {
        let expired = Column::UserCode.eq(code.user_code.as_str());
        let expired = expired.and(Column::ExpiresAt.lte(code.created_at.as_millis()));
        self.scope.delete::<Entity>().filter(expired).exec(self.db).await?;
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            hash: Set(code.hash.to_vec()),
            user_code: Set(code.user_code.clone()),
            client_id: Set(code.client_id.as_str().to_owned()),
            scope: Set(code.scope.as_str().to_owned()),
            resource: Set(rows::to_json(&code.resource)?),
            status: Set(PENDING.to_owned()),
            pool_id: Set(None),
            user_id: Set(None),
            sid: Set(None),
            auth_time: Set(None),
            acr: Set(None),
            amr: Set(rows::to_json::<[&str; 0]>(&[])?),
            family_id: Set(None),
            interval_secs: Set(code.interval_secs),
            last_polled_at: Set(None),
            created_at: Set(code.created_at.as_millis()),
            expires_at: Set(code.expires_at.as_millis()),
        };
        rows::insert(self.db, row).await
    }

    /// Agrees to `scope` for the client that was shown; answers whether its code still waited for somebody.
    ///
    /// # Errors
    /// When the database fails, or the user is gone.
    pub async fn approve_device_code(
        &self,
        user_code: &str,
        client_id: &ClientId,
        scope: &Scope,
        approval: &DeviceApproval,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let approve = self
            .scope
            .update::<Entity>()
            .filter(pending(user_code, now).and(Column::ClientId.eq(client_id.as_str())))
            .col_expr(Column::Status, Expr::value(APPROVED))
            .col_expr(Column::Scope, Expr::value(scope.as_str()))
            .col_expr(Column::FamilyId, Expr::value(approval.family_id.as_str()))
            .col_expr(Column::PoolId, Expr::value(approval.pool_id.as_str()))
            .col_expr(Column::UserId, Expr::value(approval.user_id.as_str()))
            .col_expr(Column::Sid, Expr::value(approval.sid.clone()))
            .col_expr(Column::AuthTime, Expr::value(approval.auth_time.as_millis()))
            .col_expr(Column::Acr, Expr::value(approval.acr.clone()))
            .col_expr(Column::Amr, Expr::value(rows::to_json(&approval.amr)?));
        Ok(approve.exec(self.db).await?.rows_affected == 1)
    }

    /// Refuses what the device asks for; answers whether its code still waited for somebody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deny_device_code(&self, user_code: &str, now: Timestamp) -> Result<bool, StoreError> {
        let deny = self.scope.update::<Entity>().filter(pending(user_code, now));
        Ok(deny.col_expr(Column::Status, Expr::value(DENIED)).exec(self.db).await?.rows_affected == 1)
    }
}

impl TryFrom<Model> for DeviceCodeRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let approval = match (row.family_id, row.pool_id, row.user_id, row.auth_time) {
            (Some(family_id), Some(pool_id), Some(user_id), Some(auth_time)) => Some(DeviceApproval {
                family_id,
                pool_id,
                user_id,
                sid: row.sid,
                auth_time: Timestamp::from_millis(auth_time),
                acr: row.acr,
                amr: rows::from_json("device_codes.amr", row.amr)?,
            }),
            _ => None,
        };
        Ok(Self {
            hash: rows::known("device_codes.hash", row.hash.try_into().ok())?,
            user_code: row.user_code,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            scope: rows::scope("device_codes.scope", &row.scope)?,
            resource: rows::from_json("device_codes.resource", row.resource)?,
            approval,
            interval_secs: row.interval_secs,
            created_at: Timestamp::from_millis(row.created_at),
            expires_at: Timestamp::from_millis(row.expires_at),
        })
    }
}
