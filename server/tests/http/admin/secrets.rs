//! Secrets: rotation without an outage, at most two old ones.

use serde_json::{Value, json};

use super::operator;
use crate::harness::{Answer, ClientActor, KeyPair, TestServer};

async fn add(client: &ClientActor<'_>, body: Value) -> Answer {
    operator(client.workspace.server, "POST", &format!("{}/secrets", client.path()), Some(body)).await
}

async fn listed(client: &ClientActor<'_>) -> Vec<Value> {
    client.workspace.server.read(&format!("{}/secrets", client.path())).await["items"].as_array().unwrap().clone()
}

async fn works(client: &ClientActor<'_>, secret: &str) -> bool {
    let client = ClientActor { secret: Some(secret.to_owned()), ..client.clone() };
    client.token_by("client_secret_basic", &[]).await.status == 200
}

#[actix_web::test]
async fn rotation_lets_the_old_secret_live_until_the_chosen_moment() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({})).await;
    let old = client.secret.clone().unwrap();
    let made = add(&client, json!({"name": "2026", "revoke_others_after": 600})).await.expect(201);
    let new = made.text("client_secret");
    assert_eq!((made.json["client_secret_expires_at"].clone(), made.text("prefix")), (json!(0), new[..4].to_owned()));
    assert!(works(&client, &old).await && works(&client, &new).await);
    server.clock.advance_secs(601);
    assert!(!works(&client, &old).await && works(&client, &new).await);
}

#[actix_web::test]
async fn the_others_may_end_at_once() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({})).await;
    let old = client.secret.clone().unwrap();
    let new = add(&client, json!({"name": "new", "revoke_others_after": 0})).await.expect(201).text("client_secret");
    assert!(!works(&client, &old).await && works(&client, &new).await);
    assert_eq!(listed(&client).await.len(), 1);
}

#[actix_web::test]
async fn a_client_keeps_at_most_two_old_secrets() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({})).await;
    for name in ["second", "third"] {
        add(&client, json!({"name": name})).await.expect(201);
    }
    add(&client, json!({"name": "fourth"})).await.problem(409, "too_many_secrets");
    add(&client, json!({"name": "fourth", "revoke_others_after": 60})).await.problem(409, "too_many_secrets");
    assert!(listed(&client).await.iter().all(|secret| secret["expires_at"].is_null()), "a refusal changes nothing");
    let id = listed(&client).await[0]["id"].as_str().unwrap().to_owned();
    operator(&server, "DELETE", &format!("{}/secrets/{id}", client.path()), None).await.expect(204);
    add(&client, json!({"name": "fourth"})).await.expect(201);
    add(&client, json!({"name": "fifth", "revoke_others_after": 0})).await.expect(201);
    assert_eq!(listed(&client).await.len(), 1);
}

#[actix_web::test]
async fn a_secret_expires_when_it_was_told_to() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({})).await;
    let expires_at = server.clock.now().plus_secs(60);
    let made = add(&client, json!({"name": "short", "expires_at": expires_at})).await.expect(201);
    assert_eq!(made.json["client_secret_expires_at"], expires_at.as_secs());
    assert!(works(&client, &made.text("client_secret")).await);
    server.clock.advance_secs(61);
    assert!(!works(&client, &made.text("client_secret")).await);
    add(&client, json!({"name": "past", "expires_at": expires_at})).await.complains("/expires_at", "invalid_value");
    assert!(works(&client, &client.secret.clone().unwrap()).await);
}

#[actix_web::test]
async fn a_brought_secret_works_and_is_not_recognisable() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({})).await;
    let made = add(&client, json!({"name": "old system", "client_secret": "from the old system"})).await.expect(201);
    assert_eq!((made.text("client_secret"), &made.json["prefix"]), ("from the old system".to_owned(), &Value::Null));
    assert!(works(&client, "from the old system").await);
}

#[actix_web::test]
async fn bad_secrets_are_refused_by_name() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client(json!({})).await;
    for (body, pointer, code) in [
        (json!({}), "/name", "required"),
        (json!({"name": ""}), "/name", "invalid_value"),
        (json!({"name": "n", "expires_at": "tomorrow"}), "/expires_at", "invalid_value"),
        (json!({"name": "n", "revoke_others_after": -1}), "/revoke_others_after", "invalid_value"),
        (json!({"name": "n", "client_secret": ""}), "/client_secret", "invalid_value"),
        (json!({"name": "n", "value": "x"}), "/value", "unknown_member"),
    ] {
        add(&client, body).await.complains(pointer, code);
    }
    for method in ["none", "private_key_jwt"] {
        let without = workspace.client_of(method).await;
        add(&without, json!({"name": "n"})).await.problem(400, "invalid_request");
    }
    add(&client, json!({"name": "n"})).await.expect(201);
}

#[actix_web::test]
async fn a_client_that_signs_with_its_secret_rotates_it_too() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_jwt").await;
    add(&client, json!({"name": "short", "client_secret": "too short to sign with"}))
        .await
        .complains("/client_secret", "invalid_value");
    let secret = add(&client, json!({"name": "new"})).await.expect(201).text("client_secret");
    assert_eq!(secret.len(), 64);
    let key = KeyPair::hmac(cardea_protocol::SigningAlg::HS512, &secret);
    let rotated = ClientActor { secret: Some(secret), key: Some(key), ..client.clone() };
    rotated.token_by("client_secret_jwt", &[]).await.expect(200);
    client.token_by("client_secret_jwt", &[]).await.expect(200);
}

#[actix_web::test]
async fn the_last_use_of_a_secret_is_shown() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({})).await;
    assert_eq!(listed(&client).await[0]["last_used_at"], Value::Null);
    client.token().await;
    server.app.audit.flush().await;
    assert!(listed(&client).await[0]["last_used_at"].is_string());
    assert!(server.read(&client.path()).await["last_authenticated_at"].is_string());
}

#[actix_web::test]
async fn a_secret_is_deleted_only_as_it_was_seen() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({})).await;
    let made = add(&client, json!({"name": "second"})).await.expect(201);
    let (path, seen) = (format!("{}/secrets/{}", client.path(), made.text("id")), made.header("etag").to_owned());
    assert!(!seen.is_empty());
    let conditional = |tag: String| Answer::to(server.api("DELETE", &path).header("if-match", tag));
    conditional("\"x\"".to_owned()).await.problem(412, "precondition_failed");
    assert!(works(&client, &made.text("client_secret")).await);
    add(&client, json!({"name": "third", "revoke_others_after": 60})).await.expect(201);
    conditional(seen).await.problem(412, "precondition_failed");
    conditional("*".to_owned()).await.expect(204);
    conditional("*".to_owned()).await.problem(404, "not_found");
}
