//! Revocation (RFC 7009): a client takes back its own tokens, and nobody else's.

use serde_json::json;

use crate::harness::{Answer, TestServer};

#[actix_web::test]
async fn a_revoked_token_is_inactive_at_introspection() {
    for format in ["jwt", "opaque"] {
        let server = TestServer::start().await;
        let workspace = server.workspace_in("default", &json!({"access_token_format": format})).await;
        let client = workspace.client_of("client_secret_basic").await;
        let (token, kept) = (client.token().await, client.token().await);
        assert_eq!(client.introspect(&token).await.json["active"], true);
        for _ in 0..2 {
            let answer = client.revoke(&token).await.expect(200);
            assert_eq!((answer.body.as_str(), answer.header("cache-control")), ("", "no-store"));
        }
        assert_eq!(client.introspect(&token).await.body, r#"{"active":false}"#);
        assert_eq!(client.introspect(&kept).await.json["active"], true);
        let event = workspace.last_event("token.revoked", "success").await;
        assert_eq!(event["client_id"], json!(client.id));
    }
}

#[actix_web::test]
async fn somebody_elses_token_is_left_alone() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_basic").await;
    let other = workspace.client_of("client_secret_basic").await;
    let token = client.token().await;
    other.revoke(&token).await.refused(400, "unauthorized_client");
    assert_eq!(client.introspect(&token).await.json["active"], true);
    let foreign = server.workspace().await.client_of("client_secret_basic").await;
    foreign.revoke(&token).await.expect(200);
    assert_eq!(client.introspect(&token).await.json["active"], true);
    client.revoke(&token).await.expect(200);
    assert_eq!(client.introspect(&token).await.json["active"], false);
}

#[actix_web::test]
async fn what_is_no_token_is_as_good_as_revoked() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    for nonsense in ["x", "a.b.c", "%00"] {
        client.revoke(nonsense).await.expect(200);
    }
    client.revoke("").await.refused(400, "invalid_request");
    let anonymous = server.http.post(client.workspace.url("/oauth2/revoke")).form(&[("token", "x")]);
    Answer::to(anonymous).await.refused(401, "invalid_client");
    client.revoke(&client.token().await).await.expect(200);
}

#[actix_web::test]
async fn a_public_client_may_revoke_by_name() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("none").await;
    let form = [("token", "x"), ("client_id", client.id.as_str())];
    Answer::to(server.http.post(client.workspace.url("/oauth2/revoke")).form(&form)).await.expect(200);
}

#[actix_web::test]
async fn with_a_refresh_token_goes_all_that_descends_from_the_same_grant() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let (client, thief) = (workspace.relying_party(json!({})).await, workspace.relying_party(json!({})).await);
    let tokens = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
    let (access, refresh) = (tokens.text("access_token"), tokens.text("refresh_token"));
    thief.revoke(&refresh).await.refused(400, "unauthorized_client");
    client.userinfo(&access).await.expect(200);
    client.revoke(&refresh).await.expect(200);
    client.userinfo(&access).await.expect(401);
    client.refresh(&refresh, &[]).await.refused(400, "invalid_grant");
    client.revoke(&refresh).await.expect(200);
    client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
}
