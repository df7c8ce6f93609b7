//! Client assertions (RFC 7523) as a client makes them: right by default, wrong where a test says so.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea::keys;
use cardea_protocol::SigningAlg;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

/// What a client signs with.
#[derive(Clone)]
pub struct KeyPair {
    pub alg: Algorithm,
    pub kid: Option<String>,
    key: EncodingKey,
    /// The public JWK.
    pub public: Value,
}

impl KeyPair {
    /// A new pair for `alg`.
    pub fn generate(alg: SigningAlg) -> Self {
        let pair = keys::generate::pair(alg).unwrap();
        let name: Algorithm = alg.as_str().parse().unwrap();
        let key = match name {
            Algorithm::ES256 | Algorithm::ES384 => EncodingKey::from_ec_der(&pair.pkcs8),
            Algorithm::EdDSA => EncodingKey::from_ed_der(&pair.pkcs8),
            // The DER form would have to be PKCS #1.
            _ => EncodingKey::from_rsa_pem(pem(&pair.pkcs8).as_bytes()).unwrap(),
        };
        Self { alg: name, kid: None, key, public: pair.public }
    }

    /// A shared secret.
    pub fn hmac(alg: SigningAlg, secret: &str) -> Self {
        let key = EncodingKey::from_secret(secret.as_bytes());
        Self { alg: alg.as_str().parse().unwrap(), kid: None, key, public: Value::Null }
    }

    /// This pair under the name `kid`.
    pub fn named(mut self, kid: &str) -> Self {
        self.kid = Some(kid.to_owned());
        self.public["kid"] = json!(kid);
        self
    }

    /// The JWK Set with this key alone.
    pub fn jwks(&self) -> Value {
        json!({"keys": [self.public]})
    }

    /// A compact JWS over any header and payload.
    pub fn sign_raw(&self, header: &str, payload: &str) -> String {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, self.alg).unwrap();
        format!("{message}.{signature}")
    }
}

fn pem(pkcs8: &[u8]) -> String {
    let body = base64::engine::general_purpose::STANDARD.encode(pkcs8);
    format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
}

/// An assertion in the making.
#[derive(Clone)]
pub struct Assertion {
    pub header: Value,
    pub claims: Value,
}

impl Assertion {
    /// A right one: for `client_id` at `issuer`, made at `now` (seconds), good for a minute.
    pub fn new(key: &KeyPair, client_id: &str, issuer: &str, now: i64) -> Self {
        let mut header = json!({"alg": format!("{:?}", key.alg)});
        if let Some(kid) = &key.kid {
            header["kid"] = json!(kid);
        }
        let claims = json!({
            "iss": client_id, "sub": client_id, "aud": issuer, "iat": now, "exp": now + 60, "jti": cardea::random::token_id(),
        });
        Self { header, claims }
    }

    /// With a claim set, or removed by `null`.
    pub fn claim(mut self, name: &str, value: Value) -> Self {
        set(&mut self.claims, name, value);
        self
    }

    /// With a header member set, or removed by `null`.
    pub fn header(mut self, name: &str, value: Value) -> Self {
        set(&mut self.header, name, value);
        self
    }

    /// Signed.
    pub fn sign(&self, key: &KeyPair) -> String {
        key.sign_raw(&self.header.to_string(), &self.claims.to_string())
    }
}

fn set(object: &mut Value, name: &str, value: Value) {
    if value.is_null() {
        object.as_object_mut().unwrap().remove(name);
    } else {
        object[name] = value;
    }
}
