//! Tenants from beginning to end.

use serde_json::json;

use super::{Administrator, operator};
use crate::harness::TestServer;

#[actix_web::test]
async fn a_tenant_comes_with_its_admin_workspace() {
    let server = TestServer::start().await;
    let made = operator(&server, "POST", "/tenants", Some(json!({"id": "acme", "name": "Acme"}))).await.expect(201);
    assert_eq!(made.header("location"), "/api/v1/tenants/acme");
    assert_eq!(
        (made.text("id"), made.text("name"), made.text("status")),
        ("acme".into(), "Acme".into(), "active".into())
    );
    assert_eq!(server.read("/tenants/acme").await, made.json);
    let workspaces = server.read("/tenants/acme/workspaces").await;
    assert_eq!(workspaces["items"].as_array().unwrap().len(), 1);
    assert_eq!(workspaces["items"][0]["id"], "admin");
    Administrator::of(&server, "acme", Some(("tenant_admin", None)))
        .await
        .ask("GET", "/tenants/acme", None)
        .await
        .expect(200);
}

#[actix_web::test]
async fn an_id_is_a_slug_none_of_our_words_and_taken_once() {
    let server = TestServer::start().await;
    for id in ["", "A", "a_b", "-a", "a/b", "..", "api", "console", "docs", "oauth2", &"a".repeat(64)] {
        operator(&server, "POST", "/tenants", Some(json!({"id": id}))).await.complains("/id", "invalid_value");
    }
    server.create("/tenants", &json!({"id": "acme"})).await;
    operator(&server, "POST", "/tenants", Some(json!({"id": "acme"}))).await.problem(409, "already_exists");
    let generated = server.create("/tenants", &json!({})).await;
    assert_eq!(generated["name"], generated["id"]);
}

#[actix_web::test]
async fn the_platforms_tenant_and_admin_workspaces_stay() {
    let server = TestServer::start().await;
    operator(&server, "DELETE", "/tenants/system", None).await.problem(409, "protected");
    for path in ["/tenants/system", "/tenants/system/workspaces/admin", "/tenants/default/workspaces/admin"] {
        let off = Some(json!({"status": "inactive"}));
        operator(&server, "PATCH", path, off).await.complains("/status", "protected");
    }
    for tenant in ["system", "default"] {
        let path = format!("/tenants/{tenant}/workspaces/admin");
        operator(&server, "DELETE", &path, None).await.problem(409, "protected");
    }
    operator(&server, "DELETE", "/tenants/default/workspaces/default", None).await.expect(204);
}

#[actix_web::test]
async fn a_tenant_administrator_renames_the_tenant_and_no_more() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    admin
        .ask("PATCH", "/tenants/default", Some(json!({"status": "inactive"})))
        .await
        .problem(403, "insufficient_permission");
    admin.ask("DELETE", "/tenants/default", None).await.problem(403, "insufficient_permission");
    admin.ask("POST", "/tenants", Some(json!({"id": "mine"}))).await.problem(403, "insufficient_permission");
    let renamed = admin.ask("PATCH", "/tenants/default", Some(json!({"name": "Renamed", "status": "active"}))).await;
    assert_eq!(renamed.expect(200).text("name"), "Renamed");
}

#[actix_web::test]
async fn a_disabled_tenant_lets_nobody_in_until_it_is_enabled() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    server.change("/tenants/default", &json!({"status": "inactive"})).await;
    admin.ask("GET", "/tenants/default", None).await.problem(401, "invalid_token");
    let discovery = server.http.get(format!("{}/default/default/.well-known/jwks.json", server.url));
    assert_eq!(discovery.send().await.unwrap().status(), 404);
    server.change("/tenants/default", &json!({"status": "active"})).await;
    admin.ask("GET", "/tenants/default", None).await.expect(200);
}

#[actix_web::test]
async fn a_tenant_made_anew_inherits_nothing() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    let admin = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    server.create("/tenants/acme/workspaces", &json!({"id": "shop"})).await;
    operator(&server, "DELETE", "/tenants/acme", None).await.expect(204);
    server.clock.advance_secs(1);
    operator(&server, "GET", "/tenants/acme", None).await.problem(404, "not_found");
    admin.ask("GET", "/me", None).await.problem(401, "invalid_token");
    server.create("/tenants", &json!({"id": "acme"})).await;
    admin.ask("GET", "/me", None).await.problem(401, "invalid_token");
    operator(&server, "GET", "/tenants/acme/workspaces/shop", None).await.problem(404, "not_found");
    assert_eq!(server.read("/tenants/acme/administrators").await["items"], json!([]));
    let events = server.read("/tenants/acme/workspaces/admin/audit-events").await;
    assert_eq!(events["items"].as_array().unwrap().len(), 1, "{events}");
}
