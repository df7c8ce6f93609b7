//! A client that people sign in to: its authorization requests, and what it does with the answers.

use serde_json::{Value, json};
use url::Url;

use super::Client;
use crate::admin::Admin;
use crate::http::Answer;
use crate::text_browser::TextBrowser;
use crate::workspace::Workspace;

/// Where answers are sent; nobody listens there.
pub const CALLBACK: &str = "https://client.example.com/callback";
/// RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

impl Client {
    /// Registers a `client_secret_basic` client for people. `more` is merged into its metadata.
    pub async fn for_people(admin: &Admin, workspace: &Workspace, more: Value) -> Self {
        let mut metadata = json!({
            "client_name": "Shop",
            "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token"],
        });
        metadata.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Self::of_secret(admin, workspace, metadata).await
    }

    /// The address of an authorization request: a good one, and these parameters besides.
    #[must_use]
    pub fn authorize(&self, more: &[(&str, &str)]) -> String {
        let params = [
            ("client_id", self.client_id.as_str()),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("scope", "openid"),
            ("state", "xyz"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let endpoint = format!("{}/oauth2/authorize", self.workspace.issuer);
        Url::parse_with_params(&endpoint, params.iter().chain(more)).unwrap().into()
    }

    /// A code for somebody, who signs in and agrees where they have not done so in this browser.
    pub async fn code(&self, browser: &TextBrowser, username: &str) -> String {
        let end = browser.through(&self.authorize(&[]), username).await;
        let end = end.unwrap_or_else(|page| panic!("stuck at {} {}", page.status, page.text()));
        parameter(&end, "code").unwrap_or_else(|| panic!("no code in {end}"))
    }

    /// Tokens for somebody.
    pub async fn tokens(&self, browser: &TextBrowser, username: &str) -> Tokens {
        Tokens::of(&self.redeem(&self.code(browser, username).await).await)
    }

    /// The answer of the token endpoint to a code.
    pub async fn redeem(&self, code: &str) -> Answer {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        self.post("/oauth2/token", &form).await
    }

    /// The answer of the token endpoint to a refresh token.
    pub async fn refresh(&self, token: &str) -> Answer {
        self.post("/oauth2/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// The answer of the userinfo endpoint to an access token.
    pub async fn userinfo(&self, token: &str) -> Answer {
        let url = self.workspace.at(&self.node, "/userinfo");
        Answer::to(self.http.client().get(url).bearer_auth(token)).await.unwrap()
    }
}

/// What the token endpoint answers where somebody has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// For the userinfo endpoint and services.
    pub access_token: String,
    /// For more of them.
    pub refresh_token: String,
    /// For the client itself.
    pub id_token: String,
}

impl Tokens {
    /// What an answer of 200 says.
    #[must_use]
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        let json: Value = answer.expect(200);
        let text = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
        let member = |name: &str| text(name).unwrap_or_else(|| panic!("no {name} in {json}"));
        Self {
            access_token: member("access_token"),
            refresh_token: member("refresh_token"),
            id_token: member("id_token"),
        }
    }
}

/// A parameter of an address.
#[must_use]
pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
}
