//! The page where codes are typed (RFC 8628 §3.3, §5.1, §5.4).

use serde_json::json;

use super::television;
use crate::harness::browser::{Browser, Form, Shown};
use crate::harness::people::PASSWORD;
use crate::harness::{Answer, TestServer};

#[actix_web::test]
async fn a_link_fills_the_code_in_and_no_address_lets_a_device_in() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let (codes, others) = (client.codes("openid").await, client.codes("openid").await);
    let browser = Browser::new(&server);
    assert!(client.decide(&browser, "ada", &others.user_code, "confirm").await.says("Device connected"));

    let page = browser.open(&codes.link).await;
    assert!(page.says(&format!("value=\"{}\"", codes.user_code)), "{}", page.answer.body);
    assert!(!page.says("Television"), "a link does not even tell whether there is such a code");
    let form = client.confirmation(&browser, "ada", &codes.user_code).await.form();
    let field = |name: &str| form.fields.iter().find(|(own, _)| own == name).unwrap().1.clone();
    for query in [
        format!("user_code={}&action=confirm", codes.user_code),
        format!("request={}&csrf={}&action=confirm", field("request"), field("csrf")),
        format!("user_code={}&begun={}&action=confirm&csrf={0}", codes.user_code, field("csrf")),
    ] {
        browser.open(&format!("{}?{query}", workspace.url("/device"))).await;
        browser.open(&format!("{}?{query}", workspace.url("/device/done"))).await;
    }
    client.poll(&codes.device_code).await.refused(400, "authorization_pending");
    browser.send(&form, &[("action", "confirm")]).await.location();
    client.poll(&codes.device_code).await.expect(200);
}

/// Lets the device in by `form`, sent from a page of `origin`.
async fn confirm_from(origin: &str, browser: &Browser<'_>, server: &TestServer, form: &Form) -> u16 {
    let (id, session) = (browser.cookie("cardea-browser").unwrap(), browser.cookie("cardea-session").unwrap());
    let cookies = format!("cardea-browser={id}; cardea-session-default={session}");
    let fields = form.fields.iter().map(|(name, value)| (&**name, &**value)).chain([("action", "confirm")]);
    let request = server.http.post(&form.action).header("origin", origin).header("cookie", cookies);
    Answer::to(request.form(&fields.collect::<Vec<_>>())).await.status
}

#[actix_web::test]
async fn a_form_counts_in_the_browser_it_was_shown_in_for_the_device_it_names() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let (codes, others) = (client.codes("openid").await, client.codes("openid").await);
    let (browser, victim) = (Browser::new(&server), Browser::new(&server));
    let form = client.confirmation(&browser, "ada", &codes.user_code).await.form();
    client.confirmation(&victim, "ada", &others.user_code).await.form();
    let confirmed = |shown: &Shown| shown.answer.status == 303;
    assert!(!confirmed(&victim.send(&form, &[("action", "confirm")]).await), "another browser's form");
    assert!(!confirmed(&browser.send(&form, &[("action", "confirm"), ("csrf", "")]).await));
    let swapped = format!("user_code={}", others.user_code.replace('-', ""));
    assert!(!confirmed(&browser.send(&form, &[("action", "confirm"), ("request", &swapped)]).await));
    assert_eq!(confirm_from("https://evil.example", &browser, &server, &form).await, 422);
    let bare = browser.open(&workspace.url("/device")).await.form();
    let stale = browser.send(&bare, &[("user_code", &codes.user_code), ("csrf", "x")]).await;
    assert_eq!(stale.answer.status, 422);
    client.poll(&codes.device_code).await.refused(400, "authorization_pending");
    client.poll(&others.device_code).await.refused(400, "authorization_pending");
    assert_eq!(confirm_from(&server.url, &browser, &server, &form).await, 303);
    client.poll(&codes.device_code).await.expect(200);
}

