//! A client of a workspace: what it proves itself with, and the requests it makes.

mod people;

use cardea_api::client::ClientWithSecret;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::admin::Admin;
use crate::assertion::AssertionKey;
use crate::http::{Answer, Http};
use crate::workspace::Workspace;

pub use people::{CALLBACK, Tokens, VERIFIER, parameter};

/// `client_assertion_type` of a JWT (RFC 7523 §2.2).
pub const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How a request says who makes it.
#[derive(Clone)]
pub enum Proof {
    /// `client_id` alone.
    None,
    /// `Authorization: Basic`.
    Basic(String),
    /// `client_secret` in the body.
    Post(String),
    /// A new assertion for each request, for the workspace's issuer.
    Assertion(AssertionKey),
}

/// A client that asks one workspace, at one node.
#[derive(Clone)]
pub struct Client {
    /// Its id.
    pub client_id: String,
    /// Its proof.
    pub proof: Proof,
    workspace: Workspace,
    http: Http,
    node: String,
}

impl Client {
    /// A client that is registered elsewhere, or nowhere.
    #[must_use]
    pub fn new(admin: &Admin, workspace: &Workspace, client_id: &str, proof: Proof) -> Self {
        Self {
            client_id: client_id.to_owned(),
            proof,
            workspace: workspace.clone(),
            http: admin.http().clone(),
            node: admin.node().to_owned(),
        }
    }

    /// Registers a client that has a secret: `client_secret_basic`, `client_secret_post`, or `client_secret_jwt` with HS256.
    pub async fn with_secret(admin: &Admin, workspace: &Workspace, method: &str) -> Self {
        let metadata = json!({"token_endpoint_auth_method": method, "client_name": method});
        Self::of_secret(admin, workspace, metadata).await
    }

    /// Registers a client of `metadata`, whose method has a secret.
    pub async fn of_secret(admin: &Admin, workspace: &Workspace, metadata: Value) -> Self {
        let registered: ClientWithSecret = workspace.register(admin, metadata).await;
        let secret = registered.client_secret.unwrap();
        let metadata = registered.client.metadata;
        let proof = match metadata.token_endpoint_auth_method.as_str() {
            "client_secret_basic" => Proof::Basic(secret),
            "client_secret_post" => Proof::Post(secret),
            "client_secret_jwt" => {
                let alg = metadata.token_endpoint_auth_signing_alg.map_or("HS256", |alg| alg.as_str());
                Proof::Assertion(AssertionKey::of_secret(alg, &secret))
            }
            other => panic!("{other} has no secret"),
        };
        Self::new(admin, workspace, registered.client.client_id.as_str(), proof)
    }

    /// Registers a `private_key_jwt` client with a new key for `alg`, by its name in the header.
    pub async fn with_key(admin: &Admin, workspace: &Workspace, alg: &str) -> Self {
        let key = AssertionKey::generate(alg);
        let metadata = json!({
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": alg,
            "client_name": format!("private_key_jwt with {alg}"),
            "jwks": key.jwks(),
        });
        let registered = workspace.register(admin, metadata).await;
        Self::new(admin, workspace, registered.client.client_id.as_str(), Proof::Assertion(key))
    }

    /// The same client, asking another node.
    #[must_use]
    pub fn at(&self, node: &str) -> Self {
        Self { node: node.to_owned(), ..self.clone() }
    }

    /// The same client with another proof.
    #[must_use]
    pub fn proving(&self, proof: Proof) -> Self {
        Self { proof, ..self.clone() }
    }

    /// A fresh assertion, of a client that makes them.
    #[must_use]
    pub fn assertion(&self) -> String {
        let Proof::Assertion(key) = &self.proof else { panic!("{} makes no assertions", self.client_id) };
        key.assertion(&self.client_id, &self.workspace.issuer)
    }

    /// An access token, by `client_credentials`.
    #[track_caller]
    pub fn token(&self) -> impl Future<Output = String> + '_ {
        let caller = std::panic::Location::caller();
        async move {
            let answer = self.ask_token(&[]).await;
            assert_eq!(answer.status, 200, "{} (asked at {caller})", answer.text());
            answer.json().get("access_token").and_then(Value::as_str).unwrap().to_owned()
        }
    }

    /// The answer of the token endpoint to `client_credentials`, with more parameters.
    pub async fn ask_token(&self, more: &[(&str, &str)]) -> Answer {
        let form: Vec<_> = [("grant_type", "client_credentials")].iter().chain(more).copied().collect();
        self.post("/oauth2/token", &form).await
    }

    /// The answer of the token endpoint to an assertion made before.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn present(&self, assertion: &str) -> reqwest::Result<Answer> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", JWT_BEARER),
            ("client_assertion", assertion),
        ];
        Answer::to(self.form("/oauth2/token", &form)).await
    }

    /// What the workspace says of a token (RFC 7662).
    pub async fn introspect(&self, token: &str) -> Value {
        self.post("/oauth2/introspect", &[("token", token)]).await.expect(200)
    }

    /// Revokes a token (RFC 7009).
    pub async fn revoke(&self, token: &str) {
        let answer = self.post("/oauth2/revoke", &[("token", token)]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// A form with the client's proof, posted to an endpoint of the workspace.
    pub async fn post(&self, endpoint: &str, form: &[(&str, &str)]) -> Answer {
        let mut form = form.to_vec();
        let assertion;
        match &self.proof {
            Proof::None => form.push(("client_id", &self.client_id)),
            Proof::Basic(_) => {}
            Proof::Post(secret) => form.extend([("client_id", self.client_id.as_str()), ("client_secret", secret)]),
            Proof::Assertion(_) => {
                assertion = self.assertion();
                form.extend([("client_assertion_type", JWT_BEARER), ("client_assertion", &assertion)]);
            }
        }
        let mut request = self.form(endpoint, &form);
        if let Proof::Basic(secret) = &self.proof {
            request = request.basic_auth(form_encoded(&self.client_id), Some(form_encoded(secret)));
        }
        Answer::to(request).await.unwrap()
    }

    fn form(&self, endpoint: &str, form: &[(&str, &str)]) -> RequestBuilder {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.http.client().post(self.workspace.at(&self.node, endpoint));
        request.header("content-type", "application/x-www-form-urlencoded").body(body)
    }
}

/// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
fn form_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
