//! The door that refusals of protected resources of a workspace leave by: a Bearer challenge (RFC 6750 §3).

use std::fmt;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};

use super::failure::OAuthFailure;
use super::headers;
use crate::failure::Failure;

/// Why a token is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// There is none: nothing is said of an error (§3.1).
    Nothing,
    /// It came in two places.
    InvalidRequest,
    /// It is expired, revoked, malformed, or somebody else's.
    InvalidToken,
    /// It is not for this; the scope that would be.
    InsufficientScope(&'static str),
}

/// The token in the `Authorization` header (§2.1); nowhere else is looked.
///
/// # Errors
/// When there is none, or more than one.
pub fn token(headers: &HeaderMap) -> Result<&str, Challenge> {
    let mut headers = headers.get_all(AUTHORIZATION);
    let header = headers.next().ok_or(Challenge::Nothing)?;
    if headers.next().is_some() {
        return Err(Challenge::InvalidRequest);
    }
    let header = header.to_str().map_err(|_| Challenge::InvalidToken)?;
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Challenge::Nothing);
    }
    let token = token.trim_matches(' ');
    if token.is_empty() { Err(Challenge::InvalidToken) } else { Ok(token) }
}

/// A refusal, or a failure on the way.
#[derive(Debug)]
pub enum BearerFailure {
    /// The token is not let in.
    Refused(Challenge),
    /// There is no such workspace, or something broke here.
    Other(OAuthFailure),
}

impl From<OAuthFailure> for BearerFailure {
    fn from(failure: OAuthFailure) -> Self {
        Self::Other(failure)
    }
}

impl From<Arc<Failure>> for BearerFailure {
    fn from(failure: Arc<Failure>) -> Self {
        Self::Other(failure.into())
    }
}

impl fmt::Display for BearerFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(challenge) => write!(f, "{challenge:?}"),
            Self::Other(failure) => failure.fmt(f),
        }
    }
}

impl ResponseError for BearerFailure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Refused(Challenge::InvalidRequest) => StatusCode::BAD_REQUEST,
            Self::Refused(Challenge::InsufficientScope(_)) => StatusCode::FORBIDDEN,
            Self::Refused(Challenge::Nothing | Challenge::InvalidToken) => StatusCode::UNAUTHORIZED,
            Self::Other(failure) => failure.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        let (error, challenge) = match self {
            Self::Other(failure) => return failure.error_response(),
            Self::Refused(Challenge::Nothing) => (None, "Bearer".to_owned()),
            Self::Refused(Challenge::InvalidRequest) => (Some("invalid_request"), String::new()),
            Self::Refused(Challenge::InvalidToken) => (Some("invalid_token"), String::new()),
            Self::Refused(Challenge::InsufficientScope(scope)) => {
                (Some("insufficient_scope"), format!(", scope=\"{scope}\""))
            }
        };
        let mut response = headers::private(self.status_code());
        match error {
            None => response.insert_header((WWW_AUTHENTICATE, challenge)).finish(),
            Some(error) => response
                .insert_header((WWW_AUTHENTICATE, format!("Bearer error=\"{error}\"{challenge}")))
                .body(serde_json::json!({"error": error}).to_string()),
        }
    }
}
