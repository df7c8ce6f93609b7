//! A key held ready to verify JWS signatures (RFC 7515 §5.2) with one algorithm: parsed once, used often.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_protocol::{Jwk, PublicKey, SigningAlg};
use jsonwebtoken::{Algorithm, DecodingKey};

/// Verifies signatures of one key made with one algorithm.
pub struct Verifier(Key);

enum Key {
    Public(ParsedPublicKey),
    Shared(DecodingKey, Algorithm),
}

impl Verifier {
    /// A verifier for `jwk`; `None` when the key does not fit `alg`.
    pub fn new(alg: SigningAlg, jwk: &Jwk) -> Option<Self> {
        if !jwk.fits(alg) {
            return None;
        }
        let key = match jwk.key() {
            PublicKey::Rsa { n, e } => {
                RsaPublicKeyComponents { n: n.as_bytes(), e: e.as_bytes() }.to_parsed_public_key(rsa(alg)?)
            }
            PublicKey::Ec { x, y, .. } => {
                // SEC 1 §2.3.3: the uncompressed form of a point.
                let point = [&[4], x.as_bytes(), y.as_bytes()].concat();
                match alg {
                    SigningAlg::ES384 => ParsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point),
                    _ => ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point),
                }
            }
            PublicKey::Ed25519 { x } => ParsedPublicKey::new(&ED25519, x.as_bytes()),
        };
        Some(Self(Key::Public(key.ok()?)))
    }

    /// A verifier for HMAC under the octets of `secret` (OpenID Connect Core §9: the UTF-8 of the client secret).
    pub fn hmac(alg: SigningAlg, secret: &[u8]) -> Option<Self> {
        let alg = match alg {
            SigningAlg::HS256 => Algorithm::HS256,
            SigningAlg::HS384 => Algorithm::HS384,
            SigningAlg::HS512 => Algorithm::HS512,
            _ => return None,
        };
        Some(Self(Key::Shared(DecodingKey::from_secret(secret), alg)))
    }

    /// Whether `signature` (base64url) is this key's over `message`.
    pub fn verifies(&self, message: &str, signature: &str) -> bool {
        match &self.0 {
            Key::Public(key) => URL_SAFE_NO_PAD
                .decode(signature)
                .is_ok_and(|signature| key.verify_sig(message.as_bytes(), &signature).is_ok()),
            Key::Shared(key, alg) => {
                jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, *alg).unwrap_or(false)
            }
        }
    }
}

fn rsa(alg: SigningAlg) -> Option<&'static RsaParameters> {
    match alg {
        SigningAlg::RS256 => Some(&RSA_PKCS1_2048_8192_SHA256),
        SigningAlg::RS384 => Some(&RSA_PKCS1_2048_8192_SHA384),
        SigningAlg::RS512 => Some(&RSA_PKCS1_2048_8192_SHA512),
        SigningAlg::PS256 => Some(&RSA_PSS_2048_8192_SHA256),
        SigningAlg::PS384 => Some(&RSA_PSS_2048_8192_SHA384),
        SigningAlg::PS512 => Some(&RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}
