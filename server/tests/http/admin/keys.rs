//! Keys: rotated, revoked, and never shown whole.

use serde_json::{Value, json};

use super::operator;
use crate::harness::{Answer, TestServer, WorkspaceActor};

async fn keys(workspace: &WorkspaceActor<'_>) -> Vec<Value> {
    workspace.server.read(&format!("{}/keys", workspace.path())).await["items"].as_array().unwrap().clone()
}

fn kid<'k>(keys: &'k [Value], alg: &str, state: &str) -> &'k str {
    let key = keys.iter().find(|key| key["alg"] == alg && key["state"] == state);
    key.unwrap_or_else(|| panic!("no {state} {alg} in {keys:?}"))["kid"].as_str().unwrap()
}

#[actix_web::test]
async fn a_workspace_begins_with_a_current_and_a_next_key() {
    let server = TestServer::start().await;
    let keys = keys(&server.workspace().await).await;
    assert_eq!(keys.len(), 2);
    assert_ne!(kid(&keys, "ES256", "current"), kid(&keys, "ES256", "next"));
    for key in &keys {
        assert!(key["public_jwk"].get("d").is_none() && key["public_jwk"]["kid"] == key["kid"]);
    }
}

#[actix_web::test]
async fn rotation_moves_each_key_one_place_on() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let before = keys(&workspace).await;
    let path = format!("{}/keys/rotate", workspace.path());
    let after = operator(&server, "POST", &path, None).await.expect(200).json["items"].as_array().unwrap().clone();
    assert_eq!(kid(&after, "ES256", "current"), kid(&before, "ES256", "next"));
    assert_eq!(kid(&after, "ES256", "retired"), kid(&before, "ES256", "current"));
    assert_eq!(after.len(), 3);
    operator(&server, "POST", &path, Some(json!({"alg": "EdDSA"}))).await.expect(200);
    assert_eq!(keys(&workspace).await.len(), 5);
    for body in [json!({"alg": "HS256"}), json!({"alg": "none"}), json!({"kid": "x"})] {
        operator(&server, "POST", &path, Some(body)).await.problem(400, "invalid_request");
    }
}

#[actix_web::test]
async fn another_key_takes_the_place_of_a_revoked_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for state in ["current", "next"] {
        let before = keys(&workspace).await;
        let revoked = kid(&before, "ES256", state).to_owned();
        let path = format!("{}/keys/{revoked}/revoke", workspace.path());
        for _ in 0..2 {
            let answer = operator(&server, "POST", &path, None).await.expect(200);
            assert_eq!((answer.text("kid"), answer.text("state")), (revoked.clone(), "revoked".to_owned()));
        }
        let after = keys(&workspace).await;
        assert_ne!(kid(&after, "ES256", "current"), kid(&after, "ES256", "next"));
        assert!(revoked != kid(&after, "ES256", "current") && revoked != kid(&after, "ES256", "next"));
        workspace.client(json!({})).await.token().await;
    }
    operator(&server, "POST", &format!("{}/keys/absent/revoke", workspace.path()), None)
        .await
        .problem(404, "not_found");
}

#[actix_web::test]
async fn a_key_is_revoked_in_its_own_workspace_alone() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    let ring = keys(&one).await;
    let path = format!("{}/keys/{}/revoke", other.path(), kid(&ring, "ES256", "current"));
    operator(&server, "POST", &path, None).await.problem(404, "not_found");
    assert_eq!(keys(&one).await, ring);
}

#[actix_web::test]
async fn at_most_twenty_retired_keys_wait_for_their_end() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("{}/keys/rotate", workspace.path());
    for _ in 0..20 {
        operator(&server, "POST", &path, None).await.expect(200);
    }
    let refused = operator(&server, "POST", &path, None).await.problem(409, "too_many_keys");
    let ring = keys(&workspace).await;
    let oldest = ring.iter().filter_map(|key| key["expires_at"].as_str()).min().unwrap();
    assert!(refused.text("detail").contains(oldest), "{}", refused.body);
    operator(&server, "POST", &path, Some(json!({"alg": "EdDSA"}))).await.expect(200);
    let path_to_revoke = format!("{}/keys/{}/revoke", workspace.path(), kid(&ring, "ES256", "retired"));
    operator(&server, "POST", &path_to_revoke, None).await.expect(200);
    operator(&server, "POST", &path, None).await.expect(200);
}

#[actix_web::test]
async fn keys_move_on_only_from_where_they_were_seen() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("{}/keys", workspace.path());
    let send = |path: String, tag: String| Answer::to(server.api("POST", &path).header("if-match", tag));
    let first = operator(&server, "GET", &path, None).await.expect(200).header("etag").to_owned();
    let rotated = send(format!("{path}/rotate"), first.clone()).await.expect(200);
    let second = rotated.header("etag").to_owned();
    assert!(!second.is_empty() && first != second);
    let ring = keys(&workspace).await;
    let revoke = format!("{path}/{}/revoke", kid(&ring, "ES256", "retired"));
    send(format!("{path}/rotate"), first.clone()).await.problem(412, "precondition_failed");
    send(revoke.clone(), first).await.problem(412, "precondition_failed");
    assert_eq!(keys(&workspace).await, ring, "a refusal changes nothing");
    let revoked = send(revoke, second.clone()).await.expect(200);
    assert_ne!(revoked.header("etag"), second);
    assert_eq!(operator(&server, "GET", &path, None).await.header("etag"), revoked.header("etag"));
}
