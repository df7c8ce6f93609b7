//! What somebody has authorized, by whatever way the client comes to fetch it: the family is founded on it.

use cardea_protocol::scope::OFFLINE_ACCESS;
use cardea_protocol::{ClientId, Scope, Timestamp};
use cardea_store::{CodeRecord, DeviceApproval, DeviceCodeRecord, FamilyRecord};
use serde_json::Value;

/// What somebody has authorized.
pub(in super::super) struct Authorized {
    /// The family that descends from it.
    pub(super) family_id: String,
    /// The client.
    pub(super) client_id: ClientId,
    /// The pool of the person.
    pub(super) pool_id: String,
    /// Who.
    pub(super) user_id: String,
    /// In which session.
    pub(super) sid: Option<String>,
    /// What.
    pub(super) scope: Scope,
    /// For which services.
    pub(super) resource: Vec<String>,
    /// When they signed in.
    pub(super) auth_time: Timestamp,
    /// How strongly they were authenticated.
    pub(super) acr: Option<String>,
    /// How.
    pub(super) amr: Vec<String>,
    /// The `claims` parameter of the request.
    pub(super) claims: Option<Value>,
    /// What the client wants to hear again.
    pub(super) nonce: Option<String>,
}

impl Authorized {
    /// The family, which has no refresh token yet and lives for `lifetime` seconds.
    pub(super) fn into_family(self, now: Timestamp, lifetime: i64) -> FamilyRecord {
        FamilyRecord {
            id: self.family_id,
            client_id: self.client_id,
            pool_id: self.pool_id,
            user_id: self.user_id,
            sid: self.sid,
            offline: self.scope.contains(OFFLINE_ACCESS),
            scope: self.scope,
            resource: self.resource,
            auth_time: self.auth_time,
            acr: self.acr,
            amr: self.amr,
            claims: self.claims,
            generation: 0,
            rotated_at: None,
            binding: None,
            created_at: now,
            last_used_at: now,
            idle_expires_at: None,
            expires_at: now.plus_secs(lifetime),
            revoked_at: None,
        }
    }
}

impl From<CodeRecord> for Authorized {
    fn from(code: CodeRecord) -> Self {
        Self {
            family_id: code.family_id,
            client_id: code.client_id,
            pool_id: code.pool_id,
            user_id: code.user_id,
            sid: Some(code.sid),
            scope: code.scope,
            resource: code.resource,
            auth_time: code.auth_time,
            acr: code.acr,
            amr: code.amr,
            claims: code.claims,
            nonce: code.nonce,
        }
    }
}

/// RFC 8628 §3.1: a device can ask neither for single claims nor for a `nonce` to be repeated.
impl From<(DeviceCodeRecord, DeviceApproval)> for Authorized {
    fn from((code, approval): (DeviceCodeRecord, DeviceApproval)) -> Self {
        Self {
            family_id: approval.family_id,
            client_id: code.client_id,
            pool_id: approval.pool_id,
            user_id: approval.user_id,
            sid: approval.sid,
            scope: code.scope,
            resource: code.resource,
            auth_time: approval.auth_time,
            acr: approval.acr,
            amr: approval.amr,
            claims: None,
            nonce: None,
        }
    }
}
