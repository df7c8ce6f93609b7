//! The schema of `cardea_protocol::workspace_settings::WorkspaceSettings` (product.md §5, "A workspace").

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AssertionAudience, AuthMethod};

/// A workspace's policy; every member has a default, which depends on `profile`. Lifetimes are in seconds.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct WorkspaceSettings {
    /// `default` or `fapi_2`.
    #[schema(required = false)]
    pub profile: String,
    /// The client authentication methods that are enabled: at least one.
    #[schema(required = false, min_items = 1)]
    pub token_endpoint_auth_methods: Vec<AuthMethod>,
    /// The algorithms client assertions may use.
    #[schema(required = false)]
    pub token_endpoint_auth_signing_alg_values: Vec<String>,
    /// What the `aud` of client assertions must be.
    #[schema(required = false)]
    pub client_assertion_audience: AssertionAudience,
    /// The grant types that are enabled.
    #[schema(required = false)]
    pub grant_types: Vec<String>,
    /// `always` or `public_clients` (RFC 7636).
    #[schema(required = false)]
    pub require_pkce: String,
    /// Whether authorization requests must be pushed (RFC 9126).
    #[schema(required = false)]
    pub require_pushed_authorization_requests: bool,
    /// `jwt` (RFC 9068) or `opaque`.
    #[schema(required = false)]
    pub access_token_format: String,
    /// What signs access tokens.
    #[schema(required = false)]
    pub access_token_signing_alg: String,
    /// 3600 by default.
    #[schema(required = false, minimum = 10, maximum = 86400)]
    pub access_token_ttl: u32,
    /// 3600 by default.
    #[schema(required = false, minimum = 10, maximum = 86400)]
    pub id_token_ttl: u32,
    /// 2592000 by default.
    #[schema(required = false, minimum = 60, maximum = 31536000)]
    pub refresh_token_ttl: u32,
    /// 60 by default.
    #[schema(required = false, minimum = 5, maximum = 600)]
    pub authorization_code_ttl: u32,
    /// 60 by default.
    #[schema(required = false, minimum = 5, maximum = 600)]
    pub pushed_authorization_request_ttl: u32,
    /// Whether clients register themselves (RFC 7591): `off`, the default, or `initial_access_token`. Always `off` in an `admin`
    /// workspace.
    #[schema(required = false)]
    pub registration: String,
    /// The users who can sign in.
    pub user_pool_id: Option<String>,
    /// The colour of its pages; ours when absent.
    #[schema(pattern = "^#[0-9A-Fa-f]{6}$")]
    pub accent_color: Option<String>,
    /// The picture on its pages, on https.
    pub logo_uri: Option<String>,
}
