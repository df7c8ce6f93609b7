//! What the certification plans of the OpenID Foundation look at, module by module: Basic OP, Form Post OP, Config OP, RP-Initiated OP
//! and Back-Channel OP. `docs/conformance.md` says which test here stands for which module of theirs.
//!
//! Their client sends no PKCE, so the workspace asks it of public clients alone.

mod answers;
mod backchannel_logout;
mod claims;
mod codes;
mod config;
mod demands;
mod form_post;
mod registered_client;
mod rp_initiated_logout;
mod wishes;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use crate::harness::browser::{Browser, Shown};
use crate::harness::people::{CALLBACK, PASSWORD};
use crate::harness::{Answer, ClientActor, TestServer, WorkspaceActor};

const BYE: &str = "https://client.example.com/post_logout_redirect";
/// As long as theirs, to see that nothing cuts it.
const STATE: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ~._-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The suite: a client, somebody of whom everything is known, and the browser in which she is.
struct Suite<'s> {
    client: ClientActor<'s>,
    workspace: WorkspaceActor<'s>,
    browser: Browser<'s>,
    ada: String,
}

impl<'s> Suite<'s> {
    async fn start(server: &'s TestServer) -> Self {
        Self::with(server, json!({})).await
    }

    /// With further metadata of the client.
    async fn with(server: &'s TestServer, more: Value) -> Self {
        let workspace = workspace(server).await;
        let mut metadata = json!({"post_logout_redirect_uris": [BYE]});
        metadata.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let client = workspace.relying_party(metadata).await;
        let ada = everything_of_ada(&workspace).await;
        Self { client, workspace, browser: Browser::new(server), ada }
    }

    /// The address of a request as they make it, with these parameters changed.
    fn asks(&self, changed: &[(&str, &str)]) -> String {
        asks(&self.client, changed)
    }

    /// Opens such a request, and sees what comes first.
    async fn opens(&self, changed: &[(&str, &str)]) -> Shown {
        self.browser.open(&self.asks(changed)).await
    }

    /// Goes through sign-in and consent, as far as she is asked, to where it leads.
    async fn goes_through(&self, changed: &[(&str, &str)]) -> Shown {
        self.client.through(&self.browser, "ada", &self.asks(changed)).await
    }

    /// The same, on to the tokens.
    async fn signs_in(&self, changed: &[(&str, &str)]) -> Answer {
        let end = self.goes_through(changed).await;
        redeem(&self.client, &end.parameter("code").unwrap()).await.expect(200)
    }

    /// The claims of the ID token that comes with `tokens`.
    async fn id_token(&self, tokens: &Answer) -> Value {
        verified(&self.client, &tokens.text("id_token")).await
    }
}

/// What they ask of whom: a workspace in which confidential clients need no PKCE.
async fn workspace(server: &TestServer) -> WorkspaceActor<'_> {
    server.workspace_in("default", &json!({"require_pkce": "public_clients"})).await
}

/// Somebody of whom each standard claim is known (OpenID Connect Core §5.1).
async fn everything_of_ada(workspace: &WorkspaceActor<'_>) -> String {
    let body = json!({
        "username": "ada", "password": PASSWORD, "email": "ada@example.com", "email_verified": true,
        "name": "Ada King", "given_name": "Ada", "family_name": "King", "locale": "en-GB",
        "claims": {
            "middle_name": "Augusta", "nickname": "Countess", "profile": "https://example.com/ada",
            "picture": "https://example.com/ada.png", "website": "https://ada.example.com/", "gender": "female",
            "birthdate": "1815-12-10", "zoneinfo": "Europe/London", "address": {"country": "GB", "locality": "London"},
            "phone_number": "+442079460000", "phone_number_verified": false,
        },
    });
    let path = format!("/tenants/{}/pools/default/users", workspace.tenant_id());
    workspace.server.create(&path, &body).await["id"].as_str().unwrap().to_owned()
}

fn asks(client: &ClientActor<'_>, changed: &[(&str, &str)]) -> String {
    let plain = [("code_challenge", ""), ("code_challenge_method", ""), ("state", STATE), ("nonce", "n-0S6_WzA2Mj")];
    let theirs: Vec<_> = plain.into_iter().filter(|(name, _)| changed.iter().all(|(own, _)| own != name)).collect();
    client.authorize(&[&theirs, changed].concat())
}

async fn redeem(client: &ClientActor<'_>, code: &str) -> Answer {
    client.redeem(code, &[("code_verifier", "-")]).await
}

/// The claims of an ID token once its signature has been verified with the key that its `kid` names (OpenID Connect Core §3.1.3.7).
async fn verified(client: &ClientActor<'_>, id_token: &str) -> Value {
    let workspace = client.workspace;
    let published = Answer::to(workspace.server.http.get(workspace.url("/.well-known/jwks.json"))).await.expect(200);
    let keys: JwkSet = serde_json::from_value(published.json).unwrap();
    let header = decode_header(id_token).unwrap();
    let key = keys.find(header.kid.as_deref().unwrap()).expect("the key is published");
    let mut validation = Validation::new(header.alg);
    validation.set_audience(&[&client.id]);
    validation.set_issuer(&[workspace.issuer()]);
    // The test's clock stands still.
    validation.validate_exp = false;
    decode::<Value>(id_token, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims
}

/// A part of a JWT as it is.
fn part(jwt: &str, index: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(index).unwrap()).unwrap()).unwrap()
}

/// What every error in an answer of the authorization endpoint has (OpenID Connect Core §3.1.2.6, RFC 9207): nothing but this.
#[track_caller]
fn refused(end: &Shown, issuer: &str, errors: &[&str]) {
    assert!(end.location().as_str().starts_with(CALLBACK), "{}", end.location());
    assert!(errors.contains(&end.parameter("error").unwrap().as_str()), "{}", end.location());
    assert_eq!((end.parameter("state").as_deref(), end.parameter("iss").as_deref()), (Some(STATE), Some(issuer)));
    let known = ["error", "error_description", "state", "iss"];
    assert!(end.location().query_pairs().all(|(name, _)| known.contains(&&*name)), "{}", end.location());
    let said = end.parameter("error_description").unwrap();
    let allowed = |c: char| matches!(c, ' '..='!' | '#'..='[' | ']'..='~');
    assert!(said.chars().all(allowed), "RFC 6749 §4.1.2.1: {said}");
}

/// The way back after signing out (OpenID Connect RP-Initiated Logout §3): the state, where there was one, and nothing else.
#[track_caller]
fn said_goodbye(gone: &Shown, state: Option<&str>) {
    let location = gone.location();
    let pairs: Vec<_> = location.query_pairs().collect();
    assert!(location.as_str().starts_with(BYE), "{location}");
    assert_eq!(pairs, state.map(|state| ("state".into(), state.into())).into_iter().collect::<Vec<_>>());
}
