//! A public key held ready to verify JWS signatures (RFC 7515 §5.2) with one algorithm.

use cardea_protocol::{Jwk, PublicKey, SigningAlg};
use jsonwebtoken::{Algorithm, DecodingKey};

/// Verifies signatures of one key made with one algorithm.
pub struct Verifier {
    alg: Algorithm,
    key: DecodingKey,
}

impl Verifier {
    /// A verifier for `jwk`; `None` when the key does not fit `alg`.
    pub fn new(alg: SigningAlg, jwk: &Jwk) -> Option<Self> {
        if !jwk.fits(alg) {
            return None;
        }
        Some(Self { alg: algorithm(alg), key: decoding_key(jwk.key())? })
    }

    /// A verifier for HMAC under the octets of `secret` (OpenID Connect Core §9: the UTF-8 of the client secret).
    pub fn hmac(alg: SigningAlg, secret: &[u8]) -> Option<Self> {
        alg.is_hmac().then(|| Self { alg: algorithm(alg), key: DecodingKey::from_secret(secret) })
    }

    /// Whether `signature` (base64url) is this key's over `message`.
    pub fn verifies(&self, message: &str, signature: &str) -> bool {
        jsonwebtoken::crypto::verify(signature, message.as_bytes(), &self.key, self.alg).unwrap_or(false)
    }
}

fn decoding_key(key: &PublicKey) -> Option<DecodingKey> {
    match key {
        PublicKey::Rsa { n, e } => Some(DecodingKey::from_rsa_raw_components(n.as_bytes(), e.as_bytes())),
        PublicKey::Ec { x, y, .. } => DecodingKey::from_ec_components(x.as_base64url(), y.as_base64url()).ok(),
        PublicKey::Ed25519 { x } => DecodingKey::from_ed_components(x.as_base64url()).ok(),
    }
}

fn algorithm(alg: SigningAlg) -> Algorithm {
    match alg {
        SigningAlg::HS256 => Algorithm::HS256,
        SigningAlg::HS384 => Algorithm::HS384,
        SigningAlg::HS512 => Algorithm::HS512,
        SigningAlg::RS256 => Algorithm::RS256,
        SigningAlg::RS384 => Algorithm::RS384,
        SigningAlg::RS512 => Algorithm::RS512,
        SigningAlg::PS256 => Algorithm::PS256,
        SigningAlg::PS384 => Algorithm::PS384,
        SigningAlg::PS512 => Algorithm::PS512,
        SigningAlg::ES256 => Algorithm::ES256,
        SigningAlg::ES384 => Algorithm::ES384,
        SigningAlg::EdDSA => Algorithm::EdDSA,
    }
}
