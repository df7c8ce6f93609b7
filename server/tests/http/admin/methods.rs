//! Which methods are in use, and what becomes of their clients when one is disabled.

use serde_json::{Value, json};

use super::Administrator;
use crate::harness::{ClientActor, TestServer, WorkspaceActor};

async fn usage(workspace: &WorkspaceActor<'_>, method: &str) -> Value {
    let path = format!("{}/token-endpoint-auth-methods", workspace.path());
    let listed = workspace.server.read(&path).await;
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 7);
    items.iter().find(|item| item["token_endpoint_auth_method"] == method).unwrap().clone()
}

async fn impact(workspace: &WorkspaceActor<'_>, keep: &[&str]) -> Value {
    let path = format!("{}/token-endpoint-auth-methods/impact", workspace.path());
    let request = workspace.server.api("POST", &path).json(&json!({"token_endpoint_auth_methods": keep}));
    crate::harness::Answer::to(request).await.expect(200).json
}

fn movable<'i>(impact: &'i Value, client: &ClientActor<'_>) -> &'i Value {
    let clients = impact["clients"].as_array().unwrap();
    &clients.iter().find(|one| one["client_id"] == client.id.as_str()).unwrap()["movable_to"]
}

#[actix_web::test]
async fn each_method_says_whether_it_is_enabled_and_who_uses_it() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let basic = workspace.client_of("client_secret_basic").await;
    workspace.client(json!({"status": "inactive"})).await;
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_basic", "private_key_jwt"]})).await;
    let before = usage(&workspace, "client_secret_basic").await;
    assert_eq!((&before["enabled"], &before["clients"]), (&json!(true), &json!(1)));
    assert_eq!(before["last_authenticated_at"], Value::Null);
    basic.token().await;
    server.app.audit.flush().await;
    assert_eq!(usage(&workspace, "client_secret_basic").await["last_authenticated_at"], "2026-01-01T00:00:00.000Z");
    let none = usage(&workspace, "none").await;
    assert_eq!((&none["enabled"], &none["clients"]), (&json!(false), &json!(0)));
}

#[actix_web::test]
async fn who_may_see_clients_may_see_the_methods_and_nobody_of_another_tenant() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    let path = "/tenants/default/workspaces/default/token-endpoint-auth-methods";
    for (tenant, role, status) in [
        ("acme", ("tenant_admin", None), 404),
        ("default", ("workspace_manager", Some("default")), 200),
        ("default", ("tenant_auditor", None), 200),
    ] {
        Administrator::of(&server, tenant, Some(role)).await.ask("GET", path, None).await.expect(status);
    }
    Administrator::of(&server, "default", None).await.ask("GET", path, None).await.expect(404);
}

#[actix_web::test]
async fn an_impacted_client_says_whom_to_write_to_and_where_it_could_move() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let basic = workspace.client(json!({"contacts": ["ops@shop.example"]})).await;
    let key = workspace.client_of("private_key_jwt").await;
    let certificate = workspace.client_of("self_signed_tls_client_auth").await;
    let public = workspace.client_of("none").await;
    let told = impact(&workspace, &["client_secret_post", "tls_client_auth"]).await;
    assert_eq!(told["total"], 4);
    assert_eq!(movable(&told, &basic), &json!(["client_secret_post"]));
    let of_basic = told["clients"].as_array().unwrap().iter().find(|one| one["client_id"] == basic.id.as_str());
    assert_eq!(of_basic.unwrap()["contacts"], json!(["ops@shop.example"]));
    for stuck in [&key, &certificate, &public] {
        assert_eq!(movable(&told, stuck), &json!([]));
    }
    let told = impact(&workspace, &["private_key_jwt"]).await;
    assert_eq!(movable(&told, &certificate), &json!(["private_key_jwt"]));
    // What it says is true.
    server.change(&certificate.path(), &json!({"token_endpoint_auth_method": "private_key_jwt"})).await;
    server.change(&basic.path(), &json!({"token_endpoint_auth_method": "client_secret_post"})).await;
    basic.token_by("client_secret_post", &[]).await.expect(200);
}
