//! How a registration is refused (RFC 7591 §3.2.2): what is wrong with it, or that its token has been used meanwhile.

use std::borrow::Cow;

use cardea_protocol::violation::Violation;
use cardea_protocol::{Error, ErrorCode};
use cardea_store::StoreError;

use crate::http::bearer::{BearerFailure, Challenge};
use crate::http::problem::Refusal;

/// So many broken rules are told of.
const TOLD: usize = 5;

/// Why nothing was registered, changed or deleted.
pub(super) enum Refused {
    /// The token that was good before no longer is: somebody else has used it.
    Token,
    /// The request is not one to be granted, or something broke.
    Request(Refusal),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Request(refusal)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Request(error.into())
    }
}

/// The answer, and what the audit event says of it where it is the client's fault.
pub(super) fn answer(refusal: Refusal) -> (BearerFailure, Option<(&'static str, String)>) {
    let error = match refusal {
        Refusal::Failure(failure) => return (failure.into(), None),
        // The client, or all of its workspace, has been deleted since the call began.
        Refusal::NotFound => return (BearerFailure::Refused(Challenge::InvalidToken), None),
        Refusal::Conflict { .. } => {
            Error::new(ErrorCode::TemporarilyUnavailable, "Others are changing this at the same time. Try again.")
        }
        Refusal::Invalid { violations, .. } => of_violations(&violations),
        Refusal::UnsupportedMediaType => {
            Error::new(ErrorCode::InvalidClientMetadata, "Send JSON, with Content-Type: application/json.")
        }
        Refusal::TooLarge => Error::new(ErrorCode::InvalidClientMetadata, "The body is larger than 256 KiB."),
        _ => Error::new(ErrorCode::InvalidClientMetadata, "The body is not a JSON object that can be read."),
    };
    let reason = (error.code.as_str(), error.description.to_string());
    (BearerFailure::Other(error.into()), Some(reason))
}

/// One code for all: that of redirect URIs, when one of them is at fault.
fn of_violations(violations: &[Violation]) -> Error {
    let of_redirect_uris = |violation: &Violation| violation.pointer.starts_with("/redirect_uris");
    let code = if violations.iter().any(of_redirect_uris) {
        ErrorCode::InvalidRedirectUri
    } else {
        ErrorCode::InvalidClientMetadata
    };
    let told = violations.iter().take(TOLD).map(|one| match one.pointer.trim_start_matches('/') {
        "" => one.message.clone(),
        member => format!("{member}: {}", one.message.replace('§', "section ")),
    });
    Error::new(code, Cow::Owned(told.collect::<Vec<_>>().join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_uri_at_fault_gives_the_code() {
        let redirect = Violation::new("/redirect_uris/0", "invalid_type", "expected a string");
        let other = Violation::new("/jwks", "invalid_client_metadata", "RFC 7591 §2 \"says\" no");
        let error = of_violations(&[other.clone(), redirect]);
        assert_eq!(error.code, ErrorCode::InvalidRedirectUri);
        let error = of_violations(&[other]);
        assert_eq!(error.code, ErrorCode::InvalidClientMetadata);
        assert_eq!(error.description, "jwks: RFC 7591 section 2 ?says? no");
    }
}
