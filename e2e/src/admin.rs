//! The management API (`/api/v1`), called with a token of the bootstrap client.

use cardea_api::audit_event::AuditEventView;
use cardea_api::page::Page;
use cardea_api::path::BASE;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::http::{Answer, Http};
use crate::process::BOOTSTRAP;

/// An administrator of the whole platform, at one node.
#[derive(Clone)]
pub struct Admin {
    http: Http,
    node: String,
    token: String,
}

impl Admin {
    /// Gets a token from `system/admin` by `client_credentials` and `client_secret_basic`; `node` is the URL of a node.
    pub async fn sign_in(http: Http, node: &str) -> Self {
        let request = http
            .client()
            .post(format!("{node}/system/admin/oauth2/token"))
            .basic_auth(BOOTSTRAP.0, Some(BOOTSTRAP.1))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials");
        let answer: Value = Answer::to(request).await.unwrap().expect(200);
        let token = answer.get("access_token").and_then(Value::as_str).unwrap().to_owned();
        Self { http, node: node.to_owned(), token }
    }

    /// The bearer token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The same administrator at another node.
    #[must_use]
    pub fn at(&self, node: &str) -> Self {
        Self { node: node.to_owned(), ..self.clone() }
    }

    /// For requests of other kinds.
    #[must_use]
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// The URL of the node.
    #[must_use]
    pub fn node(&self) -> &str {
        &self.node
    }

    /// A request to `path` (from [`cardea_api::path`], or relative to its base).
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let base = if path.starts_with(BASE) { "" } else { BASE };
        self.http.client().request(method, format!("{}{base}{path}", self.node)).bearer_auth(&self.token)
    }

    /// A request with a JSON body.
    pub fn request_json(&self, method: Method, path: &str, body: &impl Serialize) -> RequestBuilder {
        let body = serde_json::to_vec(body).unwrap();
        self.request(method, path).header("content-type", "application/json").body(body)
    }

    /// `GET`, of what is there.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        Answer::to(self.request(Method::GET, path)).await.unwrap().expect(200)
    }

    /// `POST` that creates.
    pub async fn create<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> T {
        Answer::to(self.request_json(Method::POST, path, body)).await.unwrap().expect(201)
    }

    /// `POST` that does something; the answer may be of any kind.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        Answer::to(self.request_json(Method::POST, path, body)).await.unwrap()
    }

    /// `PATCH` that succeeds.
    pub async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> T {
        Answer::to(self.request_json(Method::PATCH, path, body)).await.unwrap().expect(200)
    }

    /// `DELETE` that succeeds.
    pub async fn delete(&self, path: &str) {
        let answer = Answer::to(self.request(Method::DELETE, path)).await.unwrap();
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    /// Every item of a list, page by page. `query` begins with `?` or is empty.
    pub async fn all<T: DeserializeOwned>(&self, path: &str, query: &str) -> Vec<T> {
        let mut items = Vec::new();
        let mut cursor = None::<String>;
        loop {
            let joint = if query.is_empty() { "?" } else { "&" };
            let after =
                cursor.map(|cursor| format!("&cursor={}", cardea_api::path::segment(&cursor))).unwrap_or_default();
            let page: Page<T> = self.get(&format!("{path}{query}{joint}limit=200{after}")).await;
            items.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                return items;
            }
        }
    }

    /// The audit events of a workspace that fit `query` (`?type=…&outcome=…`).
    pub async fn audit_events(&self, workspace: &crate::Workspace, query: &str) -> Vec<AuditEventView> {
        self.all(&workspace.path("audit-events"), query).await
    }
}
