//! `…/jwks/inspect`: keys as the server understands them, before a client is registered with them.

use cardea_protocol::algorithm::SigningAlg;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::certificate::CertificateView;

/// Body of `POST …/jwks/inspect`: one of the three.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JwksToInspect {
    /// Where the keys are; asked as it would be for a client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// The keys themselves (RFC 7517 §5), or one (§4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub jwks: Option<Value>,
    /// A public key or a certificate as PEM (RFC 7468 §5, §13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
}

/// What the server makes of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JwksView {
    /// Every key, in the order of the document; those that are of no use too.
    pub keys: Vec<JwkView>,
    /// The keys that are of use, as `jwks` would be registered; `null` when there is none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub jwks: Option<Value>,
    /// What is wrong with all of it.
    pub problems: Vec<JwksProblem>,
}

/// A key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JwkView {
    /// Its place in the document, from 0.
    pub index: usize,
    /// Its name.
    pub kid: Option<String>,
    /// Its kind: `RSA`, `EC`, `OKP` (RFC 7518 §6.1).
    pub kty: Option<String>,
    /// What its owner uses it for.
    #[serde(rename = "use")]
    pub key_use: Option<String>,
    /// The one algorithm its owner uses it with.
    pub alg: Option<String>,
    /// Its curve.
    pub crv: Option<String>,
    /// Its size in bits.
    pub bits: Option<u32>,
    /// Its SHA-256 thumbprint (RFC 7638); `null` for a key that is of no use.
    pub thumbprint: Option<String>,
    /// What assertions may be signed with by this key, of what the workspace allows.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub signing_algs: Vec<SigningAlg>,
    /// Its certificate: the first of `x5c`.
    pub certificate: Option<CertificateView>,
    /// What is wrong with it.
    pub problems: Vec<JwksProblem>,
}

/// Something that keeps a key from being of use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JwksProblem {
    /// What it is: `jwks_unavailable`, `not_a_jwk_set`, `no_key`, `too_many_keys`, `pem`, `private_key`, `unusable_key`, `no_signing_alg`,
    /// `missing_kid`, `duplicate_kid`, `certificate`.
    pub code: String,
    /// Where (RFC 6901).
    pub pointer: String,
    /// A sentence that says what to do.
    pub message: String,
}
