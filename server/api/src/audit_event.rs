//! `…/audit-events` and `…/activity`: what happened, who did it, and why it failed.

use cardea_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An audit event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEventView {
    /// Unique, and later events have greater ids.
    pub id: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub time: Timestamp,
    /// What: `client.authenticated`, `token.issued`, `workspace.updated` ….
    #[serde(rename = "type")]
    pub kind: String,
    /// `success` or `failure`.
    pub outcome: String,
    /// Who did it.
    pub actor: Option<String>,
    /// To what it was done.
    pub object: Option<String>,
    /// The client concerned.
    pub client_id: Option<String>,
    /// The user concerned.
    pub user_id: Option<String>,
    /// Why it failed (product.md §3).
    pub reason: Option<String>,
    /// More, by kind of event; never a secret.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub detail: Option<serde_json::Value>,
    /// The address it came from.
    pub ip: Option<String>,
    /// The request it came with.
    pub request_id: Option<String>,
}

/// What a client last did, and tried to do: it authenticated, got tokens, sent people to be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Failures first, then successes; each newest first.
    pub items: Vec<AuditEventView>,
}
