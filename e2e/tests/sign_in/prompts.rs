//! What an application demands to be shown (OpenID Connect Core §3.1.2.1): `prompt` and `max_age`.

use cardea_e2e::JavaScript;
use cardea_e2e::people::PASSWORD;

use crate::stage::{Stage, stage};

#[tokio::test]
async fn a_prompt_shows_what_it_asks_for_and_none_shows_nothing() {
    prompts(&stage(JavaScript::On).await).await;
}

#[tokio::test]
async fn a_prompt_shows_what_it_asks_for_and_none_shows_nothing_without_javascript() {
    prompts(&stage(JavaScript::Off).await).await;
}

async fn prompts(stage: &Stage) {
    let (browser, shop) = (&stage.browser, &stage.shop);
    assert_eq!(stage.silent_error().await, "login_required");
    let first = stage.first_sign_in().await;
    let silent = shop.request(&[], &[("prompt", "none")]);
    stage.send(&silent).await;
    assert_eq!(shop.signed_in(&silent).await.claims.auth_time(), first.claims.auth_time());
    let more = shop.request(&["email"], &[("prompt", "none")]);
    stage.send(&more).await;
    assert_eq!(shop.error(&more).await, "consent_required");

    // Signed in, and asked all the same; a wrong password does not go on as who was there before.
    let login = shop.request(&[], &[("prompt", "login")]);
    stage.send(&login).await;
    browser.sign_in("ada", "not the password").await;
    browser.shows("#error").await;
    browser.was_refused(422).await;
    browser.sign_in("ada", PASSWORD).await;
    let later = shop.signed_in(&login).await;
    assert!(later.claims.auth_time() >= first.claims.auth_time());

    let consent = shop.request(&[], &[("prompt", "consent")]);
    stage.send(&consent).await;
    browser.click("allow").await;
    assert_eq!(shop.signed_in(&consent).await.claims.auth_time(), later.claims.auth_time());

    let select = shop.request(&[], &[("prompt", "select_account")]);
    stage.send(&select).await;
    assert!(browser.shows("#continue").await.contains("ada"));
    browser.click("continue").await;
    assert_eq!(shop.signed_in(&select).await.claims.auth_time(), later.claims.auth_time());

    let fresh = shop.request(&[], &[("max_age", "0")]);
    stage.send(&fresh).await;
    browser.sign_in("ada", PASSWORD).await;
    assert!(shop.signed_in(&fresh).await.claims.auth_time() >= later.claims.auth_time());
    browser.had_no_complaint().await;
}

#[tokio::test]
async fn somebody_else_signs_in_from_the_consent_page() {
    let stage = stage(JavaScript::On).await;
    let (browser, shop) = (&stage.browser, &stage.shop);
    let grace = stage.workspace.person(&stage.admin, "grace").await;
    let request = shop.request(&[], &[]);
    stage.send(&request).await;
    browser.sign_in("ada", PASSWORD).await;
    browser.click("switch").await;
    browser.sign_in("grace", PASSWORD).await;
    assert!(browser.shows("main").await.contains("grace"));
    browser.click("allow").await;
    assert_eq!(shop.signed_in(&request).await.claims.subject().as_str(), grace);
    browser.had_no_complaint().await;
}