#[actix_web::test]
async fn who_guesses_is_told_nothing_and_slowed() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "5")]).await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let (used, expired) = (client.codes("openid").await, client.codes("openid").await);
    client.let_in("ada", &used).await;
    server.clock.advance_secs(600);
    let codes = client.codes("openid").await;
    let browser = Browser::new(&server);
    let mut told = Vec::new();
    for guess in [&*used.user_code, &expired.user_code, "BCDF-GHJK", "BCDF", ""] {
        let shown = client.enter(&browser, guess).await;
        assert_eq!(shown.answer.status, 422, "{guess}");
        let (before, rest) = shown.answer.body.split_once("name=\"csrf\"").unwrap();
        let after = rest.split_once('>').unwrap().1.replace(&format!("value=\"{guess}\""), "");
        told.push([before, &after].concat());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "unknown, expired and used codes are told alike");
    assert_eq!(workspace.last_event("device.approved", "failure").await["reason"], "unknown_user_code");
    let slowed = client.enter(&browser, &codes.user_code).await.answer;
    assert_eq!(slowed.status, 429, "the right one is not told either");
    assert!((1..=60).contains(&slowed.header("retry-after").parse::<u64>().unwrap()));
    client.let_in("ada", &codes).await;
    client.poll(&codes.device_code).await.expect(200);
}

#[actix_web::test]
async fn guesses_at_once_are_counted_as_well_as_one_after_the_other() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "5")]).await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let browser = Browser::new(&server);
    let form = browser.open(&workspace.url("/device")).await.form();
    let guess = || browser.send(&form, &[("user_code", "BCDF-GHJK")]);
    let told = futures_util::future::join_all((0..40).map(|_| guess())).await;
    assert_eq!(told.iter().filter(|shown| shown.answer.status == 422).count(), 5);
    // Who throws its cookies away is known by where it is.
    let mut looked_up = 0;
    for _ in 0..60 {
        looked_up += usize::from(client.enter(&Browser::new(&server), "BCDF-GHJK").await.answer.status == 422);
    }
    assert!((1..=45).contains(&looked_up), "{looked_up}");
}

#[actix_web::test]
async fn somebody_may_cancel_change_the_account_or_come_with_a_wrong_password() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let grace = workspace.person("grace").await;
    let client = television(&workspace, json!({})).await;
    let codes = client.codes("openid").await;
    let browser = Browser::new(&server);
    let sign_in = browser.open(client.enter(&browser, &codes.user_code).await.location().as_str()).await;
    assert!(sign_in.says("Television"), "{}", sign_in.answer.body);
    let cancelled = browser.send(&sign_in.form(), &[("action", "cancel")]).await;
    assert_eq!(cancelled.location().as_str(), workspace.url("/device"));
    let wrong = [("username", "ada"), ("password", "wrong"), ("action", "sign-in")];
    assert_eq!(browser.send(&sign_in.form(), &wrong).await.answer.status, 422);

    let page = client.confirmation(&browser, "ada", &codes.user_code).await;
    let form = browser.send(&page.form(), &[("action", "switch")]).await.form();
    let fields = [("username", "grace"), ("password", PASSWORD), ("action", "sign-in")];
    let onwards = browser.send(&form, &fields).await;
    let page = browser.open(onwards.location().as_str()).await;
    assert!(page.says("grace") && !page.says("ada"), "{}", page.answer.body);
    client.poll(&codes.device_code).await.refused(400, "authorization_pending");
    browser.send(&page.form(), &[("action", "confirm")]).await.location();
    let tokens = client.poll(&codes.device_code).await.expect(200);
    assert_eq!(super::claims(&tokens.text("id_token"))["sub"], grace);
}

#[actix_web::test]
async fn the_same_browser_lets_a_device_in_only_after_asking_again() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let browser = Browser::new(&server);
    for _ in 0..2 {
        let codes = client.codes("openid").await;
        let page = client.confirmation(&browser, "ada", &codes.user_code).await;
        assert!(page.says(&codes.user_code) && page.says("If somebody sent you this code"), "{}", page.answer.body);
        let done = browser.send(&page.form(), &[("action", "confirm")]).await;
        assert!(browser.open(done.location().as_str()).await.says("Device connected"));
        assert_eq!(browser.send(&page.form(), &[("action", "deny")]).await.answer.status, 422, "decided is decided");
        client.poll(&codes.device_code).await.expect(200);
    }
}
