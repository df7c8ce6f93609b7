//! `…/token-endpoint-auth-methods`: which methods a workspace enables, and who uses them.

use cardea_protocol::{auth_method::AuthMethod, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A method, enabled or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MethodUsage {
    /// The method.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::AuthMethod))]
    pub token_endpoint_auth_method: AuthMethod,
    /// Whether the workspace enables it.
    pub enabled: bool,
    /// How many active clients are registered for it.
    pub clients: u64,
    /// When one of them last authenticated; `null` when none ever did, and for `none`, by which nobody does.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_authenticated_at: Option<Timestamp>,
}
