//! `…/expiring-credentials`: what will stop working before long, unless somebody renews it.

use cardea_protocol::{id::ClientId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Days that are looked ahead when nobody says how many.
pub const DEFAULT_DAYS: u32 = 30;
/// Days that are looked ahead at most.
pub const MAX_DAYS: u32 = 365;

/// The credentials that expire soon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpiringCredentials {
    /// The soonest first, 200 at most.
    pub items: Vec<ExpiringCredential>,
    /// How many there are.
    pub total: u64,
}

/// Something that expires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpiringCredential {
    /// What it is.
    pub kind: CredentialKind,
    /// Its id: of a secret or a trusted CA as in their lists, of a certificate its `x5t#S256`.
    pub id: String,
    /// Its name; of a certificate the subject (RFC 4514).
    pub name: String,
    /// The client it belongs to; `null` for a trusted CA.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub client_id: Option<ClientId>,
    /// The name of the client.
    pub client_name: Option<String>,
    /// From then on it is refused.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// Whether the client has another of this kind that lives on.
    pub has_successor: bool,
}

/// What can expire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// A client secret.
    Secret,
    /// The certificate of an authority that the workspace trusts.
    TrustedCa,
    /// A certificate in the `jwks` of a client that authenticates with it.
    ClientCertificate,
}
