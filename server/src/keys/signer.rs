//! A private key held ready to sign JWTs (RFC 7515): parsed once, its header encoded once.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256,
    RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_protocol::SigningAlg;

use super::KeyError;

enum PrivateKey {
    Ecdsa(EcdsaKeyPair),
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    Ed25519(Ed25519KeyPair),
}

/// Signs for one `kid` with one algorithm.
pub struct Signer {
    alg: SigningAlg,
    kid: String,
    /// Encoded header of an access token (RFC 9068 §2.1: `typ` is `at+jwt`), with the dot.
    access_token_header: String,
    key: PrivateKey,
}

impl Signer {
    /// A signer of the PKCS #8 private key `pkcs8`.
    ///
    /// # Errors
    /// When the key is not one for `alg`.
    pub fn new(alg: SigningAlg, kid: &str, pkcs8: &[u8]) -> Result<Self, KeyError> {
        let key = private_key(alg, pkcs8)?;
        let header = serde_json::json!({"typ": "at+jwt", "alg": alg.as_str(), "kid": kid}).to_string();
        let access_token_header = URL_SAFE_NO_PAD.encode(header) + ".";
        Ok(Self { alg, kid: kid.to_owned(), access_token_header, key })
    }

    /// The algorithm it signs with.
    pub fn alg(&self) -> SigningAlg {
        self.alg
    }

    /// The name of its key in the JWKS.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// A signed access token over the claims `payload` (JSON).
    ///
    /// # Errors
    /// Only when the library refuses to sign.
    pub fn access_token(&self, payload: &[u8]) -> Result<String, KeyError> {
        let mut jwt = String::with_capacity(self.access_token_header.len() + payload.len() * 4 / 3 + 360);
        jwt.push_str(&self.access_token_header);
        URL_SAFE_NO_PAD.encode_string(payload, &mut jwt);
        self.append_signature(&mut jwt)?;
        Ok(jwt)
    }

    /// A signed JWT of another type (RFC 7515 §4.1.9) over the claims `payload` (JSON).
    ///
    /// # Errors
    /// Only when the library refuses to sign.
    pub fn jwt(&self, typ: &str, payload: &[u8]) -> Result<String, KeyError> {
        let header = serde_json::json!({"typ": typ, "alg": self.alg.as_str(), "kid": self.kid}).to_string();
        let mut jwt = URL_SAFE_NO_PAD.encode(header) + ".";
        URL_SAFE_NO_PAD.encode_string(payload, &mut jwt);
        self.append_signature(&mut jwt)?;
        Ok(jwt)
    }

    fn append_signature(&self, jwt: &mut String) -> Result<(), KeyError> {
        let refused = |_| KeyError::Crypto("signing");
        let message = jwt.as_bytes();
        match &self.key {
            PrivateKey::Ecdsa(key) => {
                let signature = key.sign(&SystemRandom::new(), message).map_err(refused)?;
                append(jwt, signature.as_ref());
            }
            PrivateKey::Ed25519(key) => {
                let signature = key.try_sign(message).map_err(refused)?;
                append(jwt, signature.as_ref());
            }
            PrivateKey::Rsa(key, encoding) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(*encoding, &SystemRandom::new(), message, &mut signature).map_err(refused)?;
                append(jwt, &signature);
            }
        }
        Ok(())
    }
}

fn append(jwt: &mut String, signature: &[u8]) {
    jwt.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, jwt);
}

fn private_key(alg: SigningAlg, pkcs8: &[u8]) -> Result<PrivateKey, KeyError> {
    let unusable = |_| KeyError::Crypto("the private key does not fit its algorithm");
    let ecdsa = |curve| EcdsaKeyPair::from_pkcs8(curve, pkcs8).map(PrivateKey::Ecdsa).map_err(unusable);
    let rsa = |encoding| Ok(PrivateKey::Rsa(RsaKeyPair::from_pkcs8(pkcs8).map_err(unusable)?, encoding));
    match alg {
        SigningAlg::ES256 => ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING),
        SigningAlg::ES384 => ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING),
        SigningAlg::EdDSA => Ed25519KeyPair::from_pkcs8(pkcs8).map(PrivateKey::Ed25519).map_err(unusable),
        SigningAlg::RS256 => rsa(&RSA_PKCS1_SHA256),
        SigningAlg::RS384 => rsa(&RSA_PKCS1_SHA384),
        SigningAlg::RS512 => rsa(&RSA_PKCS1_SHA512),
        SigningAlg::PS256 => rsa(&RSA_PSS_SHA256),
        SigningAlg::PS384 => rsa(&RSA_PSS_SHA384),
        SigningAlg::PS512 => rsa(&RSA_PSS_SHA512),
        SigningAlg::HS256 | SigningAlg::HS384 | SigningAlg::HS512 => {
            Err(KeyError::Crypto("a workspace does not sign with a shared secret"))
        }
    }
}
