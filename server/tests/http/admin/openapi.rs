//! The OpenAPI document and the routes are the same thing.

use serde_json::Value;

use super::operator;
use crate::harness::{Answer, TestServer};

async fn document(server: &TestServer) -> Value {
    Answer::to(server.http.get(format!("{}/api/v1/openapi.json", server.url))).await.expect(200).json
}

fn concrete(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/")
}

#[actix_web::test]
async fn every_documented_operation_answers_and_wants_a_bearer() {
    let server = TestServer::start().await;
    let document = document(&server).await;
    assert_eq!(document["servers"][0]["url"], format!("{}/api/v1", server.url));
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|_| path != "/openapi.json") {
            let method = reqwest::Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let request = server.http.request(method, format!("{}/api/v1{}", server.url, concrete(path)));
            Answer::to(request).await.problem(401, "unauthenticated");
        }
    }
}

#[actix_web::test]
async fn another_method_is_not_allowed_and_another_path_not_found() {
    let server = TestServer::start().await;
    let document = document(&server).await;
    for (path, item) in document["paths"].as_object().unwrap() {
        let refused = operator(&server, "PUT", &concrete(path), None).await.problem(405, "method_not_allowed");
        let mut allowed: Vec<_> = refused.header("allow").split(", ").map(str::to_lowercase).collect();
        allowed.sort();
        let mut documented: Vec<_> = item.as_object().unwrap().keys().cloned().collect();
        if item.get("get").is_some() {
            documented.push("head".to_owned());
        }
        documented.sort();
        assert_eq!(allowed, documented, "{path}");
    }
    for path in ["", "/", "/nothing", "/tenants/", "/tenants/default/nothing", "/tenants//workspaces", "/users"] {
        operator(&server, "GET", path, None).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn names_that_cannot_be_are_not_found() {
    let server = TestServer::start().await;
    let workspace = "/tenants/default/workspaces/default";
    for path in [
        "/tenants/%00",
        "/tenants/DEFAULT",
        "/tenants/default/workspaces/%2e%2e",
        "/tenants/default/workspaces/default/clients/%00",
        "/tenants/default/workspaces/default/clients/usr_1",
        "/tenants/default/workspaces/default/services/%00",
        "/tenants/default/workspaces/default/scopes/%ff",
        "/tenants/default/administrators/%00",
        "/tenants/default/pools/%00",
        "/tenants/default/pools/%00/users",
        "/tenants/default/pools/DEFAULT/users",
        "/tenants/default/pools/default/users/%00",
        "/tenants/default/pools/default/users/%00/sessions",
    ] {
        operator(&server, "GET", path, None).await.problem(404, "not_found");
    }
    operator(&server, "POST", &format!("{workspace}/keys/%00/revoke"), None).await.problem(404, "not_found");
    operator(&server, "DELETE", &format!("{workspace}/clients/x/secrets/%00"), None).await.problem(404, "not_found");
    operator(&server, "GET", workspace, None).await.expect(200);
}
