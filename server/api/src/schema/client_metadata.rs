//! The schema of `cardea_protocol::client_metadata::ClientMetadata` (RFC 7591 §2).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AssertionAudience, AuthMethod, Status};

/// Client metadata (RFC 7591 §2); every member has a default.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct ClientMetadata {
    /// Shown to users.
    #[schema(max_length = 200)]
    pub client_name: Option<String>,
    /// For administrators.
    pub description: Option<String>,
    /// `active` by default.
    #[schema(required = false)]
    pub status: Status,
    /// Where an authorization response may go; compared as strings (RFC 9700 §2.1).
    #[schema(required = false, max_items = 50)]
    pub redirect_uris: Vec<String>,
    /// Where a logout may return to (OpenID Connect RP-Initiated Logout §3).
    #[schema(required = false)]
    pub post_logout_redirect_uris: Vec<String>,
    /// `["authorization_code"]` with `redirect_uris`, `["client_credentials"]` without, by default.
    #[schema(required = false)]
    pub grant_types: Vec<String>,
    /// Follows from `grant_types` by default.
    #[schema(required = false)]
    pub response_types: Vec<String>,
    /// The scopes it may ask for, separated by spaces.
    pub scope: Option<String>,
    /// `client_secret_basic` by default; must be enabled in the workspace.
    #[schema(required = false)]
    pub token_endpoint_auth_method: AuthMethod,
    /// The only algorithm its assertions may use; `null` for any that the workspace allows.
    pub token_endpoint_auth_signing_alg: Option<String>,
    /// Its public keys (RFC 7517 §5); not together with `jwks_uri`.
    #[schema(value_type = Option<Object>)]
    pub jwks: Option<serde_json::Value>,
    /// Where its public keys are; not together with `jwks`.
    pub jwks_uri: Option<String>,
    /// RFC 8705 §2.1.2.
    pub tls_client_auth_subject_dn: Option<String>,
    /// RFC 8705 §2.1.2.
    pub tls_client_auth_san_dns: Option<String>,
    /// RFC 8705 §2.1.2.
    pub tls_client_auth_san_uri: Option<String>,
    /// RFC 8705 §2.1.2.
    pub tls_client_auth_san_ip: Option<String>,
    /// RFC 8705 §2.1.2.
    pub tls_client_auth_san_email: Option<String>,
    /// RFC 8705 §3.4.
    #[schema(required = false)]
    pub tls_client_certificate_bound_access_tokens: bool,
    /// `RS256` by default (OpenID Connect Registration §2).
    pub id_token_signed_response_alg: Option<String>,
    /// `null` for answers in JSON (OpenID Connect Registration §2).
    pub userinfo_signed_response_alg: Option<String>,
    /// The only algorithm its request objects may use; `null` for any that its keys fit (RFC 9101 §6.2).
    pub request_object_signing_alg: Option<String>,
    /// RFC 9101 §10.5.
    #[schema(required = false)]
    pub require_signed_request_object: bool,
    /// RFC 9126 §6.
    #[schema(required = false)]
    pub require_pushed_authorization_requests: bool,
    /// In seconds; `null` for no limit (OpenID Connect Registration §2).
    pub default_max_age: Option<u32>,
    /// OpenID Connect Registration §2.
    #[schema(required = false)]
    pub require_auth_time: bool,
    /// The best first (OpenID Connect Registration §2).
    #[schema(required = false, max_items = 32)]
    pub default_acr_values: Vec<String>,
    /// `public` or `pairwise`; `public` by default (OpenID Connect Core §8).
    pub subject_type: Option<String>,
    /// OpenID Connect Core §8.1.
    pub sector_identifier_uri: Option<String>,
    /// OpenID Connect Core §4.
    pub initiate_login_uri: Option<String>,
    /// OpenID Connect Back-Channel Logout §2.2.
    pub backchannel_logout_uri: Option<String>,
    /// OpenID Connect Back-Channel Logout §2.2.
    #[schema(required = false)]
    pub backchannel_logout_session_required: bool,
    /// `rotate`, `rotate_with_grace` or `never`; `null` for what suits its authentication method and the workspace's profile.
    pub refresh_token_rotation: Option<String>,
    /// `web` or `native` (OpenID Connect Registration §2).
    #[schema(required = false)]
    pub application_type: String,
    /// Email addresses of the people responsible.
    #[schema(required = false)]
    pub contacts: Vec<String>,
    /// A picture.
    pub logo_uri: Option<String>,
    /// The client's home page.
    pub client_uri: Option<String>,
    /// Its privacy policy.
    pub policy_uri: Option<String>,
    /// Its terms of service.
    pub tos_uri: Option<String>,
    /// Lifetimes of its tokens where they differ from the workspace's.
    #[schema(required = false)]
    pub token_ttls: TokenTtls,
    /// Instead of the workspace's.
    pub client_assertion_audience: Option<AssertionAudience>,
}

/// Lifetimes in seconds; `null` for the workspace's.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct TokenTtls {
    /// Of access tokens.
    pub access_token: Option<u32>,
    /// Of ID tokens.
    pub id_token: Option<u32>,
    /// Of refresh tokens.
    pub refresh_token: Option<u32>,
}
