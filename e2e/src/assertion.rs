//! Client assertions (RFC 7523 §3), made by the `jsonwebtoken` crate.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    Ed25519KeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

/// The time as JWTs write it (RFC 7519 §2, NumericDate), in whole seconds.
#[must_use]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// What a client signs its assertions with.
#[derive(Clone)]
pub struct AssertionKey {
    key: EncodingKey,
    algorithm: Algorithm,
    /// `alg` as the header spells it.
    name: String,
    kid: Option<String>,
}

impl AssertionKey {
    /// A new key pair for an algorithm, by its name in the header: `Ed25519` (RFC 9864) is another name for `EdDSA`.
    #[must_use]
    pub fn generate(name: &str) -> Self {
        let algorithm = if name == "Ed25519" { Algorithm::EdDSA } else { name.parse().unwrap() };
        let key = match algorithm {
            Algorithm::ES256 => ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING),
            Algorithm::ES384 => ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING),
            Algorithm::EdDSA => {
                EncodingKey::from_ed_der(Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap().as_ref())
            }
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => panic!("{name} has no key pair"),
            _ => rsa(),
        };
        Self { key, algorithm, name: name.to_owned(), kid: Some("key-1".to_owned()) }
    }

    /// A client's secret as the key (`client_secret_jwt`).
    #[must_use]
    pub fn of_secret(name: &str, secret: &str) -> Self {
        let key = EncodingKey::from_secret(secret.as_bytes());
        Self { key, algorithm: name.parse().unwrap(), name: name.to_owned(), kid: None }
    }

    /// The public half, as a client registers it in `jwks`.
    #[must_use]
    pub fn jwks(&self) -> Value {
        let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&self.key, self.algorithm).unwrap()).unwrap();
        jwk.as_object_mut().unwrap().insert("kid".to_owned(), json!(self.kid));
        json!({"keys": [jwk]})
    }

    /// A fresh assertion of `client_id` for `audience`, good for five minutes.
    #[must_use]
    pub fn assertion(&self, client_id: &str, audience: &str) -> String {
        self.sign(&claims(client_id, audience))
    }

    /// An assertion with these claims.
    #[must_use]
    pub fn sign(&self, claims: &Value) -> String {
        let mut header = json!({"alg": self.name, "typ": "client-authentication+jwt"});
        if let Some(kid) = &self.kid {
            header.as_object_mut().unwrap().insert("kid".to_owned(), json!(kid));
        }
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signing_input = format!("{}.{}", encode(&header), encode(claims));
        let signature = crypto::sign(signing_input.as_bytes(), &self.key, self.algorithm).unwrap();
        format!("{signing_input}.{signature}")
    }
}

/// The claims of a fresh assertion.
#[must_use]
pub fn claims(client_id: &str, audience: &str) -> Value {
    json!({
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": now(),
        "exp": now() + 300,
        "jti": unique(),
    })
}

/// 128 random bits in base64url.
#[must_use]
pub fn unique() -> String {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).unwrap();
    URL_SAFE_NO_PAD.encode(bytes)
}

fn ecdsa(curve: &'static EcdsaSigningAlgorithm) -> EncodingKey {
    EncodingKey::from_ec_der(EcdsaKeyPair::generate(curve).unwrap().to_pkcs8v1().unwrap().as_ref())
}

fn rsa() -> EncodingKey {
    /// What PKCS #8 puts before the PKCS #1 key that `jsonwebtoken` wants, for a modulus of 2048 bits.
    const WRAPPING: usize = 26;
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    EncodingKey::from_rsa_der(pair.as_der().unwrap().as_ref().get(WRAPPING..).unwrap())
}
