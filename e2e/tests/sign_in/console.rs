//! What watches over the other tests: a browser that tells of pages which break their own policy, and runs scripts or not.

use cardea_e2e::relying_party::Callback;
use cardea_e2e::{Browser, JavaScript};

#[tokio::test]
async fn a_page_that_breaks_its_policy_is_told_of() {
    let browser = Browser::start(JavaScript::On).await;
    let elsewhere = Callback::listen().await;
    browser.open(elsewhere.url("/")).await;
    browser.shows("#shop").await;
    browser.had_no_complaint().await;
    browser.open(elsewhere.url("/disobedient")).await;
    browser.shows("#shop").await;
    let complaints = browser.complaints().await;
    assert!(complaints.iter().any(|told| told.contains("Content Security Policy")), "{complaints:?}");
}

#[tokio::test]
async fn javascript_is_on_or_off() {
    for (javascript, ran) in [(JavaScript::On, true), (JavaScript::Off, false)] {
        let browser = Browser::start(javascript).await;
        browser
            .open("data:text/html,<p id=before></p><script>document.write('<p id=ran></p>')</script><p id=after>")
            .await;
        browser.shows("#after").await;
        assert_eq!(browser.has("#ran").await, ran, "{javascript:?}");
    }
}

#[tokio::test]
async fn a_page_with_a_barrier_is_told_of() {
    let browser = Browser::start(JavaScript::On).await;
    let elsewhere = Callback::listen().await;
    browser.open("data:text/html,<html lang=en><title>x</title><main><h1 id=shop>x</h1><input></main>").await;
    browser.shows("#shop").await;
    let barriers = browser.barriers().await;
    assert!(barriers.iter().any(|barrier| barrier.starts_with("label:")), "{barriers:?}");
    // Nor does a policy keep axe from looking.
    browser.open(elsewhere.url("/disobedient")).await;
    assert!(!browser.barriers().await.is_empty());
}
