//! Who may do what: bearer tokens (RFC 6750), roles, and the walls between tenants.

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::{Answer, TestServer};

const TENANT: &str = "/tenants/default";
const WORKSPACE: &str = "/tenants/default/workspaces/default";

async fn with_authorization(server: &TestServer, path: &str, authorization: Option<&str>) -> Answer {
    let mut request = server.http.get(format!("{}/api/v1{path}", server.url));
    if let Some(value) = authorization {
        request = request.header("authorization", value);
    }
    Answer::to(request).await
}

#[actix_web::test]
async fn without_a_token_the_challenge_has_no_error_code() {
    let server = TestServer::start().await;
    for authorization in [None, Some("Basic b3BlcmF0b3I6eA==")] {
        let refused = with_authorization(&server, "/me", authorization).await.problem(401, "unauthenticated");
        assert_eq!(refused.header("www-authenticate"), "Bearer");
    }
    let token = Administrator::of(&server, "default", Some(("tenant_admin", None))).await.token;
    let in_query = format!("/me?access_token={token}");
    with_authorization(&server, &in_query, None).await.problem(401, "unauthenticated");
    with_authorization(&server, "/me", Some(&format!("bearer {token}"))).await.expect(200);
}

#[actix_web::test]
async fn a_token_that_is_not_for_this_api_is_invalid() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let elsewhere = workspace.client(json!({})).await.token().await;
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    let tampered = format!("{}x", &admin.token);
    for token in ["x", "a.b.c", elsewhere.as_str(), tampered.as_str()] {
        let refused = with_authorization(&server, "/me", Some(&format!("Bearer {token}"))).await;
        let refused = refused.problem(401, "invalid_token");
        assert_eq!(refused.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
    with_authorization(&server, "/me", Some(&format!("Bearer {}", admin.token))).await.expect(200);
}

#[actix_web::test]
async fn a_token_of_the_admin_workspace_for_another_audience_is_invalid() {
    let server = TestServer::start().await;
    let path = "/tenants/default/workspaces/admin";
    let body = json!({"name": "Other", "audience": "https://other.example", "scopes": [{"name": "other"}]});
    server.create(&format!("{path}/services"), &body).await;
    let client = server.create(&format!("{path}/clients"), &json!({"scope": "other"})).await;
    let (id, secret) = (client["client_id"].as_str().unwrap(), client["client_secret"].as_str().unwrap());
    let request = server.http.post(format!("{}/default/admin/oauth2/token", server.url)).basic_auth(id, Some(secret));
    let form = [("grant_type", "client_credentials"), ("resource", "https://other.example")];
    let token = Answer::to(request.form(&form)).await.expect(200).text("access_token");
    with_authorization(&server, "/me", Some(&format!("Bearer {token}"))).await.problem(401, "invalid_token");
    let good = Administrator::of(&server, "default", None).await;
    good.ask("GET", "/me", None).await.expect(200);
}

#[actix_web::test]
async fn a_deleted_or_disabled_client_loses_access_at_once() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    admin.ask("GET", TENANT, None).await.expect(200);
    let path = format!("/tenants/default/workspaces/admin/clients/{}", admin.client_id);
    server.change(&path, &json!({"status": "inactive"})).await;
    admin.ask("GET", TENANT, None).await.problem(401, "invalid_token");
    server.change(&path, &json!({"status": "active"})).await;
    admin.ask("GET", TENANT, None).await.expect(200);
    operator(&server, "DELETE", &path, None).await.expect(204);
    admin.ask("GET", TENANT, None).await.problem(401, "invalid_token");
}

