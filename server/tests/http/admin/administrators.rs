//! Appointing and dismissing: nobody gives or takes more than they hold.

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::TestServer;

const PATH: &str = "/tenants/default/administrators";

async fn candidate(server: &TestServer, tenant: &str) -> String {
    let path = format!("/tenants/{tenant}/workspaces/admin/clients");
    server.create(&path, &json!({})).await["client_id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_role_is_granted_shown_and_taken() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    let client_id = candidate(&server, "default").await;
    let body = json!({"client_id": client_id, "role": "workspace_auditor", "workspace_id": "default"});
    let made = admin.ask("POST", PATH, Some(body.clone())).await.expect(201);
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    admin.ask("POST", PATH, Some(body)).await.problem(409, "already_exists");
    let shown = admin.ask("GET", &path, None).await.expect(200).json;
    assert_eq!(shown, made.json);
    assert_eq!((&shown["client_id"], &shown["user_id"]), (&json!(client_id), &Value::Null));
    let listed = admin.ask("GET", PATH, None).await.expect(200).json;
    assert!(listed["items"].as_array().unwrap().contains(&shown));
    admin.ask("DELETE", &path, None).await.expect(204);
    admin.ask("DELETE", &path, None).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_dismissed_administrator_loses_access_at_once() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    admin.ask("GET", "/tenants/default", None).await.expect(200);
    let listed = server.read(&format!("{PATH}?q={}", admin.client_id)).await;
    let id = listed["items"][0]["id"].as_str().unwrap();
    operator(&server, "DELETE", &format!("{PATH}/{id}"), None).await.expect(204);
    admin.ask("GET", "/tenants/default", None).await.problem(403, "insufficient_permission");
}

#[actix_web::test]
async fn a_role_names_a_workspace_exactly_when_it_holds_in_one() {
    let server = TestServer::start().await;
    let client_id = candidate(&server, "default").await;
    let grant = |role: &str, workspace: Value| json!({"client_id": client_id, "role": role, "workspace_id": workspace});
    for (body, pointer, code) in [
        (grant("workspace_admin", Value::Null), "/workspace_id", "required"),
        (grant("tenant_admin", json!("default")), "/workspace_id", "not_allowed"),
        (grant("workspace_admin", json!("admin")), "/workspace_id", "not_allowed"),
        (grant("workspace_admin", json!("absent")), "/workspace_id", "not_found"),
        (grant("platform_admin", Value::Null), "/role", "not_allowed"),
        (grant("root", Value::Null), "/role", "invalid_value"),
        (json!({"client_id": "absent", "role": "tenant_admin"}), "/client_id", "not_found"),
        (json!({"client_id": client_id}), "/role", "required"),
    ] {
        operator(&server, "POST", PATH, Some(body.clone())).await.complains(pointer, code);
    }
    server.create(PATH, &grant("workspace_admin", json!("default"))).await;
}

#[actix_web::test]
async fn nobody_in_the_platforms_tenant_but_its_administrators_writes_there() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "system", Some(("tenant_admin", None))).await;
    let client_id = candidate(&server, "system").await;
    for role in ["platform_admin", "tenant_admin"] {
        let body = json!({"client_id": client_id, "role": role});
        admin.ask("POST", "/tenants/system/administrators", Some(body)).await.problem(403, "insufficient_permission");
    }
    let secrets = "/tenants/system/workspaces/admin/clients/operator/secrets";
    admin.ask("POST", secrets, Some(json!({"name": "mine"}))).await.problem(403, "insufficient_permission");
    admin.ask("GET", "/tenants/default", None).await.problem(404, "not_found");
    admin.ask("GET", secrets, None).await.expect(200);
    server.create("/tenants/system/administrators", &json!({"client_id": client_id, "role": "platform_admin"})).await;
}

#[actix_web::test]
async fn the_last_platform_administrator_stays() {
    let server = TestServer::start().await;
    let listed = server.read("/tenants/system/administrators").await;
    let path = format!("/tenants/system/administrators/{}", listed["items"][0]["id"].as_str().unwrap());
    let client = "/tenants/system/workspaces/admin/clients/operator";
    operator(&server, "DELETE", &path, None).await.problem(409, "protected");
    operator(&server, "DELETE", client, None).await.problem(409, "protected");
    Administrator::of(&server, "system", Some(("platform_admin", None))).await;
    operator(&server, "DELETE", &path, None).await.expect(204);
}

#[actix_web::test]
async fn a_client_made_anew_does_not_inherit_roles() {
    let server = TestServer::start().await;
    let clients = "/tenants/default/workspaces/admin/clients";
    let new = json!({"client_id": "robot", "client_secret": "robot-secret-of-some-length"});
    server.create(clients, &new).await;
    server.create(PATH, &json!({"client_id": "robot", "role": "tenant_admin"})).await;
    operator(&server, "DELETE", &format!("{clients}/robot"), None).await.expect(204);
    server.create(clients, &new).await;
    let listed = server.read(&format!("{PATH}?q=robot")).await;
    assert_eq!(listed["items"], json!([]));
}

#[actix_web::test]
async fn a_workspace_made_anew_is_not_open_to_the_old_ones_administrators() {
    let server = TestServer::start().await;
    server.create("/tenants/default/workspaces", &json!({"id": "shop"})).await;
    let admin = Administrator::of(&server, "default", Some(("workspace_admin", Some("shop")))).await;
    admin.ask("GET", "/tenants/default/workspaces/shop", None).await.expect(200);
    operator(&server, "DELETE", "/tenants/default/workspaces/shop", None).await.expect(204);
    server.create("/tenants/default/workspaces", &json!({"id": "shop"})).await;
    admin.ask("GET", "/tenants/default/workspaces/shop", None).await.problem(403, "insufficient_permission");
}
