//! Where an answer goes: what must be known before even an error may be sent to the client (RFC 6749 §4.1.2.1). Until then an error is
//! a page for the person, or whoever writes a link could make us send people to any address (RFC 9700 §4.11.2).

use std::fmt;

use crate::{
    client_metadata::ClientMetadata,
    error::{Error, ErrorCode},
    id::ClientId,
    params::Params,
    redirect_uri::RedirectUri,
    scope::{OPENID, Scope},
    words::words,
};

/// The longest `state`, in octets: it goes back in a URL.
pub const MAX_STATE_LEN: usize = 4096;

words! {
    /// How the answer travels (OAuth 2.0 Multiple Response Types §2.1, OAuth 2.0 Form Post Response Mode §2).
    pub enum ResponseMode {
        /// In the query of the redirect URI; the default.
        Query = "query",
        /// In a form that the browser posts.
        FormPost = "form_post",
    }
}

/// Where the answer goes, and what goes back with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnTo {
    /// One of the client's redirect URIs.
    pub redirect_uri: RedirectUri,
    /// Whether the request named it: then the token request must name it too (RFC 6749 §4.1.3).
    pub redirect_uri_given: bool,
    /// How it travels. When the request names a mode we do not know, this is `query`, and the request is refused by
    /// [`super::AuthorizationRequest::read`].
    pub response_mode: ResponseMode,
    /// What the client wants to hear again.
    pub state: Option<String>,
}

/// Why a request cannot be answered to its client: the person sees a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unaddressed {
    /// No `client_id`.
    ClientIdMissing,
    /// A `client_id` that no client can have.
    ClientIdMalformed,
    /// No `redirect_uri`, and the client has not exactly one, or the request is one of OpenID Connect, which demands it.
    RedirectUriMissing,
    /// The `redirect_uri` is not registered.
    RedirectUriNotRegistered,
    /// A `state` nobody needs.
    StateTooLong,
}

impl Unaddressed {
    /// A sentence an administrator can act on; it repeats nothing of the request.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::ClientIdMissing => "The client_id parameter is missing.",
            Self::ClientIdMalformed => "The client_id parameter is not the id of any client.",
            Self::RedirectUriMissing => "The redirect_uri parameter is missing.",
            Self::RedirectUriNotRegistered => {
                "The redirect_uri parameter is not one that is registered for this client, to the letter."
            }
            Self::StateTooLong => "The state parameter is longer than 4096 octets.",
        }
    }
}

impl Unaddressed {
    /// The word of the audit event.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::ClientIdMissing => "client_id_missing",
            Self::ClientIdMalformed => "client_id_malformed",
            Self::RedirectUriMissing => "redirect_uri_missing",
            Self::RedirectUriNotRegistered => "redirect_uri_mismatch",
            Self::StateTooLong => "state_too_long",
        }
    }
}

impl fmt::Display for Unaddressed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Unaddressed {}

/// For who can be answered directly: the pushed authorization request endpoint (RFC 9126 §2.3).
impl From<Unaddressed> for Error {
    fn from(unaddressed: Unaddressed) -> Self {
        Self::new(ErrorCode::InvalidRequest, unaddressed.message())
    }
}

/// The client that a request names.
///
/// # Errors
/// When it names none, or none that could be.
pub fn client_id(params: &Params<'_>) -> Result<ClientId, Unaddressed> {
    let text = params.get("client_id").ok_or(Unaddressed::ClientIdMissing)?;
    ClientId::parse(text).map_err(|_| Unaddressed::ClientIdMalformed)
}

impl ReturnTo {
    /// Reads `redirect_uri`, `response_mode` and `state` of a request of this client.
    ///
    /// # Errors
    /// When no registered redirect URI is meant, or the state is too long to be sent back.
    pub fn read(params: &Params<'_>, client: &ClientMetadata) -> Result<Self, Unaddressed> {
        let registered = client.redirect_uris.as_slice();
        let presented = params.get("redirect_uri");
        let redirect_uri = match presented {
            Some(presented) => RedirectUri::find(presented, registered, client.application_type)
                .ok_or(Unaddressed::RedirectUriNotRegistered)?,
            None if is_openid(params) => return Err(Unaddressed::RedirectUriMissing),
            None => RedirectUri::only(registered).ok_or(Unaddressed::RedirectUriMissing)?,
        };
        let state = params.get("state").map(str::to_owned);
        if state.as_ref().is_some_and(|state| state.len() > MAX_STATE_LEN) {
            return Err(Unaddressed::StateTooLong);
        }
        Ok(Self {
            redirect_uri,
            redirect_uri_given: presented.is_some(),
            response_mode: params.get("response_mode").and_then(ResponseMode::parse).unwrap_or(ResponseMode::Query),
            state,
        })
    }
}

/// OIDC Core §3.1.2.1: `redirect_uri` is required there.
fn is_openid(params: &Params<'_>) -> bool {
    params.get("scope").and_then(|scope| Scope::parse(scope).ok()).is_some_and(|scope| scope.contains(OPENID))
}

#[cfg(test)]
mod tests;
