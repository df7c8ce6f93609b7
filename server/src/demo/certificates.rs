//! Certificates for the demonstration: an authority that signs one client's and is forgotten, and one client's own.

use cardea_protocol::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use serde_json::{Value, json};

use crate::certificates::{Certificate, public_key};
use crate::tls::development::moment;

/// Seconds that they are valid for: a year.
const LIFETIME: i64 = 365 * 24 * 3600;

/// A certificate with its key, each in PEM.
pub struct Made {
    /// The certificate.
    pub certificate: String,
    /// The private key.
    pub key: String,
    der: Vec<u8>,
}

/// A client's certificate, and the authority's that signed it, in PEM.
pub(super) fn signed(common_name: &str, now: Timestamp) -> Result<(Made, String), rcgen::Error> {
    let mut authority = params("Demo CA", now);
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_key = KeyPair::generate()?;
    let authority_certificate = authority.self_signed(&authority_key)?.pem();
    let key = KeyPair::generate()?;
    let certificate = client(common_name, now).signed_by(&key, &Issuer::new(authority, authority_key))?;
    Ok((Made::of(&certificate, &key), authority_certificate))
}

/// A certificate that nobody but its owner vouches for.
pub(super) fn self_signed(common_name: &str, now: Timestamp) -> Result<Made, rcgen::Error> {
    let key = KeyPair::generate()?;
    Ok(Made::of(&client(common_name, now).self_signed(&key)?, &key))
}

impl Made {
    fn of(certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        Self { certificate: certificate.pem(), key: key.serialize_pem(), der: certificate.der().to_vec() }
    }

    /// A key set to register it with: its key, and itself in `x5c` (RFC 8705 §2.2.2).
    pub(super) fn jwks(&self) -> Option<Value> {
        let certificate = Certificate::parse(&self.der).ok()?;
        Some(json!({"keys": [public_key::jwk(&certificate).ok()?]}))
    }
}

fn client(common_name: &str, now: Timestamp) -> CertificateParams {
    let mut params = params(common_name, now);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}

fn params(common_name: &str, now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Demonstration");
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = moment(now.plus_secs(-3600));
    params.not_after = moment(now.plus_secs(LIFETIME));
    params
}
