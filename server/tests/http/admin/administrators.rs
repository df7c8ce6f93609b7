//! Appointing and dismissing: nobody gives or takes more than they hold.

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::{Answer, TestServer};

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
    admin.ask("GET", "/tenants/default", None).await.problem(404, "not_found");
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
    admin.ask("GET", "/tenants/default/workspaces/shop", None).await.problem(404, "not_found");
}

/// What would lock the operator out, the last platform administrator.
fn lockouts(secret: &str) -> Vec<(&'static str, String, Option<Value>)> {
    let (workspace, client) = ("/tenants/system/workspaces/admin", "/tenants/system/workspaces/admin/clients/operator");
    let patch = |path: &str, body: Value| ("PATCH", path.to_owned(), Some(body));
    vec![
        patch(client, json!({"status": "inactive"})),
        patch(client, json!({"token_endpoint_auth_method": "client_secret_post"})),
        patch(client, json!({"grant_types": ["authorization_code"], "redirect_uris": ["https://a.example/cb"]})),
        patch(workspace, json!({"token_endpoint_auth_methods": ["private_key_jwt", "client_secret_post", "none"]})),
        patch(workspace, json!({"grant_types": ["authorization_code"]})),
        ("DELETE", format!("{client}/secrets/{secret}"), None),
        ("DELETE", client.to_owned(), None),
    ]
}

#[actix_web::test]
async fn the_last_platform_administrator_cannot_be_made_unable_to_sign_in() {
    let server = TestServer::start().await;
    let client = "/tenants/system/workspaces/admin/clients/operator";
    let secrets = server.read(&format!("{client}/secrets")).await;
    let secret = secrets["items"][0]["id"].as_str().unwrap();
    for (method, path, body) in lockouts(secret) {
        operator(&server, method, &path, body).await.problem(409, "protected");
    }
    server.change(client, &json!({"client_name": "Still here"})).await;
    let second = Administrator::of(&server, "system", Some(("platform_admin", None))).await;
    for (method, path, body) in lockouts(secret) {
        let done = operator(&server, method, &path, body).await.status;
        if method == "PATCH" && path.ends_with("/admin") {
            assert_eq!(done, 409, "the second one needs it as well");
        } else if done == 401 {
            break;
        } else {
            assert!([200, 204].contains(&done), "{method} {path}: {done}");
        }
    }
    second.ask("GET", "/tenants", None).await.expect(200);
}

#[actix_web::test]
async fn of_platform_administrators_that_go_at_the_same_time_one_stays() {
    let server = TestServer::start().await;
    for _ in 0..5 {
        let second = Administrator::of(&server, "system", Some(("platform_admin", None))).await;
        let listed = server.read("/tenants/system/administrators?sort=created_at").await;
        let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 2);
        let path = |id: &str| format!("/tenants/system/administrators/{id}");
        let (first_path, second_path) = (path(ids[0]), path(ids[1]));
        // Each dismisses the other.
        let (one, other) = futures_util::join!(
            second.ask("DELETE", &first_path, None),
            operator(&server, "DELETE", &second_path, None)
        );
        let done = [one.status, other.status].into_iter().filter(|status| *status == 204).count();
        assert_eq!(done, 1, "{} {}", one.body, other.body);
        if one.status == 204 {
            let back = json!({"client_id": "operator", "role": "platform_admin"});
            second.ask("POST", "/tenants/system/administrators", Some(back)).await.expect(201);
            let own = server.read(&format!("/tenants/system/administrators?q={}", second.client_id)).await;
            let own = path(own["items"][0]["id"].as_str().unwrap());
            operator(&server, "DELETE", &own, None).await.expect(204);
        }
    }
}

#[actix_web::test]
async fn a_start_lets_the_configured_client_in_again_and_tells_of_it_once() {
    let server = TestServer::start().await;
    let workspace = "/tenants/system/workspaces/admin";
    let client = format!("{workspace}/clients/operator");
    let second = Administrator::of(&server, "system", Some(("platform_admin", None))).await;
    let second_client = format!("{workspace}/clients/{}", second.client_id);
    let moved = json!({"token_endpoint_auth_method": "client_secret_post"});
    second.ask("PATCH", &second_client, Some(moved)).await.expect(200);
    second
        .ask("PATCH", &client, Some(json!({"status": "inactive", "token_endpoint_auth_method": "client_secret_jwt"})))
        .await
        .expect(200);
    let methods = json!({"token_endpoint_auth_methods": ["client_secret_post", "none"]});
    second.ask("PATCH", workspace, Some(methods)).await.expect(200);
    let told = async || {
        let path = format!("{workspace}/audit-events?limit=200");
        second.ask("GET", &path, None).await.expect(200).json["items"].as_array().unwrap().len()
    };
    cardea::bootstrap::run(&server.app).await.unwrap();
    let events = told().await;
    cardea::bootstrap::run(&server.app).await.unwrap();
    assert_eq!(told().await, events, "a start that mends nothing tells nothing");
    let shown = second.ask("GET", &client, None).await.expect(200);
    assert_eq!(
        (shown.text("status"), shown.text("token_endpoint_auth_method")),
        ("active".into(), "client_secret_basic".into())
    );
    super::token_of(&server, "system", "admin", "operator", "operator-secret-for-tests").await;
    let path = format!("{workspace}/audit-events?type=administrator.appointed&client_id=operator");
    let appointed = second.ask("GET", &path, None).await.expect(200);
    assert_eq!(appointed.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(appointed.json["items"][0]["actor"], "system");
}

#[actix_web::test]
async fn an_administrator_is_dismissed_only_if_it_is_the_one_that_was_seen() {
    let server = TestServer::start().await;
    let client_id = candidate(&server, "default").await;
    let before =
        operator(&server, "GET", &format!("/tenants/default/workspaces/admin/clients/{client_id}"), None).await;
    let made = operator(&server, "POST", PATH, Some(json!({"client_id": client_id, "role": "tenant_auditor"}))).await;
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let shown = operator(&server, "GET", &path, None).await.expect(200);
    assert!(!shown.header("etag").is_empty() && shown.header("etag") == made.header("etag"));
    let conditional = |tag: &str| server.api("DELETE", &path).header("if-match", tag.to_owned());
    Answer::to(conditional("\"x\"")).await.problem(412, "precondition_failed");
    Answer::to(conditional(shown.header("etag"))).await.expect(204);
    let after = operator(&server, "GET", &format!("/tenants/default/workspaces/admin/clients/{client_id}"), None).await;
    assert_eq!(before.header("etag"), after.header("etag"), "a role is no change of the client");
}
