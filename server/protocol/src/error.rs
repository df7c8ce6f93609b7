//! The errors of OAuth endpoints, one table: RFC 6749 §5.2 and §4.1.2.1, RFC 6750 §3.1, RFC 7591 §3.2.2, RFC 8628 §3.5,
//! RFC 8707 §2, RFC 9101 §7, RFC 9470 §5, OIDC Core §3.1.2.6.

use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer, ser::SerializeStruct};

macro_rules! codes {
    ($( $(#[$meta:meta])* $variant:ident = $name:literal $status:literal $section:literal ),+ $(,)?) => {
        /// What is wrong, in the words of the standards.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $( $(#[$meta])* $variant ),+ }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// The word on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $name ),+ }
            }

            /// The HTTP status it is answered with, unless the caller knows better.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $( Self::$variant => $status ),+ }
            }

            /// The section that defines it.
            #[must_use]
            pub const fn section(self) -> &'static str {
                match self { $( Self::$variant => $section ),+ }
            }
        }
    };
}

codes! {
    /// The request cannot be understood.
    InvalidRequest = "invalid_request" 400 "RFC 6749 §5.2",
    /// The client did not authenticate; always 401 here, whether it used the `Authorization` header or not.
    InvalidClient = "invalid_client" 401 "RFC 6749 §5.2",
    /// The code, token or assertion that should be exchanged is not good.
    InvalidGrant = "invalid_grant" 400 "RFC 6749 §5.2",
    /// The client may not use this grant.
    UnauthorizedClient = "unauthorized_client" 400 "RFC 6749 §5.2",
    /// Nobody may use this grant here.
    UnsupportedGrantType = "unsupported_grant_type" 400 "RFC 6749 §5.2",
    /// The scope is unknown, malformed or more than the client may have.
    InvalidScope = "invalid_scope" 400 "RFC 6749 §5.2",
    /// The resource is unknown, malformed or more than the client may have.
    InvalidTarget = "invalid_target" 400 "RFC 8707 §2",
    /// The person, or we in their name, said no.
    AccessDenied = "access_denied" 400 "RFC 6749 §4.1.2.1",
    /// Nobody may ask for this response type here.
    UnsupportedResponseType = "unsupported_response_type" 400 "RFC 6749 §4.1.2.1",
    /// Somebody must sign in, and `prompt=none` forbids to ask.
    LoginRequired = "login_required" 400 "OIDC Core §3.1.2.6",
    /// Somebody must consent, and `prompt=none` forbids to ask.
    ConsentRequired = "consent_required" 400 "OIDC Core §3.1.2.6",
    /// Somebody must do something else, and `prompt=none` forbids to ask.
    InteractionRequired = "interaction_required" 400 "OIDC Core §3.1.2.6",
    /// Somebody must say who they are, and `prompt=none` forbids to ask.
    AccountSelectionRequired = "account_selection_required" 400 "OIDC Core §3.1.2.6",
    /// The pushed request is unknown, used, expired or another client's.
    InvalidRequestUri = "invalid_request_uri" 400 "RFC 9101 §7",
    /// The request object cannot be read, or is not the client's.
    InvalidRequestObject = "invalid_request_object" 400 "RFC 9101 §7",
    /// Request objects are not understood here.
    RequestNotSupported = "request_not_supported" 400 "RFC 9101 §7",
    /// Requests are not fetched from anywhere.
    RequestUriNotSupported = "request_uri_not_supported" 400 "RFC 9101 §7",
    /// Clients do not register themselves by an authorization request.
    RegistrationNotSupported = "registration_not_supported" 400 "OIDC Core §3.1.2.6",
    /// The person cannot be authenticated as strongly as is demanded.
    UnmetAuthenticationRequirements = "unmet_authentication_requirements" 400 "RFC 9470 §5",
    /// The person has not decided yet.
    AuthorizationPending = "authorization_pending" 400 "RFC 8628 §3.5",
    /// The person has not decided yet, and the device asks too often.
    SlowDown = "slow_down" 400 "RFC 8628 §3.5",
    /// The person took too long: the device begins anew.
    ExpiredToken = "expired_token" 400 "RFC 8628 §3.5",
    /// A redirect URI cannot be registered.
    InvalidRedirectUri = "invalid_redirect_uri" 400 "RFC 7591 §3.2.2",
    /// Metadata of a client cannot be registered.
    InvalidClientMetadata = "invalid_client_metadata" 400 "RFC 7591 §3.2.2",
    /// The access token is unknown, expired, revoked or malformed.
    InvalidToken = "invalid_token" 401 "RFC 6750 §3.1",
    /// The access token is not good for this.
    InsufficientScope = "insufficient_scope" 403 "RFC 6750 §3.1",
    /// We failed.
    ServerError = "server_error" 500 "RFC 6749 §4.1.2.1",
    /// We cannot answer at the moment.
    TemporarilyUnavailable = "temporarily_unavailable" 503 "RFC 6749 §4.1.2.1",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// An error as a client sees it. The description is ours: never put into it what came with the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub code: ErrorCode,
    /// A sentence for the client's developer.
    pub description: Cow<'static, str>,
    status: Option<u16>,
}

