//! Refreshing: each connection has a family of its own, and uses the token that the last answer brought.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_e2e::text_browser::TextBrowser;
use cardea_e2e::{Admin, Cardea, Workspace};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use crate::Outcome;
use crate::connection::Connection;
use crate::load::{self, Measured};

const CALLBACK: &str = "https://client.example/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The `code_challenge` of it (RFC 7636 App. B).
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// Somebody who has an account, with the password that all have here.
pub(crate) const USERNAME: &str = "ada";

/// A client that people have given refresh tokens to.
pub(crate) struct Refreshing {
    client_id: String,
    client_secret: String,
    issuer: String,
    path: String,
    tokens: Vec<String>,
}

impl Refreshing {
    /// Signs somebody in as often as there are connections.
    pub(crate) async fn prepare(
        cardea: &Cardea,
        admin: &Admin,
        workspace: &Workspace,
        connections: usize,
    ) -> Outcome<Self> {
        workspace.person(admin, USERNAME).await;
        let metadata = json!({
            "token_endpoint_auth_method": "client_secret_post", "redirect_uris": [CALLBACK], "scope": "orders.read",
            "grant_types": ["authorization_code", "refresh_token"],
        });
        let registered = workspace.register(admin, metadata).await;
        let client_secret = registered.client_secret.ok_or("no secret")?;
        let path = workspace.at("", "/oauth2/token");
        let client_id = registered.client.client_id.as_str().to_owned();
        let mut refreshing =
            Self { client_id, client_secret, issuer: workspace.issuer.clone(), path, tokens: Vec::new() };
        let browser = TextBrowser::default();
        let mut connection = Connection::open(cardea.address(), None).await?;
        for _ in 0..connections {
            let code = refreshing.code(&browser).await?;
            let grant = [
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", CALLBACK),
                ("code_verifier", VERIFIER),
            ];
            let answer = connection.exchange(&refreshing.request(&grant)).await?;
            refreshing.tokens.push(refresh_token(answer.body)?);
        }
        Ok(refreshing)
    }

    /// Where a browser begins that is to bring a code.
    pub(crate) fn authorization(&self) -> Outcome<String> {
        let params = [
            ("client_id", &*self.client_id),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("scope", "orders.read"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        Ok(Url::parse_with_params(&format!("{}/oauth2/authorize", self.issuer), params)?.into())
    }

    async fn code(&self, browser: &TextBrowser) -> Outcome<String> {
        let end = browser.through(&self.authorization()?, USERNAME).await.map_err(|page| page.text())?;
        let code = end.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
        Ok(code.ok_or("no code")?)
    }

    fn request(&self, grant: &[(&str, &str)]) -> Vec<u8> {
        let client = [("client_id", &*self.client_id), ("client_secret", &*self.client_secret)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(grant).extend_pairs(client).finish();
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n",
            self.path
        );
        format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    /// Refreshes on all connections for `duration`.
    pub(crate) async fn run(self, server: SocketAddr, duration: Duration) -> Outcome<Measured> {
        let this = std::rc::Rc::new(self);
        load::at_once(this.tokens.clone(), duration, |token, until| this.clone().chain(server, token, until)).await
    }

    async fn chain(
        self: std::rc::Rc<Self>,
        server: SocketAddr,
        mut token: String,
        until: Instant,
    ) -> Outcome<Vec<u32>> {
        let mut connection = Connection::open(server, None).await?;
        let mut times = Vec::new();
        let mut now = Instant::now();
        while now < until {
            let request = self.request(&[("grant_type", "refresh_token"), ("refresh_token", &token)]);
            let answer = connection.exchange(&request).await?;
            if answer.status != 200 {
                return Err(format!("answered {}: {}", answer.status, String::from_utf8_lossy(answer.body)).into());
            }
            let next = refresh_token(answer.body)?;
            if next == token {
                return Err("the token was not replaced".into());
            }
            token = next;
            let answered = Instant::now();
            times.push(u32::try_from((answered - now).as_micros())?);
            now = answered;
        }
        Ok(times)
    }
}

fn refresh_token(body: &[u8]) -> Outcome<String> {
    let answer: Value = serde_json::from_slice(body)?;
    let token = answer.get("refresh_token").and_then(Value::as_str).ok_or_else(|| answer.to_string())?;
    // It is base64url, so that it needs no escaping.
    URL_SAFE_NO_PAD.decode(token)?;
    Ok(token.to_owned())
}
