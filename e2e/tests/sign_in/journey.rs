//! The whole way: who are you, do you agree, a code, tokens, claims, new tokens, and another application.

use cardea_e2e::people::PASSWORD;
use cardea_e2e::{JavaScript, RelyingParty};
use openidconnect::{OAuth2TokenResponse as _, TokenResponse as _};
use serde_json::json;

use crate::stage::{Stage, stage};

#[tokio::test]
async fn somebody_signs_in_agrees_and_the_application_knows_who_it_is() {
    whole_journey(&stage(JavaScript::On).await).await;
}

#[tokio::test]
async fn somebody_signs_in_agrees_and_the_application_knows_who_it_is_without_javascript() {
    whole_journey(&stage(JavaScript::Off).await).await;
}

async fn whole_journey(stage: &Stage) {
    let (browser, shop) = (&stage.browser, &stage.shop);
    let request = shop.request(&["profile", "email", "offline_access"], &[]);
    stage.send(&request).await;
    assert!(browser.shows("main").await.contains("Shop"), "the application is named");
    browser.sign_in("ada", "not the password").await;
    assert!(!browser.shows("#error").await.is_empty());
    browser.was_refused(422).await;
    browser.sign_in("ada", PASSWORD).await;
    let consent = browser.shows("main").await;
    assert!(consent.contains("Shop") && consent.contains("e-mail"), "{consent}");
    browser.click("allow").await;
    let ada = shop.signed_in(&request).await;
    browser.arrives(&shop.callback.url("/callback")).await;
    assert_eq!(ada.claims.subject().as_str(), stage.ada);
    assert!(ada.claims.auth_time().is_some());

    let info = shop.userinfo(&ada).await;
    assert_eq!(info.email().unwrap().as_str(), "ada@example.com");
    assert_eq!(info.email_verified(), Some(true));
    assert_eq!(info.name().unwrap().get(None).unwrap().as_str(), "Some Body");

    let refreshed = shop.refresh(&ada).await;
    assert_ne!(refreshed.tokens.access_token().secret(), ada.tokens.access_token().secret());
    assert_ne!(refreshed.tokens.refresh_token().unwrap().secret(), ada.tokens.refresh_token().unwrap().secret());
    assert_eq!(shop.userinfo(&refreshed).await.subject(), ada.claims.subject());

    // Known and agreed: the next time nothing is shown.
    let again = shop.request(&["email"], &[]);
    stage.send(&again).await;
    assert_eq!(shop.signed_in(&again).await.claims.subject(), ada.claims.subject());

    // Another application: known, and not agreed yet.
    let library = RelyingParty::register(&stage.admin, &stage.workspace, json!({"client_name": "Library"})).await;
    let request = library.request(&[], &[]);
    stage.send(&request).await;
    assert!(browser.shows("main").await.contains("Library"));
    browser.click("allow").await;
    let there = library.signed_in(&request).await;
    assert_eq!(there.claims.subject(), ada.claims.subject());
    assert_eq!(there.claims.auth_time(), ada.claims.auth_time(), "one sign-in for both");
    browser.had_no_complaint().await;
}

#[tokio::test]
async fn who_does_not_agree_or_sign_in_is_sent_back_with_access_denied() {
    who_declines(&stage(JavaScript::On).await).await;
}

#[tokio::test]
async fn who_does_not_agree_or_sign_in_is_sent_back_with_access_denied_without_javascript() {
    who_declines(&stage(JavaScript::Off).await).await;
}

async fn who_declines(stage: &Stage) {
    let (browser, shop) = (&stage.browser, &stage.shop);
    let request = shop.request(&[], &[]);
    stage.send(&request).await;
    browser.click("cancel").await;
    assert_eq!(shop.error(&request).await, "access_denied");
    let request = shop.request(&[], &[]);
    stage.send(&request).await;
    browser.sign_in("ada", PASSWORD).await;
    browser.click("deny").await;
    assert_eq!(shop.error(&request).await, "access_denied");
    browser.arrives(&shop.callback.url("/callback")).await;

    let request = shop.request(&[], &[]);
    stage.send(&request).await;
    browser.click("allow").await;
    shop.signed_in(&request).await;
    browser.had_no_complaint().await;
}

/// A library that fetches the keys once, when the application starts, has to know the one that signs.
#[tokio::test]
async fn the_first_id_token_is_signed_by_a_key_that_was_published_before() {
    let stage = stage(JavaScript::On).await;
    let id_token = stage.first_sign_in().await.tokens.id_token().unwrap().to_string();
    let key = jsonwebtoken::decode_header(&id_token).unwrap().kid.unwrap();
    let known = stage.shop.known_keys();
    assert!(known.contains(&key), "{key} is not one of {known:?}");
}
