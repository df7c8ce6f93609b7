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
mod tests {
    use super::*;
    use crate::client_metadata::ApplicationType;

    fn client(uris: &[&str]) -> ClientMetadata {
        let redirect_uris = uris.iter().map(|uri| (*uri).to_owned()).collect();
        ClientMetadata { redirect_uris, application_type: ApplicationType::Native, ..ClientMetadata::default() }
    }

    fn read(form: &str, uris: &[&str]) -> Result<ReturnTo, Unaddressed> {
        ReturnTo::read(&Params::from_form(form.as_bytes()).unwrap(), &client(uris))
    }

    #[test]
    fn the_client_is_named_by_an_id_that_could_be_one() {
        let of = |form: &str| client_id(&Params::from_form(form.as_bytes()).unwrap());
        assert_eq!(of("").unwrap_err(), Unaddressed::ClientIdMissing);
        assert_eq!(of("client_id=").unwrap_err(), Unaddressed::ClientIdMissing);
        assert_eq!(of("client_id=%0A").unwrap_err(), Unaddressed::ClientIdMalformed);
        assert_eq!(of("client_id=c1").unwrap().as_str(), "c1");
    }

    #[test]
    fn an_answer_goes_to_a_registered_uri_alone() {
        let two = ["https://c.example/cb", "http://127.0.0.1/cb"];
        for (form, uris, refusal) in [
            ("redirect_uri=https://evil.example/cb", &two[..], Unaddressed::RedirectUriNotRegistered),
            ("redirect_uri=https://c.example/cb/", &two, Unaddressed::RedirectUriNotRegistered),
            ("redirect_uri=https://c.example/cb", &[], Unaddressed::RedirectUriNotRegistered),
            ("", &two, Unaddressed::RedirectUriMissing),
            ("redirect_uri=", &two, Unaddressed::RedirectUriMissing),
            ("", &[], Unaddressed::RedirectUriMissing),
            ("scope=openid", &two[..1], Unaddressed::RedirectUriMissing),
            ("scope=profile+openid", &two[..1], Unaddressed::RedirectUriMissing),
        ] {
            assert_eq!(read(form, uris), Err(refusal), "{form}");
        }
        for (form, uris, uri, given) in [
            ("redirect_uri=https://c.example/cb&scope=openid", &two[..], two[0], true),
            ("redirect_uri=http://127.0.0.1:8080/cb", &two, "http://127.0.0.1:8080/cb", true),
            ("scope=openidx", &two[..1], two[0], false),
        ] {
            let to = read(form, uris).unwrap();
            assert_eq!((to.redirect_uri.as_str(), to.redirect_uri_given), (uri, given), "{form}");
        }
    }

    #[test]
    fn a_mode_and_a_state_are_taken_along() {
        let uri = ["https://c.example/cb"];
        for (form, mode) in [
            ("", ResponseMode::Query),
            ("response_mode=query", ResponseMode::Query),
            ("response_mode=form_post", ResponseMode::FormPost),
            ("response_mode=fragment", ResponseMode::Query),
            ("response_mode=FORM_POST", ResponseMode::Query),
        ] {
            assert_eq!(read(form, &uri).unwrap().response_mode, mode, "{form}");
        }
        assert_eq!(read("state=a%26b", &uri).unwrap().state.as_deref(), Some("a&b"));
        assert_eq!(read("state=", &uri).unwrap().state, None);
        let state = |len: usize| format!("state={}", "s".repeat(len));
        assert_eq!(read(&state(MAX_STATE_LEN + 1), &uri), Err(Unaddressed::StateTooLong));
        assert!(read(&state(MAX_STATE_LEN), &uri).is_ok());
    }

    #[test]
    fn pushed_it_is_an_invalid_request() {
        let error = Error::from(Unaddressed::RedirectUriNotRegistered);
        assert_eq!((error.code, error.status()), (ErrorCode::InvalidRequest, 400));
    }
}
