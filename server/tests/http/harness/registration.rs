//! Clients that register themselves.

use serde_json::{Value, json};

use super::{Answer, ClientActor, TestServer, WorkspaceActor};

impl TestServer {
    /// A workspace in which clients register themselves.
    pub async fn registering(&self) -> WorkspaceActor<'_> {
        self.workspace_in("default", &json!({"registration": "initial_access_token"})).await
    }
}

impl WorkspaceActor<'_> {
    /// The value of a new initial access token.
    pub async fn initial_access_token(&self, more: Value) -> String {
        let mut body = json!({"name": "For a partner"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let made = self.server.create(&format!("{}/initial-access-tokens", self.path()), &body).await;
        made["initial_access_token"].as_str().unwrap().to_owned()
    }

    /// Registers with this token.
    pub async fn register(&self, token: &str, metadata: &Value) -> Answer {
        let request = self.server.http.post(self.url("/oauth2/register")).bearer_auth(token);
        Answer::to(request.json(metadata)).await
    }
}

impl<'s> WorkspaceActor<'s> {
    /// A client that has registered itself.
    pub async fn registered(&self, metadata: &Value) -> Registered<'s> {
        let token = self.initial_access_token(json!({})).await;
        Registered::of(*self, &self.register(&token, metadata).await.expect(201))
    }
}

/// A client that has registered itself, and what it was told.
pub struct Registered<'s> {
    pub client: ClientActor<'s>,
    pub uri: String,
    pub token: String,
    pub told: Value,
}

impl<'s> Registered<'s> {
    pub fn of(workspace: WorkspaceActor<'s>, answer: &Answer) -> Self {
        let client = ClientActor {
            workspace,
            id: answer.text("client_id"),
            secret: answer.json["client_secret"].as_str().map(str::to_owned),
            key: None,
            certificate: None,
        };
        let (uri, token) = (answer.text("registration_client_uri"), answer.text("registration_access_token"));
        Self { client, uri, token, told: answer.json.clone() }
    }

    /// Asks the configuration endpoint with this token.
    pub async fn ask(&self, method: &str, token: &str, body: Option<&Value>) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.workspace.server.http.request(method, &self.uri).bearer_auth(token);
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::to(request).await
    }

    pub async fn read(&self) -> Answer {
        self.ask("GET", &self.token, None).await
    }

    /// Registers anew with this metadata, and its `client_id` beside it.
    pub async fn put(&self, metadata: &Value) -> Answer {
        let mut body = json!({"client_id": self.client.id});
        body.as_object_mut().unwrap().extend(metadata.as_object().unwrap().clone());
        self.ask("PUT", &self.token, Some(&body)).await
    }
}

impl Answer {
    /// This answer, which lets no token in (RFC 6750 §3.1).
    #[track_caller]
    pub fn unauthorized(self) -> Self {
        let refused = self.expect(401);
        assert_eq!(refused.header("www-authenticate"), "Bearer error=\"invalid_token\"");
        assert_eq!(refused.body, r#"{"error":"invalid_token"}"#);
        refused
    }
}
