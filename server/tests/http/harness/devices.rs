//! Devices without a browser, and the people who let them in.

use super::browser::{Browser, Shown};
use super::people::PASSWORD;
use super::{Answer, ClientActor};

pub const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// What a device was given.
pub struct Codes {
    pub device_code: String,
    pub user_code: String,
    /// `verification_uri_complete`.
    pub link: String,
}

impl ClientActor<'_> {
    /// Asks for codes as a `client_secret_basic` client, or as a public one that has no secret.
    pub async fn ask_for_codes(&self, params: &[(&str, &str)]) -> Answer {
        let request = self.workspace.server.http.post(self.workspace.url("/oauth2/device/authorize"));
        self.as_device(request, params).await
    }

    /// The same, and gets them.
    pub async fn codes(&self, scope: &str) -> Codes {
        let answer = self.ask_for_codes(&[("scope", scope)]).await.expect(200);
        let text = |member| answer.text(member);
        Codes {
            device_code: text("device_code"),
            user_code: text("user_code"),
            link: text("verification_uri_complete"),
        }
    }

    /// Asks whether somebody has decided.
    pub async fn poll(&self, device_code: &str) -> Answer {
        let params = [("grant_type", DEVICE_GRANT), ("device_code", device_code)];
        self.as_device(self.workspace.token_request(), &params).await
    }

    async fn as_device(&self, request: reqwest::RequestBuilder, params: &[(&str, &str)]) -> Answer {
        let mut form = params.to_vec();
        let request = match &self.secret {
            Some(secret) => request.basic_auth(&self.id, Some(secret)),
            None => {
                form.push(("client_id", &self.id));
                request
            }
        };
        Answer::to(request.form(&form)).await
    }

    /// Enters a code in a browser, by the form of the page.
    pub async fn enter(&self, browser: &Browser<'_>, user_code: &str) -> Shown {
        let form = browser.open(&self.workspace.url("/device")).await.form();
        browser.send(&form, &[("user_code", user_code), ("action", "continue")]).await
    }

    /// Enters a code and signs in, where nobody is: the page that asks whether the device may.
    pub async fn confirmation(&self, browser: &Browser<'_>, username: &str, user_code: &str) -> Shown {
        let entered = self.enter(browser, user_code).await;
        let shown = browser.open(entered.location().as_str()).await;
        if !shown.form().action.ends_with("/login") {
            return shown;
        }
        let fields = [("username", username), ("password", PASSWORD), ("action", "sign-in")];
        let signed_in = browser.send(&shown.form(), &fields).await;
        browser.open(signed_in.location().as_str()).await
    }

    /// Decides (`confirm` or `deny`), and answers the last page.
    pub async fn decide(&self, browser: &Browser<'_>, username: &str, user_code: &str, action: &str) -> Shown {
        let form = self.confirmation(browser, username, user_code).await.form();
        let decided = browser.send(&form, &[("action", action)]).await;
        browser.open(decided.location().as_str()).await
    }

    /// Lets a device in, in a new browser.
    pub async fn let_in(&self, username: &str, codes: &Codes) {
        let browser = Browser::new(self.workspace.server);
        assert!(self.decide(&browser, username, &codes.user_code, "confirm").await.says("Device connected"));
    }
}
