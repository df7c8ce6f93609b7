//! How a request comes: in parameters, as a request object (RFC 9101 §5), or pushed before (RFC 9126).

use std::fmt;

use serde::Serialize;

use crate::{
    error::{Error, ErrorCode},
    params::Params,
};

/// RFC 9126 §2.2.
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// Where the parameters of an authorization request are. Only those there count: the ones beside it are not looked at, except for
/// `client_id` (RFC 9101 §6.3, RFC 9126 §4), so that nobody can mix two requests into one.
#[derive(Debug, PartialEq, Eq)]
pub enum Conveyance<'a> {
    /// In the request itself.
    Plain,
    /// In this JWT; see [`crate::request_object`].
    RequestObject(&'a str),
    /// In what was pushed under this name.
    Pushed(RequestUri<'a>),
}

impl<'a> Conveyance<'a> {
    /// Looks for `request` and `request_uri` at the authorization endpoint.
    ///
    /// # Errors
    /// `invalid_request` for both at once (RFC 9101 §5), `request_uri_not_supported` for a URI that is not of a pushed request: we
    /// fetch nothing that a browser names.
    pub fn of(params: &'a Params<'_>) -> Result<Self, Error> {
        match (params.get("request"), params.get("request_uri")) {
            (None, None) => Ok(Self::Plain),
            (Some(object), None) => Ok(Self::RequestObject(object)),
            (None, Some(uri)) if !uri.starts_with(PREFIX) => Err(Error::new(
                ErrorCode::RequestUriNotSupported,
                "The request_uri parameter is accepted for pushed authorization requests alone.",
            )),
            (None, Some(uri)) => RequestUri::parse(uri).map(Self::Pushed).ok_or_else(|| {
                Error::new(
                    ErrorCode::InvalidRequestUri,
                    "The request_uri is not that of a pushed authorization request.",
                )
            }),
            (Some(_), Some(_)) => {
                Err(Error::new(ErrorCode::InvalidRequest, "The parameters request and request_uri exclude each other."))
            }
        }
    }

    /// Looks for `request` where requests are pushed; there is no `request_uri` there (RFC 9126 §2.1).
    ///
    /// # Errors
    /// `invalid_request` when there is one.
    pub fn of_pushed(params: &'a Params<'_>) -> Result<Self, Error> {
        match (params.contains("request_uri"), params.get("request")) {
            (true, _) => Err(Error::new(
                ErrorCode::InvalidRequest,
                "The request_uri parameter is not allowed in a pushed authorization request.",
            )),
            (false, Some(object)) => Ok(Self::RequestObject(object)),
            (false, None) => Ok(Self::Plain),
        }
    }
}

/// The name of a pushed request: a prefix, and a reference that nobody can guess. Whose it is and whether it is still good, the
/// store knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestUri<'a>(&'a str);

impl<'a> RequestUri<'a> {
    /// Reads a `request_uri`.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        text.strip_prefix(PREFIX).and_then(Self::of_reference)
    }

    /// The name for this reference: up to 128 characters of base64url.
    #[must_use]
    pub fn of_reference(reference: &'a str) -> Option<Self> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        ((1..=128).contains(&reference.len()) && reference.bytes().all(plain)).then_some(Self(reference))
    }

    /// The part that nobody can guess.
    #[must_use]
    pub const fn reference(self) -> &'a str {
        self.0
    }
}

impl fmt::Display for RequestUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}", self.0)
    }
}

impl Serialize for RequestUri<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a pushed request is answered with, 201 (RFC 9126 §2.2).
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PushedAuthorizationResponse<'a> {
    /// What to name at the authorization endpoint.
    pub request_uri: RequestUri<'a>,
    /// In how many seconds it is forgotten.
    pub expires_in: u32,
}

#[cfg(test)]
mod tests;
