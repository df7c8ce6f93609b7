//! Keys by reference (`jwks_uri`, RFC 7591 §2): fetched through the guarded way out, cached, refetched when a key is new.

use cardea_protocol::SigningAlg;
use serde_json::json;

use crate::harness::key_server::{ALLOW_LOOPBACK, KeyServer};
use crate::harness::{ClientActor, KeyPair, TestServer, WorkspaceActor};

async fn client<'s>(workspace: WorkspaceActor<'s>, uri: &str, key: &KeyPair) -> ClientActor<'s> {
    let metadata = json!({"token_endpoint_auth_method": "private_key_jwt", "jwks_uri": uri});
    ClientActor { key: Some(key.clone()), ..workspace.client(metadata).await }
}

async fn ask(client: &ClientActor<'_>) -> u16 {
    client.token_with(&client.assertion().sign(client.key.as_ref().unwrap())).await.status
}

#[actix_web::test]
async fn keys_are_fetched_once_for_all_who_wait_and_again_for_an_unknown_kid_twice_a_minute_at_most() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let first = KeyPair::generate(SigningAlg::ES256).named("first");
    let keys = KeyServer::start(&first.jwks());
    let client = client(server.workspace().await, &keys.url, &first).await;
    let answers = futures_util::future::join_all((0..16).map(|_| ask(&client))).await;
    assert_eq!(answers, vec![200; 16]);
    assert_eq!(keys.asked(), 1);
    let second = KeyPair::generate(SigningAlg::ES256).named("second");
    keys.says(200, &second.jwks());
    let renewed = ClientActor { key: Some(second), ..client.clone() };
    assert_eq!(ask(&renewed).await, 200);
    assert_eq!(keys.asked(), 2);
    // Another, too soon after two fetches: refused without asking again.
    let third = KeyPair::generate(SigningAlg::ES256).named("third");
    keys.says(200, &third.jwks());
    let renewed_again = ClientActor { key: Some(third), ..client.clone() };
    for _ in 0..3 {
        assert_eq!(ask(&renewed_again).await, 401);
    }
    assert_eq!(client.workspace.last_reason().await, "assertion_key_not_found");
    assert_eq!(keys.asked(), 2);
    assert_eq!(ask(&renewed).await, 200);
}

#[actix_web::test]
async fn answers_that_are_no_keys_are_refused() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let workspace = server.workspace().await;
    let key = KeyPair::generate(SigningAlg::ES256);
    let too_large = json!({"keys": [key.public], "padding": "x".repeat(300 * 1024)}).to_string();
    for (status, body) in
        [(302, key.jwks().to_string()), (500, String::new()), (200, "no".to_owned()), (200, too_large)]
    {
        let keys = KeyServer::start(&json!({}));
        keys.says(status, &body);
        let client = client(workspace, &keys.url, &key).await;
        assert_eq!(ask(&client).await, 401);
        assert_eq!(workspace.last_reason().await, "jwks_unavailable");
        assert_eq!(keys.asked(), 1, "no redirect is followed");
    }
    let keys = KeyServer::start(&key.jwks());
    assert_eq!(ask(&client(workspace, &keys.url, &key).await).await, 200);
}

#[actix_web::test]
async fn private_addresses_are_not_asked_unless_the_operator_allows_them() {
    let key = KeyPair::generate(SigningAlg::ES256);
    let keys = KeyServer::start(&key.jwks());
    let guarded = TestServer::start().await;
    let workspace = guarded.workspace().await;
    for uri in [
        &keys.url,
        "https://127.0.0.1/jwks",
        "https://localhost/jwks",
        "https://[::1]/jwks",
        "https://169.254.169.254/",
    ] {
        assert_eq!(ask(&client(workspace, uri, &key).await).await, 401);
        let event = workspace.last_event("client.authenticated", "failure").await;
        assert_eq!(event["reason"], "jwks_unavailable", "{event}");
    }
    assert_eq!(keys.asked(), 0);
    let open = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    assert_eq!(ask(&client(open.workspace().await, &keys.url, &key).await).await, 200);
}

#[actix_web::test]
async fn a_source_that_never_answers_is_given_up_on() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let workspace = server.workspace().await;
    let key = KeyPair::generate(SigningAlg::ES256);
    // Connections wait in its backlog for ever.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/jwks", silent.local_addr().unwrap());
    let asked =
        tokio::time::timeout(std::time::Duration::from_secs(30), ask(&client(workspace, &uri, &key).await)).await;
    assert_eq!(asked.expect("it is not waited for without end"), 401);
    assert_eq!(workspace.last_reason().await, "jwks_unavailable");
    let keys = KeyServer::start(&key.jwks());
    assert_eq!(ask(&client(workspace, &keys.url, &key).await).await, 200);
}
