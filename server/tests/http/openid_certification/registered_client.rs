//! The same plans with `client_registration=dynamic_client`: their client registers itself with an initial access token, and goes when
//! the module is done (RFC 7591, RFC 7592). What a client of theirs says of itself is here.

use serde_json::json;

use super::{BYE, CALLBACK, Suite, asks, everything_of_ada, part, redeem};
use crate::harness::TestServer;
use crate::harness::browser::Browser;

#[actix_web::test]
async fn a_client_that_registers_itself_signs_somebody_in_and_goes() {
    let server = TestServer::start().await;
    let settings = json!({"registration": "initial_access_token", "require_pkce": "public_clients"});
    let workspace = server.workspace_in("default", &settings).await;
    everything_of_ada(&workspace).await;
    let theirs = json!({
        "client_name": "OIDF Conformance Test", "contacts": ["certification@oidf.org"],
        "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
        "redirect_uris": [CALLBACK], "post_logout_redirect_uris": [BYE], "token_endpoint_auth_method": "client_secret_basic",
        "id_token_signed_response_alg": "RS256",
    });
    let registered = workspace.registered(&theirs).await;
    assert!(registered.told["client_secret"].is_string() && registered.told["client_secret_expires_at"].is_u64());
    let browser = Browser::new(&server);
    let end = registered.client.through(&browser, "ada", &asks(&registered.client, &[("scope", "openid email")])).await;
    let tokens = redeem(&registered.client, &end.parameter("code").unwrap()).await.expect(200);
    assert_eq!(part(&tokens.text("id_token"), 0)["alg"], "RS256");
    let info = registered.client.userinfo(&tokens.text("access_token")).await.expect(200);
    assert_eq!(info.json["email"], "ada@example.com");
    registered.ask("DELETE", &registered.token, None).await.expect(204);
    let page = browser.open(&asks(&registered.client, &[])).await;
    assert_eq!(page.answer.status, 400, "the client is gone");
}

/// `oidcc-idtoken-unsigned`: skipped, for `none` is not published; nor is it registered.
#[actix_web::test]
async fn id_tokens_are_signed_whatever_a_client_asks() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let token = workspace.initial_access_token(json!({})).await;
    let unsigned = json!({"redirect_uris": [CALLBACK], "id_token_signed_response_alg": "none"});
    workspace.register(&token, &unsigned).await.refused(400, "invalid_client_metadata");
    workspace.register(&token, &json!({"redirect_uris": [CALLBACK]})).await.expect(201);
    Suite::start(&server).await.signs_in(&[]).await;
}
