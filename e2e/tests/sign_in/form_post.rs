//! Answers by form (OAuth 2.0 Form Post Response Mode): by themselves, or by a button where there is no JavaScript.

use cardea_e2e::JavaScript;
use cardea_e2e::people::PASSWORD;

use crate::stage::{Stage, stage};

const BY_FORM: (&str, &str) = ("response_mode", "form_post");

#[tokio::test]
async fn an_answer_by_form_sends_itself() {
    let stage = stage(JavaScript::On).await;
    by_form(&stage, async || {}).await;
}

#[tokio::test]
async fn an_answer_by_form_is_sent_by_a_button_without_javascript() {
    let stage = stage(JavaScript::Off).await;
    by_form(&stage, async || stage.browser.click("continue").await).await;
}

/// Both ways for an answer: a code, and an error.
async fn by_form(stage: &Stage, send: impl AsyncFn()) {
    let (browser, shop) = (&stage.browser, &stage.shop);
    let request = shop.request(&[], &[BY_FORM]);
    stage.send(&request).await;
    browser.sign_in("ada", PASSWORD).await;
    browser.click("allow").await;
    send().await;
    let ada = shop.signed_in(&request).await;
    assert_eq!(ada.claims.subject().as_str(), stage.ada);
    assert_eq!(browser.arrives(&shop.callback.url("/callback")).await.query(), None);

    let refused = shop.request(&["email"], &[BY_FORM, ("prompt", "none")]);
    stage.send(&refused).await;
    send().await;
    let told = shop.answer(&refused).await;
    assert_eq!(told.method, "POST");
    assert_eq!(told.param("error"), Some("consent_required"));

    // Nothing to show before it: from one page of the application to the next.
    let again = shop.request(&[], &[BY_FORM]);
    stage.send(&again).await;
    send().await;
    shop.signed_in(&again).await;
    browser.had_no_complaint().await;
}

#[tokio::test]
async fn the_page_with_the_form_says_where_it_leads() {
    let stage = stage(JavaScript::Off).await;
    stage.first_sign_in().await;
    stage.send(&stage.shop.request(&[], &[BY_FORM])).await;
    let page = stage.browser.shows("main").await;
    assert!(page.contains("Shop"), "{page}");
}

#[tokio::test]
async fn the_page_with_an_error_in_the_form_says_where_it_leads() {
    let stage = stage(JavaScript::Off).await;
    stage.send(&stage.shop.request(&[], &[BY_FORM, ("prompt", "none")])).await;
    let page = stage.browser.shows("main").await;
    assert!(page.contains("Shop"), "{page}");
}
