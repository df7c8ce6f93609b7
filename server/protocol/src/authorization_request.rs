//! Authorization requests: RFC 6749 §4.1.1, OIDC Core §3.1.2.1, RFC 7636 §4.3, RFC 8707 §2.1. Read in two steps: [`ReturnTo::read`]
//! tells where an answer may go, and what fails before that is a page; [`AuthorizationRequest::read`] reads the rest, and what
//! fails there is sent back. A parameter given twice never gets here: [`crate::Params`] refuses it.

use url::Url;

use crate::{
    claims::request::ClaimsRequest,
    error::{Error, ErrorCode},
    grant_type::ResponseType,
    params::Params,
    pkce::{CodeChallenge, InvalidChallenge},
    redirect_uri::MAX_URI_LEN,
    scope::{OPENID, Scope},
    words::words,
};

mod conveyance;
mod policy;
mod prompt;
mod return_to;
#[cfg(test)]
mod tests;

pub use conveyance::{Conveyance, PushedAuthorizationResponse, RequestUri};
pub use policy::Conveyed;
pub use prompt::{Prompt, Prompts};
pub use return_to::{MAX_STATE_LEN, ResponseMode, ReturnTo, Unaddressed, client_id};

/// The parameters that are read. A request that must wait, because it was pushed or somebody signs in first, is kept as
/// [`Params::to_form`] of these, and read again when it goes on: so it is held against what is registered *then*, and neither a
/// credential of the client nor `request` itself is ever kept.
pub const PARAMETERS: &[&str] = &[
    "client_id",
    "response_type",
    "redirect_uri",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "prompt",
    "max_age",
    "login_hint",
    "ui_locales",
    "acr_values",
    "claims",
    "id_token_hint",
    "resource",
    "display",
    "code_challenge",
    "code_challenge_method",
];

/// The longest `nonce`, `login_hint` and member of a list, in octets. FAPI 2.0 Security Profile §5.3.2.2 (14) demands 64 for a nonce.
pub const MAX_TEXT_LEN: usize = 1024;
/// The longest `id_token_hint`, in octets.
pub const MAX_HINT_LEN: usize = 16 * 1024;
const MAX_LIST: usize = 32;
/// RFC 5646 §4.4.1.
const MAX_LOCALE_LEN: usize = 35;

words! {
    /// How the client would like our pages shown (OIDC Core §3.1.2.1); ours fit everywhere, so it changes nothing.
    pub enum Display {
        /// A page.
        Page = "page",
        /// A small window.
        Popup = "popup",
        /// A touch screen.
        Touch = "touch",
        /// A feature phone.
        Wap = "wap",
    }
}

/// What a client asks for. Where the answer goes is in [`ReturnTo`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// What the answer carries.
    pub response_type: ResponseType,
    /// What for; empty when the request leaves it to us.
    pub scope: Scope,
    /// What the ID token must repeat.
    pub nonce: Option<String>,
    /// What the person must be asked.
    pub prompt: Prompts,
    /// How many seconds ago the person may have signed in; see [`AuthorizationRequest::accepts_sign_in_at`].
    pub max_age: Option<u32>,
    /// Who the person may be, to fill into a form.
    pub login_hint: Option<String>,
    /// The languages the person reads, the best first; none of them need be one of ours.
    pub ui_locales: Vec<String>,
    /// How the person should be authenticated, the best first; a wish (RFC 9470 §4 makes it a demand of the resource server).
    pub acr_values: Vec<String>,
    /// Single claims.
    pub claims: ClaimsRequest,
    /// An ID token of ours that says who should be signed in; not verified.
    pub id_token_hint: Option<String>,
    /// The services the token is for.
    pub resource: Vec<String>,
    /// How to show our pages.
    pub display: Option<Display>,
    /// What the code is bound to.
    pub code_challenge: Option<CodeChallenge>,
}

impl AuthorizationRequest {
    /// Reads all that [`ReturnTo::read`] does not. [`Conveyance`] has been resolved: `request` and `request_uri` are gone.
    ///
    /// # Errors
    /// That can be sent back: `unsupported_response_type`, `invalid_scope`, `invalid_target` (RFC 8707 §2),
    /// `registration_not_supported` (OIDC Core §3.1.2.6), and `invalid_request` for all else.
    pub fn read(params: &Params<'_>) -> Result<Self, Error> {
        if params.get("registration").is_some() {
            return Err(Error::new(
                ErrorCode::RegistrationNotSupported,
                "The registration parameter is not supported.",
            ));
        }
        let response_type = response_type(params)?;
        word(params, "response_mode", ResponseMode::parse, "The response_mode is neither query nor form_post.")?;
        Ok(Self {
            response_type,
            scope: scope(params)?,
            nonce: text(params, "nonce", MAX_TEXT_LEN, "The nonce is longer than 1024 octets.")?,
            prompt: word(params, "prompt", Prompts::parse, "The prompt is unknown, or none stands beside another.")?
                .unwrap_or_default(),
            max_age: word(params, "max_age", seconds, "The max_age is not a number of seconds.")?,
            login_hint: text(params, "login_hint", MAX_TEXT_LEN, "The login_hint is longer than 1024 octets.")?,
            ui_locales: locales(params),
            acr_values: acr_values(params)?,
            claims: params.get("claims").map_or_else(|| Ok(ClaimsRequest::default()), claims)?,
            id_token_hint: text(
                params,
                "id_token_hint",
                MAX_HINT_LEN,
                "The id_token_hint is longer than 16384 octets.",
            )?,
            resource: resource(params)?,
            display: word(params, "display", Display::parse, "The display is none of page, popup, touch and wap.")?,
            code_challenge: code_challenge(params).map_err(|invalid| malformed(invalid.message()))?,
        })
    }

