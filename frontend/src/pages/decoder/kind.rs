//! What a token is for: by its type (RFC 8725 §3.11), else by its claims.

use super::parse::Token;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It opens an API (RFC 9068).
    AccessToken,
    /// It tells an application who signed in (OpenID Connect Core §2).
    IdToken,
    /// It proves to us who an application is (RFC 7523 §2.2).
    ClientAssertion,
    /// It tells an application that a session ended (OpenID Connect Back-Channel Logout §2.4).
    LogoutToken,
    /// It proves that whoever sends a token holds its key (RFC 9449 §4.2).
    DpopProof,
    /// It is an authorization request (RFC 9101).
    RequestObject,
    /// It is something else.
    Other,
}

impl Kind {
    /// What `token` is for.
    pub(super) fn of(token: &Token) -> Self {
        let typ = token.header("typ").unwrap_or_default().to_ascii_lowercase();
        let has = |name: &str| token.claims.contains_key(name);
        match typ.strip_prefix("application/").unwrap_or(&typ) {
            "at+jwt" => Self::AccessToken,
            "logout+jwt" => Self::LogoutToken,
            "dpop+jwt" => Self::DpopProof,
            "oauth-authz-req+jwt" => Self::RequestObject,
            "client-authentication+jwt" => Self::ClientAssertion,
            _ if has("events") => Self::LogoutToken,
            _ if has("response_type") || has("redirect_uri") => Self::RequestObject,
            _ if has("iss") && token.claims.get("iss") == token.claims.get("sub") => Self::ClientAssertion,
            _ if ["nonce", "at_hash", "c_hash", "auth_time", "azp", "acr"].into_iter().any(has) => Self::IdToken,
            _ if has("scope") || has("client_id") => Self::AccessToken,
            _ if has("sub") && has("aud") => Self::IdToken,
            _ => Self::Other,
        }
    }

    /// What it is called.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::AccessToken => "Access token",
            Self::IdToken => "ID token",
            Self::ClientAssertion => "Client assertion",
            Self::LogoutToken => "Logout token",
            Self::DpopProof => "DPoP proof",
            Self::RequestObject => "Request object",
            Self::Other => "Signed JWT",
        }
    }

    /// What it is for.
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::AccessToken => "Opens an API to the application that holds it.",
            Self::IdToken => {
                "Tells an application who signed in, when and how. It opens nothing: an API must not take it."
            }
            Self::ClientAssertion => {
                "Proves to the token endpoint which application it is. The application makes and signs it, anew for each request."
            }
            Self::LogoutToken => "Tells an application that a session has ended.",
            Self::DpopProof => "Proves that whoever sends an access token holds the key it is bound to.",
            Self::RequestObject => "An authorization request, signed by the application that makes it.",
            Self::Other => "By its type and claims it is none of the tokens of OAuth.",
        }
    }

    /// Whether the application signs it, and not the workspace.
    pub(super) const fn is_of_client(self) -> bool {
        matches!(self, Self::ClientAssertion | Self::DpopProof | Self::RequestObject)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::{read, tests::token};
    use super::*;
    use serde_json::{Value, json};

    fn kind(header: &Value, claims: &Value) -> Kind {
        Kind::of(&read(&token(header, claims)).unwrap())
    }

    #[test]
    fn the_type_says_what_a_token_is_for_and_else_its_claims_do() {
        let jwt = json!({"typ": "JWT"});
        assert_eq!(kind(&json!({"typ": "at+jwt"}), &json!({"nonce": "n"})), Kind::AccessToken);
        assert_eq!(kind(&json!({"typ": "application/AT+JWT"}), &json!({})), Kind::AccessToken);
        assert_eq!(kind(&jwt, &json!({"iss": "c", "sub": "c", "aud": "x"})), Kind::ClientAssertion);
        assert_eq!(kind(&jwt, &json!({"iss": "i", "sub": "s", "aud": "c", "nonce": "n"})), Kind::IdToken);
        assert_eq!(kind(&jwt, &json!({"iss": "i", "sub": "s", "aud": "c"})), Kind::IdToken);
        assert_eq!(kind(&jwt, &json!({"iss": "i", "sub": "s", "aud": "c", "scope": "a"})), Kind::AccessToken);
        assert_eq!(kind(&jwt, &json!({"iss": "i", "events": {}})), Kind::LogoutToken);
        assert_eq!(kind(&json!({}), &json!({"response_type": "code", "iss": "c", "sub": "c"})), Kind::RequestObject);
        assert_eq!(kind(&json!({}), &json!({})), Kind::Other);
    }
}