impl Error {
    /// An error with the status of its code. Characters that RFC 6749 §5.2 does not allow in a description become `?`.
    pub fn new(code: ErrorCode, description: impl Into<Cow<'static, str>>) -> Self {
        Self { code, description: allowed(description.into()), status: None }
    }

    /// Too many failures, 429: there is no code for it, so it is `invalid_request`.
    #[must_use]
    pub fn too_many_failures() -> Self {
        Self::new(ErrorCode::InvalidRequest, "Too many failed attempts. Wait before the next one.").with_status(429)
    }

    /// The store is down, 503 `server_error`.
    #[must_use]
    pub fn store_unavailable() -> Self {
        Self::new(ErrorCode::ServerError, "The server cannot answer at the moment. Try again.").with_status(503)
    }

    /// The same error with another HTTP status.
    #[must_use]
    pub const fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.unwrap_or(self.code.status())
    }

    /// The body: `{"error": …, "error_description": …}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Neither member can hold a character that JSON escapes: quote, backslash and controls are not in §5.2's set.
        format!(r#"{{"error":"{}","error_description":"{}"}}"#, self.code, allowed(Cow::Borrowed(&self.description)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.description)
    }
}

impl std::error::Error for Error {}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("Error", 2)?;
        body.serialize_field("error", &self.code)?;
        body.serialize_field("error_description", &allowed(Cow::Borrowed(&self.description)))?;
        body.end()
    }
}

/// RFC 6749 §5.2: `%x20-21 / %x23-5B / %x5D-7E`.
fn allowed(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_allowed = |c: char| matches!(c, '\x20'..='\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E');
    if text.chars().all(is_allowed) {
        return text;
    }
    Cow::Owned(text.chars().map(|c| if is_allowed(c) { c } else { '?' }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_name_and_an_error_status() {
        let names: std::collections::BTreeSet<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), ErrorCode::ALL.len());
        for code in ErrorCode::ALL {
            assert!((400..=599).contains(&code.status()) && code.section().contains(" §"), "{code}");
            let proves_nothing = [ErrorCode::InvalidClient, ErrorCode::InvalidToken].contains(code);
            assert_eq!(code.status() == 401, proves_nothing, "{code}");
        }
    }

    #[test]
    fn the_body_has_two_members_both_ways() {
        let error = Error::new(ErrorCode::InvalidScope, "The scope is unknown.");
        assert_eq!(error.to_json(), r#"{"error":"invalid_scope","error_description":"The scope is unknown."}"#);
        assert_eq!(serde_json::to_string(&error).unwrap(), error.to_json());
        assert_eq!(error.status(), 400);
    }

    #[test]
    fn a_description_keeps_to_the_characters_of_the_rfc() {
        let mut error = Error::new(ErrorCode::InvalidRequest, "a\"b\\c\nd\u{7f}ä~!#[]");
        assert_eq!(error.description, "a?b?c?d??~!#[]");
        error.description = Cow::Borrowed("\",\"x\":\"");
        assert_eq!(error.to_json(), r#"{"error":"invalid_request","error_description":"?,?x?:?"}"#);
        assert_eq!(serde_json::to_string(&error).unwrap(), error.to_json());
        assert!(matches!(Error::new(ErrorCode::InvalidRequest, "fine").description, Cow::Borrowed("fine")));
    }

    #[test]
    fn a_status_may_be_another_than_that_of_the_code() {
        assert_eq!(
            (Error::too_many_failures().status(), Error::too_many_failures().code.as_str()),
            (429, "invalid_request")
        );
        assert_eq!(
            (Error::store_unavailable().status(), Error::store_unavailable().code.as_str()),
            (503, "server_error")
        );
        assert_eq!(Error::new(ErrorCode::ServerError, "x").status(), 500);
    }
}
