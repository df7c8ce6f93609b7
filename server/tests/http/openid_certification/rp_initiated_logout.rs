//! RP-Initiated OP: `oidcc-rp-initiated-logout` and its variants (OpenID Connect RP-Initiated Logout 1.0 §2, §3).

use serde_json::json;
use url::Url;

use super::{BYE, STATE, Suite, part, refused};
use crate::harness::browser::Shown;
use crate::harness::{KeyPair, TestServer};

/// What they leave out or change of a good request; an empty value leaves one out.
fn logout(suite: &Suite<'_>, id_token: &str, changed: &[(&str, &str)]) -> String {
    let good = [("id_token_hint", id_token), ("post_logout_redirect_uri", BYE), ("state", STATE)];
    let kept = good.iter().filter(|(name, _)| changed.iter().all(|(own, _)| own != name));
    let params = kept.chain(changed).filter(|(_, value)| !value.is_empty());
    Url::parse_with_params(&suite.workspace.url("/oidc/logout"), params).unwrap().into()
}

async fn signed_in(suite: &Suite<'_>) -> String {
    suite.signs_in(&[]).await.text("id_token")
}

async fn is_signed_out(suite: &Suite<'_>) {
    let end = suite.opens(&[("prompt", "none")]).await;
    refused(&end, &suite.workspace.issuer(), &["login_required"]);
}

async fn is_still_signed_in(suite: &Suite<'_>) {
    assert!(suite.opens(&[("prompt", "none")]).await.parameter("code").is_some());
}

/// A page, which leads nowhere by itself.
#[track_caller]
fn page(shown: &Shown, status: u16, says: &str) {
    assert_eq!(shown.answer.status, status, "{}", shown.answer.body);
    assert!(shown.answer.headers.get("location").is_none());
    assert!(shown.says(says) && !shown.says("http-equiv"), "{}", shown.answer.body);
}

/// `oidcc-rp-initiated-logout` and `oidcc-rp-initiated-logout-no-state`.
#[actix_web::test]
async fn the_hint_signs_out_and_the_way_back_has_the_state_and_nothing_else() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    for (changed, state) in [(vec![], Some(STATE)), (vec![("state", "")], None)] {
        let id_token = signed_in(&suite).await;
        // A hint is as good when it has expired.
        server.clock.advance_secs(3_601);
        let gone = suite.browser.open(&logout(&suite, &id_token, &changed)).await;
        super::said_goodbye(&gone, state);
        is_signed_out(&suite).await;
    }
}

/// `oidcc-rp-initiated-logout-bad-post-logout-redirect-uri` and `…-query-added-to-post-logout-redirect-uri`.
#[actix_web::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let id_token = signed_in(&suite).await;
    for uri in ["https://client.example.com/post_logout_redirect/other", &format!("{BYE}?foo=bar")] {
        let asked = logout(&suite, &id_token, &[("post_logout_redirect_uri", uri)]);
        page(&suite.browser.open(&asked).await, 400, "post_logout_redirect_uri");
        is_still_signed_in(&suite).await;
    }
    suite.browser.open(&logout(&suite, &id_token, &[])).await.location();
}

/// `oidcc-rp-initiated-logout-modified-id-token-hint` (its algorithm is `none`) and `…-bad-id-token-hint` (signed by somebody else).
#[actix_web::test]
async fn a_hint_that_is_not_ours_signs_nobody_out() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let id_token = signed_in(&suite).await;
    let payload = id_token.split('.').nth(1).unwrap();
    let encoded = |header: &serde_json::Value| {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(header.to_string())
    };
    let own_key = KeyPair::generate(cardea_protocol::SigningAlg::RS256);
    let by_others = crate::harness::Assertion::new(&own_key, &suite.client.id, &suite.workspace.issuer(), 0);
    let mut hints = vec![
        format!("{}.{payload}.", encoded(&json!({"alg": "none"}))),
        format!("{}.{payload}.", encoded(&json!({"alg": "none", "kid": part(&id_token, 0)["kid"]}))),
        by_others.sign(&own_key),
    ];
    hints.push(format!("{}x", &id_token[..id_token.len() - 4]));
    for hint in &hints {
        page(&suite.browser.open(&logout(&suite, hint, &[])).await, 400, "id_token_hint");
        is_still_signed_in(&suite).await;
    }
    suite.browser.open(&logout(&suite, &id_token, &[])).await.location();
}

/// `oidcc-rp-initiated-logout-no-id-token-hint`.
#[actix_web::test]
async fn without_a_hint_nobody_is_sent_back_unasked() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let id_token = signed_in(&suite).await;
    let unnamed = logout(&suite, "", &[("id_token_hint", "")]);
    page(&suite.browser.open(&unnamed).await, 400, "post_logout_redirect_uri");
    let named = logout(&suite, "", &[("id_token_hint", ""), ("client_id", &suite.client.id)]);
    page(&suite.browser.open(&named).await, 200, "id=\"sign-out\"");
    is_still_signed_in(&suite).await;
    suite.browser.open(&logout(&suite, &id_token, &[])).await.location();
}

/// `oidcc-rp-initiated-logout-no-params` and `…-only-state`.
#[actix_web::test]
async fn with_nothing_that_says_who_asks_the_person_decides() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    for state in ["", STATE] {
        signed_in(&suite).await;
        let asked = logout(&suite, "", &[("id_token_hint", ""), ("post_logout_redirect_uri", ""), ("state", state)]);
        let asked = suite.browser.open(&asked).await;
        page(&asked, 200, "id=\"sign-out\"");
        is_still_signed_in(&suite).await;
        let done = suite.browser.send(&asked.form(), &[("action", "sign-out")]).await;
        page(&done, 200, "You are signed out");
        is_signed_out(&suite).await;
    }
}

/// `oidcc-rp-initiated-logout-no-post-logout-redirect-uri`.
#[actix_web::test]
async fn without_an_address_the_way_ends_on_a_page() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let id_token = signed_in(&suite).await;
    let done = suite.browser.open(&logout(&suite, &id_token, &[("post_logout_redirect_uri", "")])).await;
    page(&done, 200, "You are signed out");
    is_signed_out(&suite).await;
}
