//! Back-Channel OP: `oidcc-backchannel-rp-initiated-logout` (OpenID Connect Back-Channel Logout 1.0 §2.4, §2.5).

use serde_json::json;
use url::Url;

use super::{BYE, STATE, Suite, part, refused, verified};
use crate::harness::TestServer;
use crate::harness::key_server::ALLOW_LOOPBACK;
use crate::harness::logout_listener::LogoutListener;

#[actix_web::test]
async fn the_client_hears_of_the_end_beside_the_browser() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let listener = LogoutListener::start(200);
    let more = json!({"backchannel_logout_uri": listener.url, "backchannel_logout_session_required": true});
    let suite = Suite::with(&server, more).await;
    let tokens = suite.signs_in(&[]).await;
    let (id_token, hint) = (suite.id_token(&tokens).await, tokens.text("id_token"));
    let params = [("id_token_hint", &*hint), ("post_logout_redirect_uri", BYE), ("state", STATE)];
    let logout = Url::parse_with_params(&suite.workspace.url("/oidc/logout"), params).unwrap();
    let gone = suite.browser.open(logout.as_str()).await;
    super::said_goodbye(&gone, Some(STATE));
    cardea::logout_delivery::deliver_due(&server.app).await.unwrap();

    let [heard] = &listener.heard()[..] else { panic!("{:?}", listener.heard()) };
    assert_eq!(heard.content_type, "application/x-www-form-urlencoded");
    let token = heard.body.strip_prefix("logout_token=").unwrap();
    assert!(!token.contains('&'), "nothing beside it");
    let header = part(token, 0);
    assert_eq!((&header["typ"], &header["alg"]), (&json!("logout+jwt"), &part(&hint, 0)["alg"]));
    assert!(header["kid"].is_string(), "{header}");
    // Issuer, audience and signature, as for an ID token.
    let claims = verified(&suite.client, token).await;
    for same in ["sub", "sid", "aud"] {
        assert_eq!(claims[same], id_token[same], "{same}");
    }
    assert_eq!(claims["events"], json!({"http://schemas.openid.net/event/backchannel-logout": {}}));
    let now = server.clock.now().as_secs();
    assert_eq!(claims["iat"], now);
    assert!(claims["exp"].as_i64().unwrap() > now && claims["exp"].as_i64().unwrap() <= now + 120, "{claims}");
    assert!(claims["jti"].as_str().is_some_and(|jti| jti.len() >= 16));
    assert!(claims.get("nonce").is_none());
    refused(&suite.opens(&[("prompt", "none")]).await, &suite.workspace.issuer(), &["login_required"]);
}

/// A client that answers 400 has not taken it (§2.8), and is asked again; the person is signed out all the same.
#[actix_web::test]
async fn a_client_that_refuses_keeps_nobody_signed_in() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let listener = LogoutListener::start(400);
    let suite = Suite::with(&server, json!({"backchannel_logout_uri": listener.url})).await;
    let hint = suite.signs_in(&[]).await.text("id_token");
    let logout = format!("{}?id_token_hint={hint}", suite.workspace.url("/oidc/logout"));
    suite.browser.open(&logout).await.answer.expect(200);
    cardea::logout_delivery::deliver_due(&server.app).await.unwrap();
    refused(&suite.opens(&[("prompt", "none")]).await, &suite.workspace.issuer(), &["login_required"]);
    listener.answers(200);
    server.clock.advance_secs(10);
    cardea::logout_delivery::deliver_due(&server.app).await.unwrap();
    let [first, second] = &listener.heard()[..] else { panic!("{:?}", listener.heard()) };
    let jti = |body: &str| part(body.strip_prefix("logout_token=").unwrap(), 1)["jti"].clone();
    assert_ne!(jti(&first.body), jti(&second.body), "a token of its own for each attempt");
}