    /// Whether this is a request of OpenID Connect, which is answered with an ID token (OIDC Core §3.1.2.1).
    #[must_use]
    pub fn is_openid(&self) -> bool {
        self.scope.contains(OPENID)
    }
}

fn malformed(description: &'static str) -> Error {
    Error::new(ErrorCode::InvalidRequest, description)
}

fn response_type(params: &Params<'_>) -> Result<ResponseType, Error> {
    let word = params.get("response_type").ok_or_else(|| malformed("The response_type parameter is missing."))?;
    ResponseType::parse(word)
        .ok_or_else(|| Error::new(ErrorCode::UnsupportedResponseType, "The only response_type here is code."))
}

fn scope(params: &Params<'_>) -> Result<Scope, Error> {
    let malformed = |_| Error::new(ErrorCode::InvalidScope, "The scope is malformed.");
    params.get("scope").map_or_else(|| Ok(Scope::empty()), |scope| Scope::parse(scope).map_err(malformed))
}

/// A parameter that is either absent or understood.
fn word<T>(
    params: &Params<'_>,
    name: &str,
    parse: impl Fn(&str) -> Option<T>,
    description: &'static str,
) -> Result<Option<T>, Error> {
    params.get(name).map(|text| parse(text).ok_or_else(|| malformed(description))).transpose()
}

fn text(params: &Params<'_>, name: &str, max: usize, description: &'static str) -> Result<Option<String>, Error> {
    word(params, name, |text| (text.len() <= max).then(|| text.to_owned()), description)
}

/// Digits alone: no sign, no fraction, no blank. More seconds than fit are as good as no limit.
fn seconds(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && (1..=20).contains(&text.len());
    digits.then(|| text.parse().unwrap_or(u32::MAX))
}

/// The tags that could be one (RFC 5646 §2.1); the others are passed over, as OIDC Core §3.1.2.1 wants it.
fn locales(params: &Params<'_>) -> Vec<String> {
    let tag = |tag: &&str| {
        (1..=MAX_LOCALE_LEN).contains(&tag.len())
            && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let list = params.get("ui_locales").unwrap_or_default().split(' ').filter(tag);
    list.take(MAX_LIST).map(str::to_owned).collect()
}

fn acr_values(params: &Params<'_>) -> Result<Vec<String>, Error> {
    let text = params.get("acr_values").unwrap_or_default();
    let list: Vec<_> = text.split(' ').filter(|value| !value.is_empty()).map(str::to_owned).collect();
    let too_much = list.len() > MAX_LIST || list.iter().any(|value| value.len() > MAX_TEXT_LEN);
    if too_much {
        Err(malformed("The acr_values are more than 32, or one is longer than 1024 octets."))
    } else {
        Ok(list)
    }
}

fn claims(text: &str) -> Result<ClaimsRequest, Error> {
    ClaimsRequest::parse(text).map_err(|invalid| malformed(invalid.message()))
}

/// RFC 8707 §2: absolute URIs without a fragment. Whether they are services of the workspace is the caller's question.
fn resource(params: &Params<'_>) -> Result<Vec<String>, Error> {
    let refused = |description| Error::new(ErrorCode::InvalidTarget, description);
    let mut list: Vec<String> = Vec::new();
    for uri in params.all("resource") {
        if uri.len() > MAX_URI_LEN || uri.contains('#') || Url::parse(uri).is_err() {
            return Err(refused("A resource is not an absolute URI without a fragment."));
        }
        if !list.iter().any(|own| own == uri) {
            list.push(uri.to_owned());
        }
    }
    if list.len() > MAX_LIST { Err(refused("There are more than 32 resources.")) } else { Ok(list) }
}

/// An empty challenge is there, and wrong: as if it were absent, whoever empties it would switch PKCE off.
fn code_challenge(params: &Params<'_>) -> Result<Option<CodeChallenge>, InvalidChallenge> {
    match (params.credential("code_challenge"), params.get("code_challenge_method")) {
        (Some(challenge), method) => CodeChallenge::parse(challenge, method).map(Some),
        (None, Some(_)) => Err(InvalidChallenge::ChallengeMissing),
        (None, None) => Ok(None),
    }
}
