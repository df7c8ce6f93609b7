//! The parameters of a POST to an OAuth endpoint: form or flat JSON, at most 64 KiB, credentials never in the query.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::{Bytes, Payload};
use cardea_protocol::ErrorCode;
use cardea_protocol::params::Params;

use super::failure::OAuthFailure;

/// The largest body, in octets.
pub const MAX_BODY: usize = 64 * 1024;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads the body, which [`params`] then understands.
///
/// # Errors
/// `invalid_request` when it is too long, too slow, or breaks off.
pub async fn body(payload: Payload) -> Result<Bytes, OAuthFailure> {
    match tokio::time::timeout(PATIENCE, payload.to_bytes_limited(MAX_BODY)).await {
        Ok(Ok(Ok(body))) => Ok(body),
        Ok(Ok(Err(_))) => Err(refused("The body cannot be read.")),
        Ok(Err(_)) => Err(refused("The body is larger than 64 KiB.")),
        Err(_) => Err(refused("The body did not arrive in time.")),
    }
}

/// The parameters in `body`.
///
/// # Errors
/// `invalid_request` when the encoding is unknown or broken, a parameter is repeated, or the query carries a credential.
pub fn params<'a>(request: &HttpRequest, body: &'a [u8]) -> Result<Params<'a>, OAuthFailure> {
    let query = request.query_string();
    if !query.is_empty() && carries_credentials(query) {
        return Err(refused("Credentials and request parameters belong in the body, not in the query."));
    }
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encoded = request.headers().contains_key(CONTENT_ENCODING);
    if encoded || request.headers().get_all(CONTENT_TYPE).count() > 1 {
        return Err(refused("One Content-Type and no Content-Encoding are understood."));
    }
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let read = if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Params::from_form(body)
    } else if essence.eq_ignore_ascii_case("application/json") {
        Params::from_json(body)
    } else {
        return Err(refused("The Content-Type must be application/x-www-form-urlencoded or application/json."));
    };
    read.map_err(|malformed| OAuthFailure::new(ErrorCode::InvalidRequest, malformed.description()))
}

/// RFC 6749 §2.3.1: credentials MUST NOT be in the request URI. One that cannot be decoded is treated as if it were there.
fn carries_credentials(query: &str) -> bool {
    const CREDENTIALS: [&str; 6] =
        ["client_id", "client_secret", "client_assertion", "client_assertion_type", "code_verifier", "grant_type"];
    match Params::from_form(query.as_bytes()) {
        Ok(params) => CREDENTIALS.iter().any(|name| params.credential(name).is_some()),
        Err(_) => true,
    }
}

fn refused(description: &'static str) -> OAuthFailure {
    OAuthFailure::new(ErrorCode::InvalidRequest, description)
}
