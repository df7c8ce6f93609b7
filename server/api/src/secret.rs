//! `…/clients/{client_id}/secrets`: rotation without an outage. Values are shown once and never again.

use cardea_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many secrets a client may keep beside the newest.
pub const MAX_OLD: usize = 2;

/// A secret, without its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretView {
    /// Names it in paths.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The first characters of a generated value, to recognise it; `null` for a value brought in from elsewhere.
    pub prefix: Option<String>,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// From then on it is refused; `null` for never.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// When a client last authenticated with it (to within a second or so).
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_used_at: Option<Timestamp>,
}

/// Body of `POST …/secrets`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSecret {
    /// What people call it.
    pub name: String,
    /// Never, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// A value brought in from elsewhere; generated when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// The client's other secrets stop working after so many seconds (0: at once); untouched when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_others_after: Option<u32>,
}

/// What `POST …/secrets` answers.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretWithValue {
    /// The secret.
    #[serde(flatten)]
    pub secret: SecretView,
    /// Its value, shown this once.
    pub client_secret: String,
    /// Seconds since 1970, 0 for never (RFC 7591 §3.2.1).
    pub client_secret_expires_at: i64,
}
