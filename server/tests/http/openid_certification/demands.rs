//! Basic OP: what the person must be shown, and what not (OpenID Connect Core §3.1.2.1).

use super::{Suite, redeem, refused};
use crate::harness::TestServer;

/// What an application may be told when nothing may be shown (OpenID Connect Core §3.1.2.6).
const NEEDS_A_PAGE: [&str; 4] =
    ["interaction_required", "login_required", "account_selection_required", "consent_required"];

/// `oidcc-prompt-login`.
#[actix_web::test]
async fn prompt_login_asks_again_and_the_sign_in_is_a_later_one() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let first = suite.id_token(&suite.signs_in(&[]).await).await;
    server.clock.advance_secs(1);
    let page = suite.opens(&[("prompt", "login")]).await;
    assert!(page.form().action.ends_with("/login"), "{}", page.form().action);
    let second = suite.id_token(&suite.signs_in(&[("prompt", "login")]).await).await;
    assert_eq!(second["sub"], first["sub"]);
    assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64(), "{second}");
}

/// `oidcc-prompt-none-not-logged-in`.
#[actix_web::test]
async fn prompt_none_is_an_error_where_nobody_is_signed_in() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    refused(&suite.opens(&[("prompt", "none")]).await, &suite.workspace.issuer(), &NEEDS_A_PAGE);
}

/// `oidcc-prompt-none-logged-in` and `oidcc-id-token-hint`.
#[actix_web::test]
async fn prompt_none_answers_at_once_where_somebody_is_with_a_hint_or_without() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let tokens = suite.signs_in(&[]).await;
    let first = suite.id_token(&tokens).await;
    let hint = tokens.text("id_token");
    for more in [vec![("prompt", "none")], vec![("prompt", "none"), ("id_token_hint", &*hint)]] {
        server.clock.advance_secs(2);
        let code = suite.opens(&more).await.parameter("code").unwrap();
        let again = suite.id_token(&redeem(&suite.client, &code).await.expect(200)).await;
        assert_eq!((&again["sub"], &again["auth_time"]), (&first["sub"], &first["auth_time"]));
    }
}

/// `oidcc-max-age-1`.
#[actix_web::test]
async fn max_age_1_asks_again_after_two_seconds_and_says_when() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let first = suite.id_token(&suite.signs_in(&[]).await).await;
    server.clock.advance_secs(2);
    let page = suite.opens(&[("max_age", "1")]).await;
    assert!(page.form().action.ends_with("/login"), "{}", page.form().action);
    let second = suite.id_token(&suite.signs_in(&[("max_age", "1")]).await).await;
    assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64(), "{second}");
    assert_eq!(second["auth_time"], server.clock.now().as_secs());
}

/// `oidcc-max-age-10000`.
#[actix_web::test]
async fn max_age_10000_is_kept_by_the_sign_in_that_there_is() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let first = suite.id_token(&suite.signs_in(&[]).await).await;
    server.clock.advance_secs(2);
    let code = suite.opens(&[("max_age", "10000")]).await.parameter("code").unwrap();
    let second = suite.id_token(&redeem(&suite.client, &code).await.expect(200)).await;
    assert_eq!((&second["sub"], &second["auth_time"]), (&first["sub"], &first["auth_time"]));
}
