//! Signing out by the application (OpenID Connect RP-Initiated Logout 1.0).

use cardea_e2e::JavaScript;
use openidconnect::{OAuth2TokenResponse as _, TokenResponse as _};

use crate::stage::{Stage, stage};

#[tokio::test]
async fn the_application_signs_somebody_out_and_gets_them_back() {
    sign_out(&stage(JavaScript::On).await).await;
}

#[tokio::test]
async fn the_application_signs_somebody_out_and_gets_them_back_without_javascript() {
    sign_out(&stage(JavaScript::Off).await).await;
}

async fn sign_out(stage: &Stage) {
    let (browser, shop) = (&stage.browser, &stage.shop);
    let ada = stage.first_sign_in().await;
    let logout = shop.logout(ada.tokens.id_token().unwrap(), "until then");
    browser.open(&logout).await;
    let told = shop.callback.next().await;
    assert_eq!((told.path.as_str(), told.param("state")), ("/bye", Some("until then")));
    browser.arrives(&shop.callback.url("/bye")).await;
    assert_eq!(stage.silent_error().await, "login_required");
    let refused = shop.try_refresh(ada.tokens.refresh_token().unwrap()).await.unwrap_err();
    assert!(refused.contains("invalid_grant"), "{refused}");

    // Who is gone already comes back all the same.
    browser.open(&logout).await;
    assert_eq!(shop.callback.next().await.path, "/bye");
    browser.had_no_complaint().await;
}

#[tokio::test]
async fn without_a_hint_the_person_is_asked() {
    asked(&stage(JavaScript::On).await).await;
}

#[tokio::test]
async fn without_a_hint_the_person_is_asked_without_javascript() {
    asked(&stage(JavaScript::Off).await).await;
}

async fn asked(stage: &Stage) {
    let (browser, shop) = (&stage.browser, &stage.shop);
    stage.first_sign_in().await;
    let (endpoint, bye) = (format!("{}/oidc/logout", stage.workspace.issuer), shop.callback.url("/bye"));
    browser.open(format!("{endpoint}?client_id={}&post_logout_redirect_uri={bye}", shop.client_id)).await;
    assert!(browser.shows("main").await.contains("Shop"), "who asks for it is named");
    browser.click("sign-out").await;
    assert_eq!(shop.callback.next().await.path, "/bye");
    assert_eq!(stage.silent_error().await, "login_required");
    browser.had_no_complaint().await;
}

#[tokio::test]
async fn who_is_asked_may_stay() {
    let stage = stage(JavaScript::On).await;
    let (browser, shop) = (&stage.browser, &stage.shop);
    stage.first_sign_in().await;
    browser.open(format!("{}/oidc/logout", stage.workspace.issuer)).await;
    browser.click("stay").await;
    let silent = shop.request(&[], &[("prompt", "none")]);
    stage.send(&silent).await;
    shop.signed_in(&silent).await;
    browser.had_no_complaint().await;
}
