//! Where the keys come from: an address, the body, or PEM.

use cardea_api::jwks::JwksProblem;
use cardea_protocol::jwk::{MAX_FETCHED_KEYS, MAX_REGISTERED_KEYS};
use cardea_protocol::redirect_uri::validate_web_url;
use cardea_protocol::{Jwk, pem, strict_json};
use serde_json::{Value, json};
use url::Url;

use crate::app::App;
use crate::certificates::{Certificate, public_key};
use crate::outbound::{Document, FetchError};

/// Keys that are to be looked at, one by one.
pub(super) struct Keys {
    pub(super) keys: Vec<Value>,
    /// Where they are in what was given.
    pub(super) pointer: String,
    pub(super) problems: Vec<JwksProblem>,
}

pub(super) fn problem(code: &str, pointer: &str, message: impl Into<String>) -> JwksProblem {
    JwksProblem { code: code.to_owned(), pointer: pointer.to_owned(), message: message.into() }
}

/// Asks an address as it is asked for a client.
pub(super) async fn at_address(app: &App, uri: &str) -> Result<Keys, JwksProblem> {
    let unavailable = |message: String| problem("jwks_unavailable", "/jwks_uri", message);
    validate_web_url(uri).map_err(|invalid| unavailable(invalid.message().to_owned()))?;
    let url = Url::parse(uri).map_err(|_| unavailable("it is not a URL".to_owned()))?;
    let Document { body, .. } = app.outbound.fetch(&url).await.map_err(|error| unavailable(advice(&error)))?;
    let Ok(document) = strict_json::parse(&body) else {
        return Err(problem("not_a_jwk_set", "/jwks_uri", "the document is not JSON, or a member comes twice in it"));
    };
    of_set(document, "/jwks_uri", MAX_FETCHED_KEYS)
}

fn advice(error: &FetchError) -> String {
    let to_do = match error {
        FetchError::Refused(_) => {
            "give an https address that the world reaches, or have the operator allow the network (CARDEA_OUTBOUND__ALLOW)"
        }
        FetchError::NoAnswer(_) => "see that the host is up, and that its certificate is one that is trusted",
        FetchError::Status(300..=399) => "redirects are not followed; give the address that it leads to",
        FetchError::Status(_) => "the document must be there for everybody, with status 200",
        FetchError::TooLarge => "publish no more than the keys that are in use",
    };
    format!("{error}; {to_do}")
}

/// A set of keys, or a single one.
pub(super) fn by_value(jwks: Value) -> Result<Keys, JwksProblem> {
    let is_one = jwks.get("keys").is_none() && jwks.get("kty").is_some();
    let set = if is_one { json!({ "keys": [jwks] }) } else { jwks };
    of_set(set, "/jwks", MAX_REGISTERED_KEYS)
}

fn of_set(mut set: Value, pointer: &str, most: usize) -> Result<Keys, JwksProblem> {
    let Some(Value::Array(mut keys)) = set.get_mut("keys").map(Value::take) else {
        let message = "a JWK Set is an object with the member keys, an array of keys (RFC 7517, section 5)";
        return Err(problem("not_a_jwk_set", pointer, message));
    };
    let mut problems = Vec::new();
    if keys.len() > most {
        let message = format!("there are {} keys, and no more than the first {most} are taken", keys.len());
        problems.push(problem("too_many_keys", &format!("{pointer}/keys"), message));
        keys.truncate(most);
    }
    Ok(Keys { keys, pointer: pointer.to_owned(), problems })
}

/// Public keys, or certificates, as keys.
pub(super) fn in_pem(text: &str) -> Result<Keys, JwksProblem> {
    let refused = |message: &str| problem("pem", "/pem", message);
    let unsupported = |unsupported: public_key::UnsupportedKey| problem("unusable_key", "/pem", unsupported.message);
    let jwks: Vec<Jwk> = if text.contains("-----BEGIN CERTIFICATE-----") {
        let certificates = pem::certificates_among_text(text).map_err(|error| refused(error.message()))?;
        // Those after the first vouch for it: nobody's keys.
        let der = certificates.into_iter().next().unwrap_or_default();
        let certificate = Certificate::parse(&der).map_err(|_| refused("not an X.509 certificate"))?;
        vec![public_key::jwk(&certificate).map_err(unsupported)?]
    } else {
        let keys = pem::public_keys_among_text(text).map_err(|error| refused(error.message()))?;
        let keys = keys.iter().take(MAX_REGISTERED_KEYS).map(|der| public_key::bare_jwk(der).map_err(unsupported));
        keys.collect::<Result<_, _>>()?
    };
    let keys = jwks.iter().filter_map(|jwk| serde_json::to_value(jwk).ok()).collect();
    Ok(Keys { keys, pointer: "/pem".to_owned(), problems: Vec::new() })
}
