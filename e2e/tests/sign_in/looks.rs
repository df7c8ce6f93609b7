//! The pages as somebody sees them who cannot see, or has a narrow telephone at night: the rules of axe, and no scrolling sideways.

use cardea_e2e::people::PASSWORD;
use cardea_e2e::{Browser, JavaScript};

use crate::stage::{Stage, stage};

#[tokio::test]
async fn no_page_has_a_barrier_that_axe_finds() {
    every_page(&stage(JavaScript::On).await).await;
}

#[tokio::test]
async fn no_page_has_a_barrier_that_axe_finds_on_a_narrow_telephone_at_night() {
    let stage = stage(JavaScript::On).await;
    stage.browser.be_narrow_and_dark().await;
    every_page(&stage).await;
}

async fn every_page(stage: &Stage) {
    let (browser, shop) = (&stage.browser, &stage.shop);
    let request = shop.request(&["profile", "email", "offline_access"], &[]);
    stage.send(&request).await;
    is_for_everybody(browser, "sign-in").await;
    browser.sign_in("ada", "not the password").await;
    is_for_everybody(browser, "sign-in after a wrong password").await;
    browser.was_refused(422).await;
    browser.sign_in("ada", PASSWORD).await;
    is_for_everybody(browser, "consent").await;
    browser.click("allow").await;
    shop.signed_in(&request).await;

    stage.send(&shop.request(&[], &[("prompt", "select_account")])).await;
    is_for_everybody(browser, "choice of an account").await;
    browser.open(format!("{}/account", stage.workspace.issuer)).await;
    browser.shows("#withdraw-1").await;
    is_for_everybody(browser, "account").await;
    for (id, text) in [("current_password", "not it"), ("password", "another one"), ("password_again", "another one")] {
        browser.fill(id, text).await;
    }
    browser.click("change-password").await;
    browser.shows("#error").await;
    is_for_everybody(browser, "account after a wrong password").await;
    browser.was_refused(422).await;
    let endpoint = format!("{}/oidc/logout", stage.workspace.issuer);
    browser.open(&endpoint).await;
    is_for_everybody(browser, "sign-out").await;
    browser.click("sign-out").await;
    is_for_everybody(browser, "signed out").await;
    browser.had_no_complaint().await;
    browser.open(format!("{}/oauth2/authorize?client_id=nobody", stage.workspace.issuer)).await;
    is_for_everybody(browser, "error").await;
    browser.was_refused(400).await;
}

async fn is_for_everybody(browser: &Browser, page: &str) {
    browser.shows("main").await;
    let barriers = browser.barriers().await;
    assert!(barriers.is_empty(), "{page}: {barriers:#?}");
    let sideways = browser.evaluate("return document.documentElement.scrollWidth > window.innerWidth").await;
    assert_eq!(sideways, false, "{page} scrolls sideways");
}