/// A request and the roles of tenant `default` that may make it (over workspace `default` where they are a workspace's).
fn table() -> Vec<(&'static str, String, Option<Value>, &'static str)> {
    let ws = |rest: &str| format!("{WORKSPACE}{rest}");
    let scope = json!({"service_id": "none", "name": "x"});
    let methods = json!({"token_endpoint_auth_methods": ["none"]});
    vec![
        ("GET", "/tenants".to_owned(), None, "ta tr"),
        ("POST", "/tenants".to_owned(), Some(json!({})), ""),
        ("GET", TENANT.to_owned(), None, "ta tr"),
        ("PATCH", TENANT.to_owned(), Some(json!({})), "ta"),
        ("GET", format!("{TENANT}/administrators"), None, "ta tr"),
        ("POST", format!("{TENANT}/administrators"), Some(json!({})), "ta"),
        ("DELETE", format!("{TENANT}/administrators/none"), None, "ta"),
        ("GET", format!("{TENANT}/pools"), None, "ta tr"),
        ("POST", format!("{TENANT}/pools"), Some(json!({"id": "-"})), "ta"),
        ("GET", format!("{TENANT}/pools/none"), None, "ta tr"),
        ("PATCH", format!("{TENANT}/pools/none"), Some(json!({})), "ta"),
        ("DELETE", format!("{TENANT}/pools/none"), None, "ta"),
        ("GET", format!("{TENANT}/pools/none/users"), None, "ta tr"),
        ("POST", format!("{TENANT}/pools/none/users"), Some(json!({})), "ta"),
        ("GET", format!("{TENANT}/pools/none/users/none"), None, "ta tr"),
        ("PATCH", format!("{TENANT}/pools/none/users/none"), Some(json!({})), "ta"),
        ("DELETE", format!("{TENANT}/pools/none/users/none"), None, "ta"),
        ("GET", format!("{TENANT}/pools/none/users/none/sessions"), None, "ta tr"),
        ("DELETE", format!("{TENANT}/pools/none/users/none/sessions/none"), None, "ta"),
        ("GET", format!("{TENANT}/workspaces"), None, "ta tr wa wm wr"),
        ("POST", format!("{TENANT}/workspaces"), Some(json!({"id": "-"})), "ta"),
        ("GET", ws(""), None, "ta tr wa wm wr"),
        ("PATCH", ws(""), Some(json!({})), "ta wa"),
        ("GET", ws("/clients"), None, "ta tr wa wm wr"),
        ("POST", ws("/clients"), Some(json!({"x": 1})), "ta wa wm"),
        ("GET", ws("/clients/none"), None, "ta tr wa wm wr"),
        ("PATCH", ws("/clients/none"), Some(json!({})), "ta wa wm"),
        ("DELETE", ws("/clients/none"), None, "ta wa wm"),
        ("GET", ws("/clients/none/secrets"), None, "ta tr wa wm wr"),
        ("POST", ws("/clients/none/secrets"), Some(json!({"name": "n"})), "ta wa wm"),
        ("DELETE", ws("/clients/none/secrets/none"), None, "ta wa wm"),
        ("GET", ws("/clients/none/activity"), None, "ta tr wa wm wr"),
        ("POST", ws("/token-endpoint-auth-methods/impact"), Some(methods), "ta tr wa wm wr"),
        ("GET", ws("/services"), None, "ta tr wa wm wr"),
        ("POST", ws("/services"), Some(json!({})), "ta wa"),
        ("PATCH", ws("/services/none"), Some(json!({})), "ta wa"),
        ("DELETE", ws("/services/none"), None, "ta wa"),
        ("GET", ws("/scopes"), None, "ta tr wa wm wr"),
        ("POST", ws("/scopes"), Some(scope), "ta wa"),
        ("PATCH", ws("/scopes/none"), Some(json!({})), "ta wa"),
        ("DELETE", ws("/scopes/none"), None, "ta wa"),
        ("GET", ws("/keys"), None, "ta tr wa wr"),
        ("POST", ws("/keys/rotate"), Some(json!({"alg": "HS256"})), "ta wa"),
        ("POST", ws("/keys/none/revoke"), None, "ta wa"),
        ("GET", ws("/trusted-cas"), None, "ta tr wa wm wr"),
        ("GET", ws("/trusted-cas/none"), None, "ta tr wa wm wr"),
        ("POST", ws("/trusted-cas"), Some(json!({})), "ta wa"),
        ("PATCH", ws("/trusted-cas/none"), Some(json!({})), "ta wa"),
        ("DELETE", ws("/trusted-cas/none"), None, "ta wa"),
        ("GET", ws("/audit-events"), None, "ta tr wa wr"),
        ("DELETE", TENANT.to_owned(), None, ""),
    ]
}

#[actix_web::test]
async fn each_role_may_do_what_the_table_says_and_nothing_else() {
    let server = TestServer::start().await;
    for (short, role, workspace) in [
        ("ta", "tenant_admin", None),
        ("tr", "tenant_auditor", None),
        ("wa", "workspace_admin", Some("default")),
        ("wm", "workspace_manager", Some("default")),
        ("wr", "workspace_auditor", Some("default")),
    ] {
        let admin = Administrator::of(&server, "default", Some((role, workspace))).await;
        for (method, path, body, roles) in table() {
            let answer = admin.ask(method, &path, body).await;
            if roles.split(' ').any(|one| one == short) {
                assert!(![401, 403, 500].contains(&answer.status), "{role} {method} {path}: {}", answer.body);
            } else if workspace.is_some() && path.starts_with(TENANT) && !path.starts_with(WORKSPACE) {
                // The tenant as a whole is nothing that a workspace's role sees.
                answer.problem(404, "not_found");
            } else {
                let refused = answer.problem(403, "insufficient_permission");
                assert_eq!(refused.header("www-authenticate"), "Bearer error=\"insufficient_scope\"");
            }
        }
    }
}

