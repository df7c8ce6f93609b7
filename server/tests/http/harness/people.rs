//! People who sign in, and clients that send them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::browser::{Browser, Shown};
use super::{Answer, ClientActor, WorkspaceActor};

pub const PASSWORD: &str = "correct horse battery staple";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CALLBACK: &str = "https://client.example.com/callback";

/// `code_challenge` of [`VERIFIER`].
pub fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

impl WorkspaceActor<'_> {
    /// Somebody in the tenant's default pool, with [`PASSWORD`]; answers their id.
    pub async fn person(&self, username: &str) -> String {
        let body = json!({
            "username": username, "password": PASSWORD, "email": format!("{username}@example.com"),
            "name": "Some Body", "given_name": "Some", "family_name": "Body",
        });
        let path = format!("/tenants/{}/pools/default/users", self.tenant_id());
        self.server.create(&path, &body).await["id"].as_str().unwrap().to_owned()
    }
}

impl<'s> WorkspaceActor<'s> {
    /// A `client_secret_basic` client for people.
    pub async fn relying_party(&self, more: Value) -> ClientActor<'s> {
        let mut metadata = json!({
            "client_name": "Shop", "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token"],
        });
        metadata.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.client(metadata).await
    }
}

impl ClientActor<'_> {
    /// The address of an authorization request: a good one, with these changed; an empty value leaves one out.
    pub fn authorize(&self, changed: &[(&str, &str)]) -> String {
        let challenge = challenge();
        let mut params = vec![
            ("client_id", &*self.id),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("scope", "openid"),
            ("state", "xyz"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in changed {
            params.retain(|(own, _)| own != name);
            if !value.is_empty() {
                params.push((name, value));
            }
        }
        let base = self.workspace.url("/oauth2/authorize");
        Url::parse_with_params(&base, params).unwrap().to_string()
    }

    /// Sends somebody through sign-in and consent, as far as they are asked, and answers where they end.
    pub async fn send(&self, browser: &Browser<'_>, username: &str, changed: &[(&str, &str)]) -> Shown {
        self.through(browser, username, &self.authorize(changed)).await
    }

    /// The same from this address on.
    pub async fn through(&self, browser: &Browser<'_>, username: &str, address: &str) -> Shown {
        let mut shown = browser.open(address).await;
        for _ in 0..6 {
            if shown.answer.status == 303 {
                let location = shown.location();
                if !location.as_str().starts_with(&self.workspace.issuer()) {
                    return shown;
                }
                shown = browser.open(location.as_str()).await;
                continue;
            }
            let form = shown.form();
            shown = match form.action.rsplit('/').next() {
                Some("login") => {
                    let fields = [("username", username), ("password", PASSWORD), ("action", "sign-in")];
                    browser.send(&form, &fields).await
                }
                Some("consent") => browser.send(&form, &[("action", "allow")]).await,
                _ => return shown,
            };
        }
        shown
    }

    /// A code for somebody who signs in anew.
    pub async fn code(&self, username: &str, changed: &[(&str, &str)]) -> String {
        let browser = Browser::new(self.workspace.server);
        self.send(&browser, username, changed).await.parameter("code").unwrap()
    }

    /// Redeems a code as a `client_secret_basic` client, with these parameters changed.
    pub async fn redeem(&self, code: &str, changed: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in changed {
            form.retain(|(own, _)| own != name);
            if *value != "-" {
                form.push((name, value));
            }
        }
        let request = self.workspace.token_request().basic_auth(&self.id, self.secret.as_deref());
        Answer::to(request.form(&form)).await
    }

    /// Refreshes as a `client_secret_basic` client.
    pub async fn refresh(&self, token: &str, more: &[(&str, &str)]) -> Answer {
        let form: Vec<_> = [("grant_type", "refresh_token"), ("refresh_token", token)]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        let request = self.workspace.token_request().basic_auth(&self.id, self.secret.as_deref());
        Answer::to(request.form(&form)).await
    }

    /// Asks the userinfo endpoint.
    pub async fn userinfo(&self, token: &str) -> Answer {
        Answer::to(self.workspace.server.http.get(self.workspace.url("/userinfo")).bearer_auth(token)).await
    }
}
