//! Authorization responses: RFC 6749 §4.1.2 and §4.1.2.1, RFC 9207 §2. One list of parameters, whichever way it travels.

use crate::{
    authorization_request::{ResponseMode, ReturnTo},
    error::Error,
    issuer::Issuer,
};

/// What a client is answered, a code or an error; in both `iss` says by whom (RFC 9207 §2), so that a client of several servers
/// cannot mix them up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationResponse<'a> {
    return_to: &'a ReturnTo,
    params: Vec<(&'static str, String)>,
}

impl<'a> AuthorizationResponse<'a> {
    /// Answers with a code.
    #[must_use]
    pub fn code(return_to: &'a ReturnTo, issuer: &Issuer, code: &str) -> Self {
        Self::of(return_to, issuer, vec![("code", code.to_owned())])
    }

    /// Answers with an error.
    #[must_use]
    pub fn error(return_to: &'a ReturnTo, issuer: &Issuer, error: &Error) -> Self {
        let description = error.description.clone().into_owned();
        Self::of(return_to, issuer, vec![("error", error.code.to_string()), ("error_description", description)])
    }

    fn of(return_to: &'a ReturnTo, issuer: &Issuer, mut params: Vec<(&'static str, String)>) -> Self {
        params.extend(return_to.state.clone().map(|state| ("state", state)));
        params.push(("iss", issuer.as_str().to_owned()));
        Self { return_to, params }
    }

    /// How it travels: as a redirection to [`Self::location`], or as a form with [`Self::params`] that is posted to
    /// [`Self::action`].
    #[must_use]
    pub const fn mode(&self) -> ResponseMode {
        self.return_to.response_mode
    }

    /// Where the form goes in mode `form_post`.
    #[must_use]
    pub fn action(&self) -> &str {
        self.return_to.redirect_uri.as_str()
    }

    /// The names and values, for the hidden inputs of a form; nothing is escaped.
    pub fn params(&self) -> impl Iterator<Item = (&str, &str)> {
        self.params.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The URI to redirect to in mode `query`, with 303 (RFC 9700 §4.12): the registered query stays, and nothing is in a fragment.
    #[must_use]
    pub fn location(&self) -> String {
        self.return_to.redirect_uri.with_params(self.params())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        client_metadata::ClientMetadata,
        error::ErrorCode,
        id::{TenantId, WorkspaceId},
        issuer::PublicUrl,
        params::Params,
    };

    fn return_to(form: &str) -> ReturnTo {
        let uris = vec!["https://c.example/cb?x=1".to_owned()];
        let client = ClientMetadata { redirect_uris: uris, ..ClientMetadata::default() };
        ReturnTo::read(&Params::from_form(form.as_bytes()).unwrap(), &client).unwrap()
    }

    fn issuer() -> Issuer {
        let public = PublicUrl::parse("https://id.example").unwrap();
        Issuer::new(&public, &TenantId::parse("a").unwrap(), &WorkspaceId::parse("b").unwrap())
    }

    #[test]
    fn a_code_goes_back_with_state_and_issuer() {
        let to = return_to("state=a%26iss%3Devil+b");
        let response = AuthorizationResponse::code(&to, &issuer(), "abc");
        assert_eq!(
            response.location(),
            "https://c.example/cb?x=1&code=abc&state=a%26iss%3Devil%20b&iss=https%3A%2F%2Fid.example%2Fa%2Fb"
        );
        assert_eq!((response.mode(), response.action()), (ResponseMode::Query, "https://c.example/cb?x=1"));
    }

    #[test]
    fn an_error_goes_back_with_state_and_issuer_too() {
        let to = return_to("state=s&response_mode=form_post");
        let error = Error::new(ErrorCode::LoginRequired, "Somebody must sign in.");
        let response = AuthorizationResponse::error(&to, &issuer(), &error);
        assert_eq!(response.mode(), ResponseMode::FormPost);
        assert_eq!(
            response.params().collect::<Vec<_>>(),
            [
                ("error", "login_required"),
                ("error_description", "Somebody must sign in."),
                ("state", "s"),
                ("iss", "https://id.example/a/b"),
            ]
        );
    }

    #[test]
    fn what_was_not_said_is_not_repeated() {
        let to = return_to("state=");
        let response = AuthorizationResponse::code(&to, &issuer(), "abc");
        assert_eq!(response.params().map(|(name, _)| name).collect::<Vec<_>>(), ["code", "iss"]);
    }
}
