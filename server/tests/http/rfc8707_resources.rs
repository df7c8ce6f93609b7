//! Scopes and resource indicators (RFC 6749 §3.3, RFC 8707): only what the client has, only for whom it is.

use serde_json::{Value, json};

use crate::harness::{ClientActor, TestServer};
use crate::rfc9068_access_tokens::verified;

const MAIL: &str = "https://mail.example.com";
const FILES: &str = "https://files.example.com";

async fn setup(server: &TestServer) -> ClientActor<'_> {
    let workspace = server.workspace().await;
    workspace.service(MAIL, &["mail.read", "mail.send"]).await;
    workspace.service(FILES, &["files.read"]).await;
    workspace.service("urn:example:open", &[]).await;
    workspace.service("urn:example:closed", &["closed"]).await;
    workspace.client(json!({"scope": "mail.read files.read"})).await
}

/// Scope and audience of the token for these parameters.
async fn granted(client: &ClientActor<'_>, parameters: &[(&str, &str)]) -> (String, Value) {
    let answer = client.token_by("client_secret_basic", parameters).await.expect(200);
    let token = answer.text("access_token");
    let shown = client.introspect(&token).await.json;
    let first = shown["aud"].as_str().or_else(|| shown["aud"][0].as_str()).unwrap().to_owned();
    let (claims, _) = verified(&client.workspace, &token, &first).await;
    assert_eq!(claims["scope"], answer.json["scope"]);
    (answer.text("scope"), claims["aud"].clone())
}

#[actix_web::test]
async fn without_a_scope_the_client_gets_all_that_it_registered() {
    let server = TestServer::start().await;
    let client = setup(&server).await;
    let (scope, audience) = granted(&client, &[]).await;
    assert_eq!((scope.as_str(), audience), ("mail.read files.read", json!([MAIL, FILES])));
    let (scope, audience) = granted(&client, &[("resource", FILES)]).await;
    assert_eq!((scope.as_str(), audience), ("files.read", json!(FILES)));
}

#[actix_web::test]
async fn a_scope_that_is_unknown_malformed_or_not_allowed_is_refused() {
    let server = TestServer::start().await;
    let client = setup(&server).await;
    for scope in
        ["mail.send", "nonsense", "mail.read mail.send", "mail.read  files.read", "a\"b", "mäil", "MAIL.READ", " "]
    {
        client.token_by("client_secret_basic", &[("scope", scope)]).await.refused(400, "invalid_scope");
    }
    let (scope, audience) = granted(&client, &[("scope", "files.read mail.read")]).await;
    assert_eq!((scope.as_str(), audience), ("files.read mail.read", json!([FILES, MAIL])));
}

#[actix_web::test]
async fn a_resource_that_is_unknown_or_none_of_the_clients_business_is_refused() {
    let server = TestServer::start().await;
    let client = setup(&server).await;
    let management = format!("{}/api/v1", server.url);
    for resource in
        ["https://elsewhere.example", "urn:example:closed", "mail", "https://mail.example.com/", &management]
    {
        client.token_by("client_secret_basic", &[("resource", resource)]).await.refused(400, "invalid_target");
    }
    let mismatch = [("resource", FILES), ("scope", "mail.read")];
    client.token_by("client_secret_basic", &mismatch).await.refused(400, "invalid_scope");
    let both = [("resource", FILES), ("resource", MAIL), ("resource", FILES)];
    let (scope, audience) = granted(&client, &both).await;
    assert_eq!((scope.as_str(), audience), ("mail.read files.read", json!([FILES, MAIL])));
    let (scope, audience) = granted(&client, &[("resource", "urn:example:open")]).await;
    assert_eq!((scope.as_str(), audience), ("", json!("urn:example:open")));
}

#[actix_web::test]
async fn a_scope_that_is_taken_away_is_gone_from_the_next_token_on() {
    let server = TestServer::start().await;
    let client = setup(&server).await;
    granted(&client, &[("scope", "mail.read")]).await;
    server.change(&client.path(), &json!({"scope": "files.read"})).await;
    client.token_by("client_secret_basic", &[("scope", "mail.read")]).await.refused(400, "invalid_scope");
    assert_eq!(granted(&client, &[]).await.0, "files.read");
}

#[actix_web::test]
async fn with_neither_scope_nor_resource_the_token_is_for_the_workspace_itself() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    let issuer = client.workspace.issuer();
    assert_eq!(granted(&client, &[]).await, (String::new(), json!(issuer)));
}
