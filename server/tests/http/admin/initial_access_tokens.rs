//! Initial access tokens in the management API.

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::TestServer;

#[actix_web::test]
async fn a_token_is_made_shown_once_listed_and_deleted() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let path = format!("{}/initial-access-tokens", workspace.path());
    let body = json!({"name": "Partner", "max_registrations": 2, "expires_at": "2026-02-01T00:00:00Z"});
    let made = operator(&server, "POST", &path, Some(body)).await.expect(201);
    let value = made.text("initial_access_token");
    assert_eq!((value.len(), made.header("etag")), (43, "\"1\""));
    let at = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let mut shown = made.json.clone();
    shown.as_object_mut().unwrap().remove("initial_access_token");
    assert_eq!((&server.read(&at).await, &shown["registrations"]), (&shown, &json!(0)));
    let metadata = json!({"redirect_uris": ["https://client.example.com/callback"]});
    workspace.register(&value, &metadata).await.expect(201);
    let used = operator(&server, "GET", &at, None).await.expect(200);
    assert_eq!((&used.json["registrations"], used.header("etag")), (&json!(1), "\"2\""));
    assert_eq!(server.read(&format!("{path}?q=part&sort=name")).await["items"], json!([used.json]));
    operator(&server, "DELETE", &at, None).await.expect(204);
    operator(&server, "DELETE", &at, None).await.problem(404, "not_found");
    workspace.register(&value, &metadata).await.expect(401);
    for kind in ["initial_access_token.created", "initial_access_token.deleted"] {
        let event = workspace.last_event(kind, "success").await;
        assert_eq!(event["detail"]["name"], "Partner");
        assert!(!event.to_string().contains(&value));
    }
    assert_eq!(server.read(&path).await["items"], json!([] as [Value; 0]));
}

#[actix_web::test]
async fn a_token_is_for_one_client_unless_it_is_said_how_many() {
    let server = TestServer::start().await;
    let path = format!("{}/initial-access-tokens", server.registering().await.path());
    for (body, pointer, code) in [
        (json!({}), "/name", "required"),
        (json!({"name": ""}), "/name", "invalid_value"),
        (json!({"name": "x", "max_registrations": 0}), "/max_registrations", "out_of_range"),
        (json!({"name": "x", "max_registrations": 10_001}), "/max_registrations", "out_of_range"),
        (json!({"name": "x", "expires_at": "2025-12-31T23:59:59Z"}), "/expires_at", "invalid_value"),
        (json!({"name": "x", "value": "chosen"}), "/value", "unknown_member"),
    ] {
        operator(&server, "POST", &path, Some(body)).await.complains(pointer, code);
    }
    let made = server.create(&path, &json!({"name": "x"})).await;
    assert_eq!((&made["max_registrations"], &made["expires_at"]), (&json!(1), &Value::Null));
}

#[actix_web::test]
async fn who_may_create_clients_may_let_others_do_so() {
    let server = TestServer::start().await;
    let (workspace, other) = (server.registering().await, server.registering().await);
    let path = format!("{}/initial-access-tokens", workspace.path());
    let id = workspace.path().rsplit('/').next().unwrap().to_owned();
    let manager = Administrator::of(&server, "default", Some(("workspace_manager", Some(&id)))).await;
    let auditor = Administrator::of(&server, "default", Some(("workspace_auditor", Some(&id)))).await;
    auditor.ask("POST", &path, Some(json!({"name": "x"}))).await.problem(403, "insufficient_permission");
    let made = manager.ask("POST", &path, Some(json!({"name": "x"}))).await.expect(201).text("id");
    auditor.ask("GET", &format!("{path}/{made}"), None).await.expect(200);
    auditor.ask("DELETE", &format!("{path}/{made}"), None).await.problem(403, "insufficient_permission");
    let elsewhere = format!("{}/initial-access-tokens/{made}", other.path());
    manager.ask("GET", &elsewhere, None).await.problem(404, "not_found");
    operator(&server, "GET", &elsewhere, None).await.problem(404, "not_found");
    operator(&server, "DELETE", &elsewhere, None).await.problem(404, "not_found");
    manager.ask("DELETE", &format!("{path}/{made}"), None).await.expect(204);
}
