//! The management API's door out for everything that goes wrong: RFC 9457 `application/problem+json` with a stable `code`,
//! and for the bearer's own faults the challenge of RFC 6750 §3. Logged once, here.

use std::fmt;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use cardea_api::permission::Permission;
use cardea_api::problem::{MEDIA_TYPE, Problem};
use cardea_protocol::violation::Violation;
use cardea_store::StoreError;

use crate::failure::Failure;

/// Why the management API does not do what it was asked.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such thing, or the caller may not know of it.
    NotFound,
    /// The path exists, for the methods named.
    MethodNotAllowed(String),
    /// No bearer token was sent.
    Unauthenticated,
    /// The bearer token is not one of ours, or no longer good.
    InvalidToken,
    /// The caller may know of the thing, but not do this to it.
    Forbidden(Permission),
    /// The request itself is malformed.
    Malformed(String),
    /// Members of the body, or parameters of the query, break rules; `code` says of which book.
    Invalid {
        /// `invalid_request` or `invalid_client_metadata` (RFC 7591 §3.2.2).
        code: &'static str,
        /// What is broken.
        violations: Vec<Violation>,
    },
    /// What is stored does not let it happen.
    Conflict {
        /// Which rule.
        code: &'static str,
        /// The rule in words.
        detail: String,
    },
    /// `If-Match` names another version (RFC 9110 §13.1.1).
    PreconditionFailed,
    /// The body is not JSON by its `Content-Type`, or is encoded.
    UnsupportedMediaType,
    /// The body is larger than anything this API takes.
    TooLarge,
    /// Not the caller's fault.
    Failure(Arc<Failure>),
}

/// What a handler answers.
pub type Answer = Result<HttpResponse, Refusal>;

impl Refusal {
    /// Broken rules of a body.
    pub fn invalid(violations: Vec<Violation>) -> Self {
        Self::Invalid { code: "invalid_request", violations }
    }

    /// One broken rule of a body.
    pub fn violation(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::invalid(vec![Violation::new(pointer, code, message)])
    }

    /// The id is taken.
    pub fn already_exists(what: &str) -> Self {
        Self::Conflict { code: "already_exists", detail: format!("{what} exists already") }
    }

    /// Cardea itself needs the thing as it is.
    pub fn protected(detail: &str) -> Self {
        Self::Conflict { code: "protected", detail: detail.to_owned() }
    }

    /// Others kept changing the thing while it was to be changed.
    pub fn contended() -> Self {
        Self::Conflict { code: "conflict", detail: "others are changing this at the same time; try again".to_owned() }
    }

    fn status_and_code(&self) -> (StatusCode, &str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Self::MethodNotAllowed(_) => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated"),
            Self::InvalidToken => (StatusCode::UNAUTHORIZED, "invalid_token"),
            Self::Forbidden(_) => (StatusCode::FORBIDDEN, "insufficient_permission"),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Invalid { code, .. } => (StatusCode::BAD_REQUEST, code),
            Self::Conflict { code, .. } => (StatusCode::CONFLICT, code),
            Self::PreconditionFailed => (StatusCode::PRECONDITION_FAILED, "precondition_failed"),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large"),
            Self::Failure(failure) if failure.is_temporary() => {
                (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable")
            }
            Self::Failure(_) => (StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
        }
    }

    fn detail(&self) -> Option<String> {
        match self {
            Self::NotFound => None,
            Self::MethodNotAllowed(allowed) => Some(format!("this path answers {allowed}")),
            Self::Unauthenticated => Some("send a bearer token in the Authorization header".to_owned()),
            Self::InvalidToken => Some("the token is malformed, expired, revoked or not meant for this API".to_owned()),
            Self::Forbidden(permission) => Some(format!("{permission} is needed here")),
            Self::Malformed(detail) | Self::Conflict { detail, .. } => Some(detail.clone()),
            Self::Invalid { violations, .. } => match violations.as_slice() {
                [only] if only.pointer.is_empty() => Some(only.message.clone()),
                [only] => Some(format!("{}: {}", only.pointer, only.message)),
                all => Some(format!("{} rules are broken, see errors", all.len())),
            },
            Self::PreconditionFailed => Some("it has changed since the version named in If-Match".to_owned()),
            Self::UnsupportedMediaType => Some("send JSON, with Content-Type: application/json".to_owned()),
            Self::TooLarge => Some("at most 256 KiB".to_owned()),
            Self::Failure(_) => None,
        }
    }

    fn problem(&self) -> Problem {
        let (status, code) = self.status_and_code();
        Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: self.detail(),
            errors: match self {
                Self::Invalid { violations, .. } => violations.clone(),
                _ => Vec::new(),
            },
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, code) = self.status_and_code();
        match (self, self.detail()) {
            (Self::Failure(failure), _) => write!(f, "{code}: {failure}"),
            (_, Some(detail)) => write!(f, "{code}: {detail}"),
            (_, None) => f.write_str(code),
        }
    }
}

impl std::error::Error for Refusal {}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status_and_code().0
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Failure(failure) => tracing::error!(error = %failure, "a management request failed"),
            refusal => tracing::info!(%refusal, "a management request was refused"),
        }
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CONTENT_TYPE, MEDIA_TYPE));
        match self {
            // RFC 6750 §3.1: without credentials the challenge carries no error code.
            Self::Unauthenticated => response.insert_header((WWW_AUTHENTICATE, "Bearer")),
            Self::InvalidToken => response.insert_header((WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")),
            Self::Forbidden(_) => response.insert_header((WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"")),
            Self::MethodNotAllowed(allowed) => response.insert_header((ALLOW, allowed.as_str())),
            Self::Failure(failure) if failure.is_temporary() => response.insert_header((RETRY_AFTER, "1")),
            _ => &mut response,
        };
        response.body(serde_json::to_string(&self.problem()).unwrap_or_default())
    }
}

impl From<Vec<Violation>> for Refusal {
    fn from(violations: Vec<Violation>) -> Self {
        Self::invalid(violations)
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::from(Arc::new(failure))
    }
}

impl From<Arc<Failure>> for Refusal {
    fn from(failure: Arc<Failure>) -> Self {
        if failure.is_parent_missing() { Self::NotFound } else { Self::Failure(failure) }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}
