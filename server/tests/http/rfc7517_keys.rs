//! The published keys (RFC 7517) through rotation and revocation.

use serde_json::{Value, json};

use crate::harness::{Answer, ClientActor, TestServer};
use crate::rfc9068_access_tokens::verified;

async fn published(client: &ClientActor<'_>) -> Vec<String> {
    let workspace = client.workspace;
    let answer = Answer::to(workspace.server.http.get(workspace.url("/.well-known/jwks.json"))).await.expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    for key in answer.json["keys"].as_array().unwrap() {
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(key.get(private).is_none(), "{private}");
        }
        assert_eq!(key["use"], "sig");
    }
    answer.json["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

fn kid(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

async fn states(client: &ClientActor<'_>) -> Vec<(String, String)> {
    let keys = client.workspace.server.read(&format!("{}/keys", client.workspace.path())).await;
    let text = |key: &Value, member: &str| key[member].as_str().unwrap().to_owned();
    keys["items"].as_array().unwrap().iter().map(|key| (text(key, "kid"), text(key, "state"))).collect()
}

#[actix_web::test]
async fn the_next_key_is_published_before_it_signs_and_the_old_one_after() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_basic").await;
    let before = client.token().await;
    let ahead = published(&client).await;
    assert_eq!(ahead.len(), 2);
    Answer::to(server.api("POST", &format!("{}/keys/rotate", workspace.path())).json(&json!({}))).await.expect(200);
    let after = client.token().await;
    assert_ne!(kid(&before), kid(&after));
    assert!(ahead.contains(&kid(&after)), "it was published ahead");
    assert_eq!(published(&client).await.len(), 3);
    for token in [&before, &after] {
        verified(&workspace, token, &workspace.issuer()).await;
        assert_eq!(client.introspect(token).await.json["active"], true);
    }
}

#[actix_web::test]
async fn a_retired_key_is_withdrawn_when_its_last_token_has_expired() {
    let mut server = TestServer::start().await;
    let workspace = server.workspace().await;
    let names = (workspace.path(), workspace.url("/.well-known/jwks.json"));
    Answer::to(server.api("POST", &format!("{}/keys/rotate", names.0)).json(&json!({}))).await.expect(200);
    let count = async |server: &TestServer| {
        Answer::to(server.http.get(&names.1)).await.expect(200).json["keys"].as_array().unwrap().len()
    };
    assert_eq!(count(&server).await, 3);
    server.clock.advance_secs(86_400 + 3_601);
    server.sign_in().await;
    server.change(&names.0, &json!({"name": "Touched"})).await;
    assert_eq!(count(&server).await, 2);
}

#[actix_web::test]
async fn a_revoked_key_is_withdrawn_and_its_tokens_are_inactive() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_basic").await;
    let token = client.token().await;
    let path = format!("{}/keys/{}/revoke", workspace.path(), kid(&token));
    Answer::to(server.api("POST", &path).json(&json!({}))).await.expect(200);
    assert!(!published(&client).await.contains(&kid(&token)));
    assert_eq!(client.introspect(&token).await.body, r#"{"active":false}"#);
    let renewed = client.token().await;
    assert_ne!(kid(&renewed), kid(&token));
    assert_eq!(client.introspect(&renewed).await.json["active"], true);
    assert!(states(&client).await.contains(&(kid(&token), "revoked".to_owned())));
}

#[actix_web::test]
async fn keys_of_one_workspace_are_of_no_use_in_another() {
    let server = TestServer::start().await;
    let (here, there) = (server.workspace().await, server.workspace().await);
    let client = here.client_of("client_secret_basic").await;
    let token = client.token().await;
    let path = format!("{}/keys/{}/revoke", there.path(), kid(&token));
    Answer::to(server.api("POST", &path).json(&json!({}))).await.expect(404);
    assert_eq!(client.introspect(&token).await.json["active"], true);
}
