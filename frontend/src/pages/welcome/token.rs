//! A token for the client that was just made, got as the client itself would: from the token endpoint, with its credential.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use gloo_net::http::Request;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use cardea_protocol::auth_method::AuthMethod;

use crate::url;

/// The octets of a block of SHA-256 (FIPS 180-4).
const BLOCK: usize = 64;

/// What the client shows to whom. Without `Debug`: there is a secret in it.
#[derive(Clone)]
pub(super) struct Credential {
    pub(super) method: AuthMethod,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    /// The issuer of the workspace, the audience of an assertion.
    pub(super) issuer: String,
}

/// What is sent: the `Authorization` header, if there is one, and the body.
pub(super) struct Asked {
    pub(super) authorization: Option<String>,
    pub(super) body: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

/// Asks for a token in the client's own name (RFC 6749 §4.4).
pub(super) async fn token(path: &str, credential: &Credential, now: i64, jti: &str) -> Result<Answer, String> {
    let asked = asked(credential, now, jti);
    let mut request = Request::post(path).header("Content-Type", "application/x-www-form-urlencoded");
    if let Some(authorization) = &asked.authorization {
        request = request.header("Authorization", authorization);
    }
    let offline = |_| "The server did not answer. Check the connection and try again.".to_owned();
    let response = request.body(asked.body).map_err(offline)?.send().await.map_err(offline)?;
    let status = response.status();
    let body = response.json().await.map_err(|_| format!("The token endpoint answered {status}, and no JSON."))?;
    Ok(Answer { status, body })
}

/// The request by the method's rules (RFC 6749 §2.3.1, OpenID Connect Core §9). `now` in seconds.
pub(super) fn asked(credential: &Credential, now: i64, jti: &str) -> Asked {
    let Credential { method, client_id, client_secret, issuer } = credential;
    let grant = ("grant_type", "client_credentials");
    match method {
        AuthMethod::ClientSecretPost => Asked {
            authorization: None,
            body: url::encode([grant, ("client_id", client_id), ("client_secret", client_secret)]),
        },
        AuthMethod::ClientSecretJwt => {
            let assertion = assertion(client_id, client_secret, issuer, now, jti);
            let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            let body = url::encode([grant, ("client_assertion_type", kind), ("client_assertion", &assertion)]);
            Asked { authorization: None, body }
        }
        _ => {
            let pair = format!("{}:{}", url::segment(client_id), url::segment(client_secret));
            let authorization = Some(format!("Basic {}", STANDARD.encode(pair)));
            Asked { authorization, body: url::encode([grant]) }
        }
    }
}

/// An assertion for one minute, signed with the secret (RFC 7523 §3).
fn assertion(client_id: &str, client_secret: &str, issuer: &str, now: i64, jti: &str) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({"iss": client_id, "sub": client_id, "aud": issuer, "iat": now, "exp": now + 60, "jti": jti});
    let signed = format!("{}.{}", part(json!({"alg": "HS256", "typ": "JWT"})), part(claims));
    let signature = hmac_sha256(client_secret.as_bytes(), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// HMAC with SHA-256 (RFC 2104 §2). By hand, because browsers give WebCrypto to secure origins only.
fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let hashed: [u8; 32];
    let key = if key.len() > BLOCK {
        hashed = Sha256::digest(key).into();
        &hashed
    } else {
        key
    };
    let pad = |with: u8| {
        let padded = key.iter().copied().chain(std::iter::repeat(0)).take(BLOCK);
        padded.map(|byte| byte ^ with).collect::<Vec<_>>()
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
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

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_signature_is_that_of_rfc_4231() {
        let short = hmac_sha256(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hex(&short), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let long = hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(hex(&long), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    #[test]
    fn the_credential_goes_where_its_method_puts_it() {
        let credential = |method| Credential {
            method,
            client_id: "shop".into(),
            client_secret: "s3cret".into(),
            issuer: "https://id.example/t/w".into(),
        };
        let basic = asked(&credential(AuthMethod::ClientSecretBasic), 7, "j");
        assert_eq!(basic.authorization.as_deref(), Some("Basic c2hvcDpzM2NyZXQ="));
        assert!(!basic.body.contains("s3cret"));
        let post = asked(&credential(AuthMethod::ClientSecretPost), 7, "j");
        assert_eq!(post.authorization, None);
        assert_eq!(post.body, "grant_type=client_credentials&client_id=shop&client_secret=s3cret");
        let jwt = asked(&credential(AuthMethod::ClientSecretJwt), 7, "j");
        assert!(jwt.authorization.is_none() && !jwt.body.contains("s3cret"));
        let assertion = jwt.body.rsplit('=').next().unwrap_or_default().to_owned();
        let claims = claims(&assertion).unwrap();
        assert_eq!(claims.get("aud"), Some(&json!("https://id.example/t/w")));
        assert_eq!(claims.get("exp"), Some(&json!(67)));
    }

    #[test]
    fn a_jwt_tells_its_claims_and_an_opaque_token_none() {
        assert_eq!(claims("e30.eyJzdWIiOiJhIn0.c2ln"), Some(json!({"sub": "a"})));
        assert_eq!(claims("sBx-opaque_token"), None);
        assert_eq!(claims("a.b.c"), None);
    }
}
