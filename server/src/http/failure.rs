//! The door that refusals of the OAuth endpoints leave by: status, JSON, challenge, one line in the log (RFC 6749 §5.2).

use std::fmt;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use cardea_protocol::{Error, ErrorCode, Reason};

use super::headers;
use crate::failure::Failure;

/// Seconds after which a client may try again when something broke here.
const BREATHER: u64 = 2;

/// A refusal on its way out.
#[derive(Debug)]
pub struct OAuthFailure {
    error: Error,
    status: StatusCode,
    /// Realm of the Basic challenge, when the request used the `Authorization` header.
    realm: Option<String>,
    retry_after: Option<u64>,
    allow: Option<&'static str>,
    /// What the audit event says, where that is more than the code.
    reason: Option<Reason>,
}

impl OAuthFailure {
    /// A refusal with the status that goes with its code.
    pub fn new(code: ErrorCode, description: &'static str) -> Self {
        Error::new(code, description).into()
    }

    fn of(error: Error) -> Self {
        let status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
        Self { error, status, realm: None, retry_after: None, allow: None, reason: None }
    }

    /// Authentication failed. One text for all reasons: which one it was is for the audit log.
    pub fn invalid_client(challenge: Option<&str>) -> Self {
        let mut failure = Self::new(ErrorCode::InvalidClient, "Client authentication failed.");
        failure.realm = challenge.map(str::to_owned);
        failure
    }

    /// Too many failures: wait for `seconds`.
    pub fn too_many(seconds: u64) -> Self {
        let mut failure = Self::new(ErrorCode::InvalidRequest, "Too many failed attempts. Wait before the next one.");
        failure.status = StatusCode::TOO_MANY_REQUESTS;
        failure.retry_after = Some(seconds);
        failure
    }

    /// Too many codes wait for somebody: wait for `seconds`.
    pub fn too_many_codes(seconds: u64) -> Self {
        let description = "Slow down: this client asks for more codes than people can enter. Wait before the next one.";
        let mut failure = Self::new(ErrorCode::InvalidRequest, description);
        failure.status = StatusCode::TOO_MANY_REQUESTS;
        failure.retry_after = Some(seconds);
        failure
    }

    /// There is no such workspace.
    pub fn no_workspace() -> Self {
        let mut failure = Self::new(ErrorCode::InvalidRequest, "There is no such tenant or workspace.");
        failure.status = StatusCode::NOT_FOUND;
        failure
    }

    /// There is no such page in a workspace.
    pub fn not_found() -> Self {
        let mut failure = Self::new(ErrorCode::InvalidRequest, "There is nothing at this address.");
        failure.status = StatusCode::NOT_FOUND;
        failure
    }

    /// The endpoint answers other methods only.
    pub fn method_not_allowed(allow: &'static str) -> Self {
        let mut failure = Self::new(ErrorCode::InvalidRequest, "This endpoint does not answer this HTTP method.");
        failure.status = StatusCode::METHOD_NOT_ALLOWED;
        failure.allow = Some(allow);
        failure
    }

    /// Nobody may do this here.
    pub fn forbidden(description: &'static str) -> Self {
        let mut failure = Self::new(ErrorCode::AccessDenied, description);
        failure.status = StatusCode::FORBIDDEN;
        failure
    }

    /// The same refusal, for a reason that the code does not tell.
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self
    }

    /// The reason of the refusal, for the audit event.
    pub fn reason(&self) -> &'static str {
        self.reason.map_or_else(|| self.error.code.as_str(), Reason::as_str)
    }
}

impl fmt::Display for OAuthFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error.code.as_str(), self.error.description)
    }
}

impl From<Error> for OAuthFailure {
    fn from(error: Error) -> Self {
        Self::of(error)
    }
}

impl From<&Failure> for OAuthFailure {
    fn from(failure: &Failure) -> Self {
        // The client, or its whole workspace, was deleted while it was being served.
        if failure.is_parent_missing() {
            return Self::invalid_client(None);
        }
        let temporary = failure.is_temporary();
        tracing::error!(error = %failure, temporary, "a request could not be served");
        let mut refused = Self::new(ErrorCode::ServerError, "The server cannot answer at the moment. Try again.");
        refused.status = if temporary { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        refused.retry_after = temporary.then_some(BREATHER);
        refused
    }
}

impl From<Failure> for OAuthFailure {
    fn from(failure: Failure) -> Self {
        Self::from(&failure)
    }
}

impl From<Arc<Failure>> for OAuthFailure {
    fn from(failure: Arc<Failure>) -> Self {
        Self::from(failure.as_ref())
    }
}

impl From<cardea_store::StoreError> for OAuthFailure {
    fn from(error: cardea_store::StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl ResponseError for OAuthFailure {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = headers::private(self.status);
        if let Some(realm) = &self.realm {
            response.insert_header((WWW_AUTHENTICATE, format!("Basic realm=\"{realm}\"")));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(allow) = self.allow {
            response.insert_header((ALLOW, allow));
        }
        response.body(self.error.to_json())
    }
}
