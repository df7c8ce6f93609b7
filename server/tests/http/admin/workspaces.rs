//! Workspaces: profiles, policy, and the question before a method is disabled.

use serde_json::{Value, json};

use super::operator;
use crate::harness::TestServer;

const PATH: &str = "/tenants/default/workspaces";

#[actix_web::test]
async fn a_workspace_begins_with_the_defaults_of_its_profile() {
    let server = TestServer::start().await;
    let made = operator(&server, "POST", PATH, Some(json!({"id": "shop"}))).await.expect(201);
    assert_eq!(made.header("location"), "/api/v1/tenants/default/workspaces/shop");
    assert_eq!(made.text("issuer"), format!("{}/default/shop", server.url));
    assert_eq!(made.json["token_endpoint_auth_methods"].as_array().unwrap().len(), 7);
    assert_eq!(
        (&made.json["access_token_signing_alg"], &made.json["access_token_ttl"]),
        (&json!("ES256"), &json!(3600))
    );
    let fapi = server.create(PATH, &json!({"profile": "fapi_2", "access_token_ttl": 300})).await;
    let methods = json!(["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"]);
    assert_eq!((&fapi["token_endpoint_auth_methods"], &fapi["access_token_ttl"]), (&methods, &json!(300)));
    assert_eq!(fapi["require_pushed_authorization_requests"], true);
}

#[actix_web::test]
async fn the_rules_of_the_policy_are_checked_on_creation_and_on_change() {
    let server = TestServer::start().await;
    server.create(PATH, &json!({"id": "shop"})).await;
    for (body, pointer) in [
        (json!({"token_endpoint_auth_methods": []}), "/token_endpoint_auth_methods"),
        (json!({"token_endpoint_auth_methods": ["basic"]}), "/token_endpoint_auth_methods/0"),
        (json!({"token_endpoint_auth_methods": ["none", "none"]}), "/token_endpoint_auth_methods"),
        (json!({"access_token_ttl": 1}), "/access_token_ttl"),
        (json!({"access_token_ttl": 1.5}), "/access_token_ttl"),
        (json!({"access_token_signing_alg": "HS256"}), "/access_token_signing_alg"),
        (json!({"user_pool_id": "people"}), "/user_pool_id"),
        (json!({"name": ""}), "/name"),
        (
            json!({"profile": "fapi_2", "token_endpoint_auth_methods": ["client_secret_basic"]}),
            "/token_endpoint_auth_methods",
        ),
    ] {
        for (method, path) in [("POST", PATH.to_owned()), ("PATCH", format!("{PATH}/shop"))] {
            let refused = operator(&server, method, &path, Some(body.clone())).await.problem(400, "invalid_request");
            let pointers: Vec<_> =
                refused.json["errors"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
            assert!(
                pointers.iter().any(|one| one.as_str().unwrap().starts_with(pointer)),
                "{method} {body}: {pointers:?}"
            );
        }
    }
    server.change(&format!("{PATH}/shop"), &json!({"access_token_ttl": 60})).await;
}

#[actix_web::test]
async fn an_id_is_unique_in_its_tenant() {
    let server = TestServer::start().await;
    server.create(PATH, &json!({"id": "shop"})).await;
    operator(&server, "POST", PATH, Some(json!({"id": "shop"}))).await.problem(409, "already_exists");
    server.create("/tenants", &json!({"id": "acme"})).await;
    server.create("/tenants/acme/workspaces", &json!({"id": "shop"})).await;
    operator(&server, "POST", "/tenants/absent/workspaces", Some(json!({}))).await.problem(404, "not_found");
}

#[actix_web::test]
async fn the_impact_names_the_active_clients_that_would_stop_working() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let basic = workspace.client(json!({"client_name": "Used"})).await;
    workspace.client(json!({"client_name": "Unused"})).await;
    workspace.client(json!({"client_name": "Off", "status": "inactive"})).await;
    workspace.client(json!({"token_endpoint_auth_method": "client_secret_post"})).await;
    basic.token().await;
    server.app.audit.flush().await;
    let path = format!("{}/token-endpoint-auth-methods/impact", workspace.path());
    let ask = async |methods: Value| {
        operator(&server, "POST", &path, Some(json!({"token_endpoint_auth_methods": methods}))).await.expect(200).json
    };
    let impact = ask(json!(["client_secret_post"])).await;
    let names: Vec<_> = impact["clients"].as_array().unwrap().iter().map(|one| one["client_name"].clone()).collect();
    assert_eq!((names, &impact["total"]), (vec![json!("Used"), json!("Unused")], &json!(2)));
    assert!(
        impact["clients"][0]["last_authenticated_at"].is_string()
            && impact["clients"][1]["last_authenticated_at"].is_null()
    );
    assert_eq!(ask(json!(["client_secret_basic", "client_secret_post"])).await, json!({"clients": [], "total": 0}));
    operator(&server, "POST", &path, Some(json!({"token_endpoint_auth_methods": ["basic"]})))
        .await
        .problem(400, "invalid_request");
    operator(&server, "POST", &path, Some(json!({}))).await.complains("/token_endpoint_auth_methods", "required");
}

#[actix_web::test]
async fn a_client_that_already_was_refused_is_no_impact() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.client(json!({})).await;
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_post"]})).await;
    let path = format!("{}/token-endpoint-auth-methods/impact", workspace.path());
    let body = json!({"token_endpoint_auth_methods": ["client_secret_post"]});
    assert_eq!(operator(&server, "POST", &path, Some(body)).await.expect(200).json["total"], 0);
}
