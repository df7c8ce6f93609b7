//! The management API (product.md §5), as those who administer meet it.

mod access;
mod administrators;
mod audit;
mod bodies;
mod certificates;
mod clients;
mod consents;
mod etags;
mod expiring;
mod initial_access_tokens;
mod jwks;
mod keys;
mod lists;
mod methods;
mod openapi;
mod pools;
mod secrets;
mod services;
mod statistics;
mod tenants;
mod trusted_cas;
mod users;
mod workspaces;

use serde_json::{Value, json};

use crate::harness::{Answer, TestServer};

/// Somebody with a token for the management API.
struct Administrator<'s> {
    server: &'s TestServer,
    client_id: String,
    token: String,
}

impl<'s> Administrator<'s> {
    /// A client of the tenant's `admin` workspace, with this role (and where it holds), or none.
    async fn of(server: &'s TestServer, tenant: &str, role: Option<(&str, Option<&str>)>) -> Self {
        let made = server.create(&format!("/tenants/{tenant}/workspaces/admin/clients"), &json!({})).await;
        let (client_id, secret) =
            (made["client_id"].as_str().unwrap().to_owned(), made["client_secret"].as_str().unwrap());
        if let Some((role, workspace_id)) = role {
            let body = json!({"client_id": client_id, "role": role, "workspace_id": workspace_id});
            server.create(&format!("/tenants/{tenant}/administrators"), &body).await;
        }
        let token = token_of(server, tenant, "admin", &client_id, secret).await;
        Self { server, client_id, token }
    }

    /// A request to the management API as this administrator.
    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request =
            self.server.http.request(method, format!("{}/api/v1{path}", self.server.url)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::to(request).await
    }
}

/// An access token by `client_secret_basic`.
async fn token_of(server: &TestServer, tenant: &str, workspace: &str, client_id: &str, secret: &str) -> String {
    let request = server.http.post(format!("{}/{tenant}/{workspace}/oauth2/token", server.url));
    let request = request.basic_auth(client_id, Some(secret)).form(&[("grant_type", "client_credentials")]);
    Answer::to(request).await.expect(200).text("access_token")
}

/// A request as the operator, whatever becomes of it.
async fn operator(server: &TestServer, method: &str, path: &str, body: Option<Value>) -> Answer {
    let mut request = server.api(method, path);
    if let Some(body) = body {
        request = request.json(&body);
    }
    Answer::to(request).await
}

impl Answer {
    /// This answer, which is a problem (RFC 9457) with that status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        let problem = self.expect(status);
        assert_eq!(problem.header("content-type"), "application/problem+json", "{}", problem.body);
        assert_eq!(
            (&problem.json["status"], &problem.json["code"]),
            (&json!(status), &json!(code)),
            "{}",
            problem.body
        );
        problem
    }

    /// This answer, a problem whose `errors` name this pointer and code.
    #[track_caller]
    pub fn complains(self, pointer: &str, code: &str) -> Self {
        assert_eq!(self.status, 400, "{}", self.body);
        let found = self.json["errors"]
            .as_array()
            .is_some_and(|errors| errors.iter().any(|error| error["pointer"] == pointer && error["code"] == code));
        assert!(found, "no {code} at {pointer}: {}", self.body);
        self
    }
}
