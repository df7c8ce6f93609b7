//! The request by which a client gets a token in its own name, as the client itself would send it (RFC 6749 §4.4).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use cardea_protocol::AuthMethod;

use super::key::KeyPair;
use crate::url;

/// What the client proves itself with. Without `Debug`: it is secret.
#[derive(Clone)]
pub(super) enum Credential {
    /// Its secret.
    Secret(String),
    /// Its key.
    Key(KeyPair),
}

/// What is sent: the `Authorization` header, if there is one, and the body.
pub(super) struct Asked {
    pub(super) authorization: Option<String>,
    pub(super) body: String,
}

/// The request of `client_id` at `issuer`; nothing, where the method and the credential do not belong together.
pub(super) fn asked(
    method: AuthMethod,
    credential: &Credential,
    client_id: &str,
    issuer: &str,
    now_secs: i64,
    jti: &str,
) -> Option<Asked> {
    let grant = ("grant_type", "client_credentials");
    let id = ("client_id", client_id);
    let plain = |pairs: &[(&str, &str)]| Some(Asked { authorization: None, body: url::encode(pairs.iter().copied()) });
    match (method, credential) {
        (AuthMethod::ClientSecretBasic, Credential::Secret(secret)) => {
            let pair = format!("{}:{}", url::segment(client_id), url::segment(secret));
            Some(Asked { authorization: Some(format!("Basic {}", STANDARD.encode(pair))), body: url::encode([grant]) })
        }
        (AuthMethod::ClientSecretPost, Credential::Secret(secret)) => plain(&[grant, id, ("client_secret", secret)]),
        (AuthMethod::ClientSecretJwt, Credential::Secret(_)) | (AuthMethod::PrivateKeyJwt, Credential::Key(_)) => {
            let assertion = assertion(credential, client_id, issuer, now_secs, jti);
            let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            plain(&[grant, ("client_assertion_type", kind), ("client_assertion", &assertion)])
        }
        _ => None,
    }
}

/// An assertion for one minute (RFC 7523 §3).
fn assertion(credential: &Credential, client_id: &str, issuer: &str, now: i64, jti: &str) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = match credential {
        Credential::Secret(_) => json!({"alg": "HS256", "typ": "JWT"}),
        Credential::Key(key) => json!({"alg": "ES256", "typ": "JWT", "kid": key.kid()}),
    };
    let claims = json!({"iss": client_id, "sub": client_id, "aud": issuer, "iat": now, "exp": now + 60, "jti": jti});
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = match credential {
        Credential::Secret(secret) => hmac_sha256(secret, &signed),
        Credential::Key(key) => key.sign(&signed),
    };
    format!("{signed}.{signature}")
}

fn hmac_sha256(secret: &str, message: &str) -> String {
    // Keys of every length are taken (RFC 2104 §2).
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(message.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// The claims of a token that is a JWT; an opaque one tells nothing.
pub(super) fn claims(token: &str) -> Option<Value> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_rfc_4231() {
        let expected = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM";
        assert_eq!(hmac_sha256("Jefe", "what do ya want for nothing?"), expected);
    }

    #[test]
    fn a_credential_goes_where_its_method_puts_it_and_no_other_is_sent() {
        let secret = Credential::Secret("s3cret".into());
        let ask = |method, credential: &Credential| asked(method, credential, "a:b", "https://id.example/t/w", 7, "j");
        let basic = ask(AuthMethod::ClientSecretBasic, &secret).unwrap();
        assert_eq!(basic.authorization.as_deref(), Some("Basic YSUzQWI6czNjcmV0"));
        let post = ask(AuthMethod::ClientSecretPost, &secret).unwrap();
        assert_eq!(post.body, "grant_type=client_credentials&client_id=a%3Ab&client_secret=s3cret");
        let key = Credential::Key(KeyPair::generate(|| Some([9; 32])).unwrap());
        for (method, credential) in [(AuthMethod::ClientSecretJwt, &secret), (AuthMethod::PrivateKeyJwt, &key)] {
            let body = ask(method, credential).unwrap().body;
            assert!(!body.contains("s3cret"));
            let claims = claims(body.rsplit('=').next().unwrap()).unwrap();
            assert_eq!((claims.get("sub"), claims.get("exp")), (Some(&json!("a:b")), Some(&json!(67))));
        }
        assert!(ask(AuthMethod::PrivateKeyJwt, &secret).is_none() && ask(AuthMethod::None, &secret).is_none());
    }
}
