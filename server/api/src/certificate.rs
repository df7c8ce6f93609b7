//! `/certificates/inspect`: what is in a certificate, and how a client could be registered with it.

use cardea_protocol::{auth_method::AuthMethod, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Body of `POST /certificates/inspect`: one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertificateToInspect {
    /// PEM; text around the certificate does no harm, and of several the first is the client's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
    /// DER in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub der: Option<String>,
}

/// A certificate in plain words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertificateView {
    /// Whose it is (RFC 4514).
    pub subject_dn: String,
    /// Who signed it (RFC 4514).
    pub issuer_dn: String,
    /// Hexadecimal.
    pub serial_number: String,
    /// The version of X.509: 1, 2 or 3.
    pub version: u8,
    /// From when on it is valid.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub not_before: Timestamp,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub not_after: Timestamp,
    /// Its alternative names.
    pub subject_alternative_names: AlternativeNamesView,
    /// What it is told apart by.
    pub fingerprints: FingerprintsView,
    /// Its public key with the certificate in `x5c` (RFC 7517 §4.7), as `self_signed_tls_client_auth` registers it; `null` for a kind of key
    /// that is not supported.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub jwk: Option<serde_json::Value>,
    /// For `tls_client_auth`: each of these would recognise it, and one is registered.
    pub registration_values: Vec<RegistrationValue>,
    /// What will not work with it; nothing, for a good one.
    pub problems: Vec<CertificateProblem>,
}

/// The alternative names of a certificate, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlternativeNamesView {
    /// Host names.
    pub dns: Vec<String>,
    /// URIs.
    pub uri: Vec<String>,
    /// Addresses.
    pub ip: Vec<String>,
    /// Mailboxes.
    pub email: Vec<String>,
    /// How many there are of other kinds, or with characters that cannot be registered.
    pub others: usize,
}

/// Hashes of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FingerprintsView {
    /// SHA-256 of the certificate, hexadecimal with colons as OpenSSL prints it.
    pub sha256: String,
    /// The same in base64url: the member of `cnf` in tokens bound to it (RFC 8705 §3.1).
    #[serde(rename = "x5t#S256")]
    pub x5t_s256: String,
    /// SHA-256 of the public key (SPKI), in base64: survives a renewal with the same key.
    pub spki_sha256: String,
}

/// A member of a client's metadata and the value that recognises this certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationValue {
    /// `tls_client_auth_subject_dn`, `tls_client_auth_san_dns` …
    pub member: String,
    /// Its value.
    pub value: String,
}

/// Something that keeps a certificate from being accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CertificateProblem {
    /// What it is: `version`, `certificate_authority`, `extended_key_usage`, `key_usage`, `expired`, `not_yet_valid`, `critical_extension`,
    /// `signature_algorithm`, `public_key`, `malformed`, `no_name`.
    pub code: String,
    /// A sentence that says what to do.
    pub message: String,
    /// The methods that will refuse it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub methods: Vec<AuthMethod>,
}
