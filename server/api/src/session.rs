//! `…/users/{user_id}/sessions`: where a user is signed in.

use cardea_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A browser in which a user is signed in, for all workspaces of the pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Names it in paths, and in ID tokens (OIDC Back-Channel Logout §2.1).
    pub sid: String,
    /// When the user last proved who they are.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub auth_time: Timestamp,
    /// How (RFC 8176).
    pub amr: Vec<String>,
    /// The address where it began.
    pub ip: Option<String>,
    /// The browser, as it calls itself.
    pub user_agent: Option<String>,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last used.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_seen_at: Timestamp,
    /// When it ends, however it is used.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}
