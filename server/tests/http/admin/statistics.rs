//! What is counted: tokens by grant type and method, failures by reason, hour by hour.

use serde_json::{Value, json};

use super::Administrator;
use crate::harness::{ClientActor, TestServer, WorkspaceActor};

async fn hours(server: &TestServer, path: &str, hours: u32) -> Vec<Value> {
    server.read(&format!("{path}/statistics?hours={hours}")).await["hours"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn tokens_and_failures_are_counted_in_the_hour_they_fall_in() {
    let mut server = TestServer::start().await;
    let (path, secret) = {
        let workspace = server.workspace().await;
        let client = workspace.client(json!({"client_id": "shop"})).await;
        client.token().await;
        client.token_by("client_secret_post", &[]).await.expect(401);
        (workspace.path(), client.secret)
    };
    server.clock.advance_secs(3_600);
    server.sign_in().await;
    let workspace = WorkspaceActor::new(&server, "default", path.rsplit('/').next().unwrap());
    let client = ClientActor { workspace, id: "shop".to_owned(), secret, key: None, certificate: None };
    for _ in 0..3 {
        client.token().await;
    }
    let workspace = path;
    let told = hours(&server, &workspace, 3).await;
    let begins: Vec<_> = told.iter().map(|hour| hour["hour"].as_str().unwrap()).collect();
    assert_eq!(begins, ["2025-12-31T23:00:00.000Z", "2026-01-01T00:00:00.000Z", "2026-01-01T01:00:00.000Z"]);
    assert_eq!(told[0]["tokens_by_method"], json!({}));
    assert_eq!(told[1]["tokens_by_grant_type"], json!({"client_credentials": 1}));
    assert_eq!(told[1]["failures_by_reason"], json!({"method_mismatch": 1}));
    assert_eq!(told[2]["tokens_by_method"], json!({"client_secret_basic": 3}));
    let all = server.read(&format!("{workspace}/statistics")).await;
    assert_eq!(all["hours"].as_array().unwrap().len(), 24);
    assert_eq!(all["totals"]["tokens_by_grant_type"], json!({"client_credentials": 4}));
}

#[actix_web::test]
async fn a_tenant_is_the_sum_of_its_workspaces_and_of_no_others() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    for tenant in ["acme", "acme", "default"] {
        server.workspace_in(tenant, &json!({})).await.client(json!({})).await.token().await;
    }
    let acme = server.read("/tenants/acme/statistics").await;
    assert_eq!(acme["totals"]["tokens_by_grant_type"], json!({"client_credentials": 2}));
    let other = server.read("/tenants/acme/workspaces/admin/statistics").await;
    assert_eq!(other["totals"]["tokens_by_grant_type"], json!({}));
}

#[actix_web::test]
async fn a_workspace_that_is_made_anew_begins_with_nothing() {
    let server = TestServer::start().await;
    server.create("/tenants/default/workspaces", &json!({"id": "shop"})).await;
    let shop = WorkspaceActor::new(&server, "default", "shop");
    shop.client(json!({})).await.token().await;
    assert_eq!(hours(&server, &shop.path(), 1).await[0]["tokens_by_method"], json!({"client_secret_basic": 1}));
    super::operator(&server, "DELETE", &shop.path(), None).await.expect(204);
    server.create("/tenants/default/workspaces", &json!({"id": "shop"})).await;
    assert_eq!(hours(&server, &shop.path(), 1).await[0]["tokens_by_method"], json!({}));
}

#[actix_web::test]
async fn statistics_are_for_who_reads_the_audit_log() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    let (tenant, workspace) = ("/tenants/default/statistics", "/tenants/default/workspaces/default/statistics");
    let stranger = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    let manager = Administrator::of(&server, "default", Some(("workspace_manager", Some("default")))).await;
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    for path in [tenant, workspace] {
        stranger.ask("GET", path, None).await.problem(404, "not_found");
        auditor.ask("GET", path, None).await.expect(200);
    }
    manager.ask("GET", workspace, None).await.problem(403, "insufficient_permission");
    for bad in ["hours=0", "hours=169", "hours=x"] {
        auditor.ask("GET", &format!("{workspace}?{bad}"), None).await.complains("/hours", "invalid_value");
    }
    auditor.ask("GET", &format!("{workspace}?hours=168"), None).await.expect(200);
}
