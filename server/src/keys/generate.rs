//! New key pairs (RFC 7517, RFC 8037) for the algorithms that workspaces sign with.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_protocol::{Jwk, SigningAlg, TenantId, Timestamp, WorkspaceId};
use cardea_store::keys::{KeyRecord, KeyState};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{KeyError, place};
use crate::vault::Vault;

/// A key pair as made, before it is sealed.
pub struct Pair {
    /// PKCS #8 of the private key.
    pub pkcs8: Zeroizing<Vec<u8>>,
    /// The public JWK.
    pub public: Value,
}

/// A new key pair, sealed and ready to be stored as the workspace's next or current key for `alg`.
///
/// Takes some 30 µs for elliptic curves and some 100 ms for RSA: RSA belongs on a blocking thread.
///
/// # Errors
/// When the library cannot make the key or the vault cannot seal it.
pub fn generate(
    vault: &Vault,
    tenant: &TenantId,
    workspace: &WorkspaceId,
    alg: SigningAlg,
    state: KeyState,
    now: Timestamp,
) -> Result<KeyRecord, KeyError> {
    let Pair { pkcs8, public } = pair(alg)?;
    let kid = Jwk::parse(&public).map_err(|_| KeyError::Crypto("the public key is not a JWK"))?.thumbprint();
    let mut public_jwk = public;
    if let Some(members) = public_jwk.as_object_mut() {
        members.insert("kid".to_owned(), json!(kid));
        members.insert("alg".to_owned(), json!(alg.as_str()));
        members.insert("use".to_owned(), json!("sig"));
    }
    let sealed_private = vault.seal(&place(tenant, workspace, &kid), &pkcs8)?;
    Ok(KeyRecord { kid, alg, state, public_jwk, sealed_private, created_at: now })
}

/// A new key pair for `alg`.
///
/// # Errors
/// When the library cannot make one.
pub fn pair(alg: SigningAlg) -> Result<Pair, KeyError> {
    match alg {
        SigningAlg::ES256 => ec(&ECDSA_P256_SHA256_FIXED_SIGNING, "P-256"),
        SigningAlg::ES384 => ec(&ECDSA_P384_SHA384_FIXED_SIGNING, "P-384"),
        SigningAlg::EdDSA => ed25519(),
        SigningAlg::RS256
        | SigningAlg::RS384
        | SigningAlg::RS512
        | SigningAlg::PS256
        | SigningAlg::PS384
        | SigningAlg::PS512 => rsa(),
        SigningAlg::HS256 | SigningAlg::HS384 | SigningAlg::HS512 => {
            Err(KeyError::Crypto("a workspace does not sign with a shared secret"))
        }
    }
}

fn ec(alg: &'static EcdsaSigningAlgorithm, crv: &str) -> Result<Pair, KeyError> {
    let unusable = |_| KeyError::Crypto("elliptic curve key generation");
    let key = EcdsaKeyPair::generate(alg).map_err(unusable)?;
    let pkcs8 = Zeroizing::new(key.to_pkcs8v1().map_err(unusable)?.as_ref().to_vec());
    // SEC 1 §2.3.3: one byte 0x04, then both coordinates of the same length.
    let point = key.public_key().as_ref().get(1..).unwrap_or_default();
    let (x, y) = point.split_at(point.len() / 2);
    Ok(Pair {
        pkcs8,
        public: json!({"kty": "EC", "crv": crv, "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)}),
    })
}

fn ed25519() -> Result<Pair, KeyError> {
    let unusable = |_| KeyError::Crypto("Ed25519 key generation");
    let key = Ed25519KeyPair::generate().map_err(unusable)?;
    let pkcs8 = Zeroizing::new(key.to_pkcs8().map_err(unusable)?.as_ref().to_vec());
    let x = URL_SAFE_NO_PAD.encode(key.public_key().as_ref());
    Ok(Pair { pkcs8, public: json!({"kty": "OKP", "crv": "Ed25519", "x": x}) })
}

fn rsa() -> Result<Pair, KeyError> {
    let unusable = |_| KeyError::Crypto("RSA key generation");
    let key = RsaKeyPair::generate(KeySize::Rsa2048).map_err(unusable)?;
    let pkcs8 = Zeroizing::new(key.as_der().map_err(unusable)?.as_ref().to_vec());
    let n = URL_SAFE_NO_PAD.encode(key.public_key().modulus().big_endian_without_leading_zero());
    let e = URL_SAFE_NO_PAD.encode(key.public_key().exponent().big_endian_without_leading_zero());
    Ok(Pair { pkcs8, public: json!({"kty": "RSA", "n": n, "e": e}) })
}
