//! `…/keys`: the signing keys of a workspace, their public half.

use cardea_protocol::{algorithm::SigningAlg, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Where a key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// Published, signs from the next rotation on.
    Next,
    /// Signs.
    Current,
    /// Signs no more; published until what it signed has expired.
    Retired,
    /// Withdrawn: nothing it signed is valid any more.
    Revoked,
}

/// A signing key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyView {
    /// Its id in the JWKS.
    pub kid: String,
    /// What it signs with.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub alg: SigningAlg,
    /// Where it is in its life.
    pub state: KeyState,
    /// The public key (RFC 7517).
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub public_jwk: serde_json::Value,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it stopped signing.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub retired_at: Option<Timestamp>,
    /// When it leaves the JWKS and is deleted.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
}

/// Body of `POST …/keys/rotate`; may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rotation {
    /// Whose key to rotate: the workspace's `access_token_signing_alg` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub alg: Option<SigningAlg>,
}
