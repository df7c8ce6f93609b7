//! A certificate of X.509 version 1, which knows no extensions (RFC 5280 §4.1.2.1): what old tools still make, and no
//! library of today does. It is one of version 3 without what version 1 has not, signed again.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cardea_protocol::der::{Reader, encoded, tag};

use super::{CertificateParams, Identity, KeyPair};

/// `[0]`, the version; absent means 1.
const VERSION: u8 = 0xa0;
/// `[3]`.
const EXTENSIONS: u8 = 0xa3;

/// A self-signed certificate of version 1.
#[must_use]
pub fn version_1(params: &CertificateParams) -> Identity {
    let key = KeyPair::generate().unwrap();
    let newer = params.self_signed(&key).unwrap();
    let mut parts = Reader::new(newer.der()).inside(tag::SEQUENCE).unwrap();
    let mut fields = parts.inside(tag::SEQUENCE).unwrap();
    let algorithm = parts.element(tag::SEQUENCE).unwrap().raw;

    let mut kept = Vec::new();
    while let Ok(field) = fields.any() {
        if !matches!(field.tag, VERSION | EXTENSIONS) {
            kept.extend_from_slice(field.raw);
        }
    }
    let to_be_signed = encoded(tag::SEQUENCE, &kept);
    let signer = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &key.serialize_der()).unwrap();
    let signature = signer.sign(&SystemRandom::new(), &to_be_signed).unwrap();
    // The first octet of a bit string counts the bits that its last octet leaves unused.
    let signature = encoded(tag::BIT_STRING, &[&[0], signature.as_ref()].concat());
    let der = encoded(tag::SEQUENCE, &[&to_be_signed, algorithm, &signature].concat());
    let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines(&STANDARD.encode(&der)));
    Identity::new(&der, pem, "", key)
}

/// PEM has lines of 64 characters (RFC 7468 §2).
fn lines(base64: &str) -> String {
    let lines: Vec<_> = base64.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    lines.join("\n")
}
