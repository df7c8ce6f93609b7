//! `…/initial-access-tokens`: what lets somebody register clients (RFC 7591 §3).

use cardea_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The most clients that one token may register.
pub const MAX_REGISTRATIONS: u32 = 10_000;

fn one() -> u32 {
    1
}

/// Body of `POST …/initial-access-tokens`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewInitialAccessToken {
    /// What people call it: for whom it is.
    pub name: String,
    /// From then on it is refused; never, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// How many clients it can register: 1, when absent.
    #[serde(default = "one")]
    #[cfg_attr(feature = "openapi", schema(required = false, minimum = 1, maximum = 10000))]
    pub max_registrations: u32,
}

/// An initial access token, without its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InitialAccessTokenView {
    /// Names it in paths.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How many clients it can register.
    pub max_registrations: u32,
    /// How many it has registered.
    pub registrations: u32,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// From then on it is refused; `null` for never.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
}

/// What `POST …/initial-access-tokens` answers.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InitialAccessTokenWithValue {
    /// The token.
    #[serde(flatten)]
    pub token: InitialAccessTokenView,
    /// Its value, shown this once: the bearer token of the registration endpoint.
    pub initial_access_token: String,
}
