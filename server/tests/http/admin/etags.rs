//! `ETag` and `If-Match` (RFC 9110 §13.1.1), and changes that race.

use serde_json::{Value, json};

use super::operator;
use crate::harness::certificates::Ca;
use crate::harness::{Answer, TestServer};

const WORKSPACE: &str = "/tenants/default/workspaces/default";

async fn conditional(server: &TestServer, method: &str, path: &str, if_match: &str, body: Value) -> Answer {
    Answer::to(server.api(method, path).header("if-match", if_match).json(&body)).await
}

/// Paths of one object of each kind that has versions.
async fn objects(server: &TestServer) -> Vec<(String, Value)> {
    server.create("/tenants", &json!({"id": "acme"})).await;
    server.create("/tenants/acme/workspaces", &json!({"id": "shop"})).await;
    let client = server.create(&format!("{WORKSPACE}/clients"), &json!({})).await;
    let body = json!({"name": "Orders", "audience": "https://orders.example"});
    let service = server.create(&format!("{WORKSPACE}/services"), &body).await;
    let pool = server.create("/tenants/acme/pools", &json!({"id": "staff"})).await;
    let user = server.create("/tenants/acme/pools/default/users", &json!({"username": "ann"})).await;
    let ca = server.create(&format!("{WORKSPACE}/trusted-cas"), &Ca::new("Acme CA").upload()).await;
    vec![
        (format!("/tenants/acme/pools/{}", pool["id"].as_str().unwrap()), json!({"name": "Changed"})),
        (format!("/tenants/acme/pools/default/users/{}", user["id"].as_str().unwrap()), json!({"name": "Changed"})),
        (format!("{WORKSPACE}/trusted-cas/{}", ca["id"].as_str().unwrap()), json!({"name": "Changed"})),
        (format!("{WORKSPACE}/clients/{}", client["client_id"].as_str().unwrap()), json!({"client_name": "Changed"})),
        (format!("{WORKSPACE}/services/{}", service["id"].as_str().unwrap()), json!({"name": "Changed"})),
        ("/tenants/acme/workspaces/shop".to_owned(), json!({"name": "Changed"})),
        ("/tenants/acme".to_owned(), json!({"name": "Changed"})),
    ]
}

#[actix_web::test]
async fn a_change_of_a_version_that_is_gone_is_refused() {
    let server = TestServer::start().await;
    for (path, patch) in objects(&server).await {
        let first = operator(&server, "GET", &path, None).await.expect(200).header("etag").to_owned();
        let changed = conditional(&server, "PATCH", &path, &first, patch).await.expect(200);
        let second = changed.header("etag").to_owned();
        assert_ne!(first, second, "{path}");
        assert_eq!(operator(&server, "GET", &path, None).await.header("etag"), second);
        for stale in [first.clone(), format!("W/{second}"), "\"x\"".to_owned(), "garbage".to_owned()] {
            for method in ["PATCH", "DELETE"] {
                conditional(&server, method, &path, &stale, json!({"name": "x"}))
                    .await
                    .problem(412, "precondition_failed");
            }
        }
        conditional(&server, "PATCH", &path, &format!("{first}, {second}"), json!({})).await.expect(200);
        conditional(&server, "PATCH", &path, "*", json!({})).await.expect(200);
        conditional(&server, "DELETE", &path, &second, json!({})).await.expect(204);
        operator(&server, "GET", &path, None).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn a_patch_that_changes_nothing_is_no_new_version() {
    let server = TestServer::start().await;
    for (path, _) in objects(&server).await {
        let before = operator(&server, "GET", &path, None).await.expect(200);
        let after = operator(&server, "PATCH", &path, Some(before.json.clone())).await.expect(200);
        assert_eq!((after.header("etag"), &after.json), (before.header("etag"), &before.json), "{path}");
    }
}

#[actix_web::test]
async fn of_parallel_patches_none_is_lost() {
    let server = TestServer::start().await;
    let members = ["access_token_ttl", "id_token_ttl", "refresh_token_ttl", "authorization_code_ttl"];
    let patches = members.map(|member| operator(&server, "PATCH", WORKSPACE, Some(json!({member: 77}))));
    for answer in futures_util::future::join_all(patches).await {
        answer.expect(200);
    }
    let workspace = server.read(WORKSPACE).await;
    for member in members {
        assert_eq!(workspace[member], 77, "{member}");
    }
}

#[actix_web::test]
async fn of_parallel_conditional_patches_one_wins() {
    let server = TestServer::start().await;
    let etag = operator(&server, "GET", WORKSPACE, None).await.header("etag").to_owned();
    let bodies: Vec<Value> = (0..6).map(|number| json!({"description": format!("{number}")})).collect();
    let patches = bodies.iter().map(|body| conditional(&server, "PATCH", WORKSPACE, &etag, body.clone()));
    let answers = futures_util::future::join_all(patches).await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    let refused = answers.iter().filter(|answer| answer.status == 412).count();
    assert_eq!((won, refused), (1, 5));
}