#[actix_web::test]
async fn another_tenant_does_not_exist_for_anyone_but_the_platform() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    server.create("/tenants/acme/workspaces", &json!({"id": "default"})).await;
    let foreign = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    let nobody = Administrator::of(&server, "acme", Some(("workspace_admin", Some("default")))).await;
    for (method, path, body, _) in table().into_iter().filter(|(_, path, ..)| path.starts_with(TENANT)) {
        for admin in [&foreign, &nobody] {
            let there = admin.ask(method, &path, body.clone()).await.problem(404, "not_found");
            let nowhere = path.replacen("/default", "/nowhere", 1);
            let absent = admin.ask(method, &nowhere, body.clone()).await.problem(404, "not_found");
            assert_eq!(there.body, absent.body, "{method} {path}");
        }
    }
    let listed = foreign.ask("GET", "/tenants", None).await.expect(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed.json["items"][0]["id"], "acme");
    foreign.ask("GET", "/tenants/acme/workspaces/default", None).await.expect(200);
    operator(&server, "GET", "/tenants/acme/workspaces/default", None).await.expect(200);
}

#[actix_web::test]
async fn a_workspace_role_holds_in_its_workspace_alone() {
    let server = TestServer::start().await;
    server.create("/tenants/default/workspaces", &json!({"id": "other"})).await;
    let admin = Administrator::of(&server, "default", Some(("workspace_admin", Some("default")))).await;
    for workspace in ["other", "admin", "absent"] {
        for rest in ["", "/clients", "/keys", "/audit-events"] {
            let path = format!("/tenants/default/workspaces/{workspace}{rest}");
            admin.ask("GET", &path, None).await.problem(404, "not_found");
        }
    }
    let listed = admin.ask("GET", "/tenants/default/workspaces", None).await.expect(200);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed.json["items"][0]["id"], "default");
}

#[actix_web::test]
async fn somebody_without_a_role_may_only_ask_who_they_are() {
    let server = TestServer::start().await;
    let nobody = Administrator::of(&server, "default", None).await;
    let me = nobody.ask("GET", "/me", None).await.expect(200);
    assert_eq!(me.json["roles"], json!([]));
    assert_eq!((me.text("subject"), me.text("tenant_id")), (nobody.client_id.clone(), "default".to_owned()));
    nobody.ask("GET", "/tenants", None).await.problem(403, "insufficient_permission");
    for (method, path, body, _) in table().into_iter().filter(|(_, path, ..)| path.starts_with(TENANT)) {
        let there = nobody.ask(method, &path, body.clone()).await.problem(404, "not_found");
        let absent = nobody.ask(method, &path.replacen("/default", "/nowhere", 1), body).await;
        assert_eq!(there.body, absent.problem(404, "not_found").body, "{method} {path}");
    }
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    auditor.ask("GET", WORKSPACE, None).await.expect(200);
    auditor.ask("PATCH", WORKSPACE, Some(json!({}))).await.problem(403, "insufficient_permission");
}

#[actix_web::test]
async fn me_says_what_a_role_permits_and_where() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "default", Some(("workspace_manager", Some("default")))).await;
    let me = admin.ask("GET", "/me", None).await.expect(200).json;
    let role = &me["roles"][0];
    assert_eq!(
        (&role["role"], &role["tenant_id"], &role["workspace_id"]),
        (&json!("workspace_manager"), &json!("default"), &json!("default"))
    );
    let permissions: Vec<_> = role["permissions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(permissions.contains(&"clients:write") && !permissions.contains(&"services:write"), "{permissions:?}");
    let operator = server.read("/me").await;
    assert_eq!(
        (&operator["roles"][0]["role"], &operator["roles"][0]["tenant_id"]),
        (&json!("platform_admin"), &Value::Null)
    );
}

#[actix_web::test]
async fn who_may_not_ask_learns_nothing_about_what_they_sent() {
    let server = TestServer::start().await;
    let url = format!("{}/api/v1/tenants", server.url);
    let anonymous = server.http.post(&url).header("content-type", "text/plain").body("{");
    Answer::to(anonymous).await.problem(401, "unauthenticated");
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    auditor.ask("PATCH", TENANT, Some(json!({"nonsense": true}))).await.problem(403, "insufficient_permission");
    operator(&server, "PATCH", TENANT, Some(json!({"nonsense": true}))).await.complains("/nonsense", "unknown_member");
}
