//! The key of a certificate as a JWK with the certificate in `x5c`: RFC 5280 §4.1.2.7, RFC 7517 §4.7.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use cardea_protocol::{
    der::{MalformedDer, Reader, only, tag},
    jwk::Jwk,
};
use serde_json::{Value, json};

use super::Certificate;

/// Why a key cannot be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsupportedKey {
    /// A sentence.
    pub message: String,
    /// Whether a TLS handshake succeeds with it all the same; then only `jwks` has no place for it.
    pub works_in_tls: bool,
}

const UNKNOWN: &str = "the key is none of RSA (2048 to 8192 bits), P-256, P-384 and Ed25519";

/// The JWK of a certificate, ready to be registered in `jwks`.
///
/// # Errors
/// When the key is of a kind or size that we do not verify with.
pub fn jwk(certificate: &Certificate) -> Result<Jwk, UnsupportedKey> {
    let works_in_tls = is_p521(certificate.public_key_info());
    let unknown = || UnsupportedKey { message: UNKNOWN.to_owned(), works_in_tls };
    let mut members = members(certificate.public_key_info()).ok().flatten().ok_or_else(unknown)?;
    if let Value::Object(members) = &mut members {
        members.insert("x5c".to_owned(), json!([STANDARD.encode(certificate.der())]));
    }
    Jwk::parse(&members).map_err(|error| UnsupportedKey {
        message: format!("the key cannot be used: {}", error.message),
        works_in_tls: false,
    })
}

/// The JWK of a bare public key (SubjectPublicKeyInfo).
///
/// # Errors
/// When the key is of a kind or size that we do not verify with.
pub fn bare_jwk(public_key_info: &[u8]) -> Result<Jwk, UnsupportedKey> {
    let unknown = || UnsupportedKey { message: UNKNOWN.to_owned(), works_in_tls: false };
    let members = members(public_key_info).ok().flatten().ok_or_else(unknown)?;
    Jwk::parse(&members).map_err(|error| UnsupportedKey { message: error.message, works_in_tls: false })
}

/// The members of the key, or none for a kind that we do not know.
fn members(public_key_info: &[u8]) -> Result<Option<Value>, MalformedDer> {
    let mut info = Reader::new(only(public_key_info, tag::SEQUENCE)?.content);
    let mut algorithm = info.inside(tag::SEQUENCE)?;
    let kind = algorithm.object_identifier()?.to_string();
    let (0, key) =
        info.element(tag::BIT_STRING)?.content.split_first().map_or((1, &[][..]), |(unused, key)| (*unused, key))
    else {
        return Err(MalformedDer);
    };
    info.end()?;
    match kind.as_str() {
        "1.2.840.113549.1.1.1" => rsa(key).map(Some),
        "1.2.840.10045.2.1" => Ok(ec(&algorithm.object_identifier()?.to_string(), key)),
        "1.3.101.112" => Ok(Some(json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(key)}))),
        _ => Ok(None),
    }
}

/// The curve that TLS takes and our JWKs do not.
fn is_p521(public_key_info: &[u8]) -> bool {
    const CURVE: [u8; 7] = [6, 5, 0x2b, 0x81, 4, 0, 0x23];
    let algorithm = || Reader::new(only(public_key_info, tag::SEQUENCE)?.content).inside(tag::SEQUENCE);
    let parameters = algorithm().and_then(|mut algorithm| {
        algorithm.object_identifier()?;
        algorithm.any()
    });
    parameters.is_ok_and(|parameters| parameters.raw == CURVE)
}

/// PKCS #1: modulus and exponent. DER sets a zero before a number whose first bit is set.
fn rsa(key: &[u8]) -> Result<Value, MalformedDer> {
    let mut numbers = Reader::new(only(key, tag::SEQUENCE)?.content);
    let mut number = || {
        let content = numbers.element(tag::INTEGER)?.content;
        Ok(URL_SAFE_NO_PAD.encode(content.strip_prefix(&[0]).unwrap_or(content)))
    };
    let (n, e) = (number()?, number()?);
    numbers.end()?;
    Ok(json!({"kty": "RSA", "n": n, "e": e}))
}

/// An uncompressed point.
fn ec(curve: &str, key: &[u8]) -> Option<Value> {
    let (crv, length) = match curve {
        "1.2.840.10045.3.1.7" => ("P-256", 32),
        "1.3.132.0.34" => ("P-384", 48),
        _ => return None,
    };
    let (x, y) = key.strip_prefix(&[4])?.split_at_checked(length)?;
    Some(json!({"kty": "EC", "crv": crv, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)}))
}
