//! Basic OP: codes that are shown twice, and refresh tokens.

use super::{Suite, asks, redeem};
use crate::harness::TestServer;
use crate::harness::browser::Browser;
use serde_json::json;

/// `oidcc-codereuse`.
#[actix_web::test]
async fn a_code_shown_twice_is_refused() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let code = suite.goes_through(&[]).await.parameter("code").unwrap();
    redeem(&suite.client, &code).await.expect(200);
    let refused = redeem(&suite.client, &code).await.refused(400, "invalid_grant");
    assert!(!refused.text("error_description").contains(['\r', '\n', '\t']));
    suite.signs_in(&[]).await;
}

/// `oidcc-codereuse-30seconds`.
#[actix_web::test]
async fn a_code_shown_again_after_half_a_minute_takes_the_tokens_with_it() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let code = suite.goes_through(&[]).await.parameter("code").unwrap();
    let tokens = redeem(&suite.client, &code).await.expect(200);
    server.clock.advance_secs(30);
    suite.client.userinfo(&tokens.text("access_token")).await.expect(200);
    redeem(&suite.client, &code).await.refused(400, "invalid_grant");
    let dead = suite.client.userinfo(&tokens.text("access_token")).await.expect(401);
    assert!(dead.header("www-authenticate").contains("error=\"invalid_token\""));
    suite.signs_in(&[]).await;
}

/// `oidcc-refresh-token`.
#[actix_web::test]
async fn a_refresh_token_gives_what_the_first_tokens_were_and_to_its_own_client_alone() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    // They ask for consent each time (OpenID Connect Core §11).
    let asked = [("scope", "openid offline_access"), ("prompt", "consent")];
    let tokens = suite.signs_in(&asked).await;
    server.clock.advance_secs(1);
    let first = suite.id_token(&tokens).await;
    let refreshed =
        suite.client.refresh(&tokens.text("refresh_token"), &[("scope", "openid offline_access")]).await.expect(200);
    let second = suite.id_token(&refreshed).await;
    for same in ["iss", "sub", "aud", "auth_time"] {
        assert_eq!(second[same], first[same], "{same}");
    }
    assert!(second["iat"].as_i64() > first["iat"].as_i64() && second.get("azp").is_none(), "{second}");
    assert_ne!(refreshed.text("access_token"), tokens.text("access_token"));
    suite.client.userinfo(&refreshed.text("access_token")).await.expect(200);

    let other = suite.workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let end = other.through(&browser, "ada", &asks(&other, &asked)).await;
    let theirs = redeem(&other, &end.parameter("code").unwrap()).await.expect(200).text("refresh_token");
    let theirs = other.refresh(&theirs, &[]).await.expect(200).text("refresh_token");
    suite.client.refresh(&theirs, &[("scope", "openid offline_access")]).await.refused(400, "invalid_grant");
    other.refresh(&theirs, &[]).await.expect(200);
}
