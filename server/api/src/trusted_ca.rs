//! `…/trusted-cas`: who may vouch for certificates of a workspace's `tls_client_auth` clients (RFC 8705 §2.1).

use cardea_protocol::time::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use crate::certificate::{CertificateProblem, FingerprintsView};

/// Body of `POST …/trusted-cas`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTrustedCa {
    /// One certificate of an authority (CA:TRUE) or several, as PEM (RFC 7468); text around them does no harm. A certificate that is there twice
    /// counts once. If one cannot be trusted, or is trusted already, none is added.
    pub pem: String,
    /// What people call it, when it is one; without, the common name of its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When it is one: what it has revoked, as PEM (`X509 CRL`), of at most 128 KiB as DER; a full list of version 2, signed by this very authority
    /// and current. It is enforced: a certificate on it is refused, and from its `next_update` on the authority vouches for nobody until a new
    /// list is here. No list is fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crl_pem: Option<String>,
}

/// Body of `PATCH …/trusted-cas/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct TrustedCaPatch {
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The list that takes the place of the one that is here, as in a `POST`; `null` removes it, and then nothing counts as revoked.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "even_null")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub crl_pem: Option<Option<String>>,
}

/// `null` is something else than nothing (RFC 7396).
fn even_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A trusted authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustedCaView {
    /// SHA-256 of its certificate in lower-case hexadecimal: this is what is trusted, and neither a name nor a key.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whose certificate it is (RFC 4514).
    pub subject_dn: String,
    /// Who signed it (RFC 4514); itself, if it is a root.
    pub issuer_dn: String,
    /// Hexadecimal.
    pub serial_number: String,
    /// From when on it is valid.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub not_before: Timestamp,
    /// Until when; then it vouches for nobody.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub not_after: Timestamp,
    /// What it is told apart by.
    pub fingerprints: FingerprintsView,
    /// Its certificate.
    pub pem: String,
    /// What it has revoked; `null` when that is not asked.
    pub revocation_list: Option<RevocationListView>,
    /// Why it vouches for nobody; nothing, for a good one. The codes: `expired`, `not_yet_valid`, `public_key`, `revocation_list_lapsed`,
    /// `unusable`.
    pub problems: Vec<CertificateProblem>,
    /// When it was trusted.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}

impl TrustedCaView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &[
        "id",
        "subject_dn",
        "issuer_dn",
        "serial_number",
        "not_before",
        "not_after",
        "fingerprints",
        "pem",
        "revocation_list",
        "problems",
        "created_at",
        "updated_at",
    ];
}

/// A certificate revocation list (RFC 5280 §5), as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevocationListView {
    /// When it was issued.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub this_update: Timestamp,
    /// When it lapses: from then on the authority vouches for nobody until a new list is here.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub next_update: Timestamp,
    /// How many certificates it revokes.
    pub revoked_certificates: u64,
    /// Whether it may speak of some of the authority's certificates only (RFC 5280 §5.2.5); the others are not asked about.
    pub has_issuing_distribution_point: bool,
    /// SHA-256 of the list as DER, hexadecimal with colons.
    pub sha256: String,
}

/// What a `POST …/trusted-cas` answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum TrustedCasCreated {
    /// One certificate was handed in: with `Location` and `ETag`.
    One(Box<TrustedCaView>),
    /// Several were.
    Several(TrustedCaBundle),
}

/// The authorities of one bundle, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustedCaBundle {
    /// Each of them.
    pub items: Vec<TrustedCaView>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn to_remove_a_list_is_something_else_than_to_leave_it() {
        for (patch, body) in [
            (TrustedCaPatch::default(), json!({})),
            (TrustedCaPatch { crl_pem: Some(None), ..TrustedCaPatch::default() }, json!({"crl_pem": null})),
            (TrustedCaPatch { crl_pem: Some(Some("x".to_owned())), name: None }, json!({"crl_pem": "x"})),
        ] {
            assert_eq!(serde_json::to_value(&patch).unwrap(), body);
            assert_eq!(serde_json::from_value::<TrustedCaPatch>(body).unwrap(), patch);
        }
    }
}
