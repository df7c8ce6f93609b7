//! Somebody's own account: where they are signed in, what they have let in, their password.

use serde_json::json;

use crate::harness::browser::{Browser, Shown};
use crate::harness::people::PASSWORD;
use crate::harness::{Answer, ClientActor, TestServer, WorkspaceActor};

const BETTER: &str = "quite another long password";

/// The page, for somebody who signs in first where they are not.
async fn account(workspace: &WorkspaceActor<'_>, browser: &Browser<'_>, username: &str) -> Shown {
    let address = workspace.url("/account");
    let shown = browser.open(&address).await;
    if !shown.form().action.ends_with("/login") {
        return shown;
    }
    let fields = [("username", username), ("password", PASSWORD), ("action", "sign-in")];
    let signed_in = browser.send(&shown.form(), &fields).await;
    assert_eq!(signed_in.location().as_str(), address);
    browser.open(&address).await
}

/// Presses the button of this form, and follows.
async fn press(browser: &Browser<'_>, page: &Shown, text: &str, action: &str) -> Shown {
    let sent = browser.send(&page.form_with(text), &[("action", action)]).await;
    browser.open(sent.location().as_str()).await
}

async fn tokens(client: &ClientActor<'_>, browser: &Browser<'_>) -> Answer {
    let end = client.send(browser, "ada", &[]).await;
    client.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200)
}

#[actix_web::test]
async fn somebody_signs_in_and_sees_where_they_are_signed_in() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let browser = Browser::new(&server);
    let first = browser.open(&workspace.url("/account")).await;
    let wrong = [("username", "ada"), ("password", "wrong"), ("action", "sign-in")];
    assert_eq!(browser.send(&first.form(), &wrong).await.answer.status, 422);
    let page = account(&workspace, &browser, "ada").await;
    assert!(page.says("Your account") && page.says("This browser"), "{}", page.answer.body);
    assert!(page.says("<bdi>ada</bdi>") && page.says("Since 2026-01-01 00:00 UTC"), "{}", page.answer.body);
    assert!(page.says("None. Applications") && !page.says("end-others"), "{}", page.answer.body);
    assert_eq!(page.answer.header("cache-control"), "no-store");
    assert!(page.answer.header("content-security-policy").contains("script-src 'none'; form-action 'self';"));
    // Who turns back is not signed in.
    let other = Browser::new(&server);
    let turned = other.send(&other.open(&workspace.url("/account")).await.form(), &[("action", "cancel")]).await;
    assert!(turned.location().path().ends_with("/oidc/logout"));
    // A session that is used later says so.
    server.clock.advance_secs(600);
    assert!(account(&workspace, &browser, "ada").await.says("Last used 2026-01-01 00:10 UTC"));
}

#[actix_web::test]
async fn one_session_ends_or_all_others() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    workspace.person("bob").await;
    let client = workspace.relying_party(json!({})).await;
    let [here, there, elsewhere, bobs] = [(); 4].map(|()| Browser::new(&server));
    let of_there = tokens(&client, &there).await;
    account(&workspace, &bobs, "bob").await;
    let page = account(&workspace, &here, "ada").await;
    assert_eq!(page.answer.body.matches("value=\"end-session\"").count(), 1);
    let page = press(&here, &page, "value=\"end-session\"", "end-session").await;
    assert!(page.says("You are signed out there.") && !page.says("value=\"end-session\""), "{}", page.answer.body);
    assert!(there.open(&workspace.url("/account")).await.form().action.ends_with("/login"));
    client.refresh(&of_there.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    let event = workspace.last_event("user.session_revoked", "success").await;
    assert_eq!(event["detail"]["username"], "ada");
    // What is done is said in the browser where it was done, once it was.
    let claim = workspace.url("/account?done=password-changed&begun=AAAA");
    assert!(!here.open(&claim).await.says("role=\"status\""));
    for browser in [&there, &elsewhere] {
        account(&workspace, browser, "ada").await;
    }
    let page = account(&workspace, &here, "ada").await;
    let page = press(&here, &page, "value=\"end-others\"", "end-others").await;
    assert!(page.says("signed out everywhere else") && page.says("This browser"), "{}", page.answer.body);
    for browser in [&there, &elsewhere] {
        assert!(browser.open(&workspace.url("/account")).await.form().action.ends_with("/login"));
    }
    assert!(account(&workspace, &bobs, "bob").await.says("<bdi>bob</bdi>"), "nobody else's");
    let left = here.send(&page.form_with("value=\"sign-out\""), &[("action", "sign-out")]).await;
    assert!(here.open(left.location().as_str()).await.says("You are signed out"));
    assert!(here.open(&workspace.url("/account")).await.form().action.ends_with("/login"));
}

#[actix_web::test]
async fn a_form_of_the_page_is_good_for_who_it_was_shown_to() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    workspace.person("bob").await;
    let [here, there, bobs] = [(); 3].map(|()| Browser::new(&server));
    account(&workspace, &there, "ada").await;
    let form = account(&workspace, &here, "ada").await.form_with("value=\"end-session\"");
    let of_bob = account(&workspace, &bobs, "bob").await.form_with("value=\"sign-out\"");
    // Without its token, with that of somebody else, by somebody else.
    let sid = form.fields.iter().find(|(name, _)| name == "sid").unwrap().1.clone();
    let end = [("action", "end-session"), ("sid", sid.as_str())];
    let bare = [end[0], end[1], ("csrf", "")];
    assert_eq!(here.send(&form, &bare).await.answer.status, 422);
    assert_eq!(here.send(&of_bob, &end).await.answer.status, 422);
    assert_eq!(bobs.send(&form, &end).await.answer.status, 422);
    // Bob may send his own form, but ends nothing of Ada's by it.
    let sent = bobs.send(&of_bob, &end).await;
    assert!(!bobs.open(sent.location().as_str()).await.says("signed out there"));
    assert!(there.open(&workspace.url("/account")).await.says("This browser"));
    server.clock.advance_secs(3_600);
    assert_eq!(here.send(&form, &end).await.answer.status, 422);
    let fresh = account(&workspace, &here, "ada").await;
    assert!(press(&here, &fresh, "value=\"end-session\"", "end-session").await.says("signed out there"));
}

#[actix_web::test]
async fn what_somebody_has_let_in_is_listed_and_withdrawn() {
    let server = TestServer::start().await;
    let (workspace, elsewhere) = (server.workspace().await, server.workspace().await);
    let ada = workspace.person("ada").await;
    let shop = workspace.relying_party(json!({"client_name": "Shop & <Co>"})).await;
    let other = elsewhere.relying_party(json!({"client_name": "Elsewhere"})).await;
    let browser = Browser::new(&server);
    let of_shop = {
        let end = shop.send(&browser, "ada", &[("scope", "openid email")]).await;
        shop.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200)
    };
    let of_other = tokens(&other, &browser).await;
    let page = account(&workspace, &browser, "ada").await;
    assert!(page.says("Shop &#38; &#60;Co&#62;") && page.says("Your e-mail address"), "{}", page.answer.body);
    assert!(!page.says("Elsewhere"), "another workspace's");
    // What is not theirs here changes nothing.
    let form = page.form_with("value=\"withdraw\"");
    for client_id in [other.id.as_str(), "nobody", ""] {
        browser.send(&form, &[("action", "withdraw"), ("client_id", client_id)]).await.location();
    }
    other.userinfo(&of_other.text("access_token")).await.expect(200);
    shop.userinfo(&of_shop.text("access_token")).await.expect(200);
    let page = press(&browser, &page, "value=\"withdraw\"", "withdraw").await;
    assert!(page.says("no longer has access") && page.says("None. Applications"), "{}", page.answer.body);
    shop.userinfo(&of_shop.text("access_token")).await.expect(401);
    shop.refresh(&of_shop.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    other.userinfo(&of_other.text("access_token")).await.expect(200);
    let event = workspace.last_event("consent.withdrawn", "success").await;
    assert_eq!((&event["client_id"], &event["user_id"]), (&json!(shop.id), &json!(ada)));
    assert_eq!(event["actor"], format!("user:default/{ada}"));
    assert!(browser.open(&shop.authorize(&[])).await.form().action.ends_with("/consent"));
}

#[actix_web::test]
async fn who_knows_their_password_chooses_another() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "3")]).await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let (here, there) = (Browser::new(&server), Browser::new(&server));
    let of_there = tokens(&client, &there).await;
    let page = account(&workspace, &here, "ada").await;
    let form = page.form_with("value=\"change-password\"");
    let sent = async |current: &str, password: &str, again: &str| {
        let fields = [
            ("current_password", current),
            ("password", password),
            ("password_again", again),
            ("action", "change-password"),
        ];
        here.send(&form, &fields).await
    };
    for (current, password, again, why) in [
        ("wrong", BETTER, BETTER, "That is not your current password."),
        ("", BETTER, BETTER, "That is not your current password."),
        (PASSWORD, BETTER, "another one", "The two passwords are not the same."),
        (PASSWORD, "short", "short", "characters"),
    ] {
        let refused = sent(current, password, again).await;
        assert!(refused.answer.status == 422 && refused.says(why), "{why}: {}", refused.answer.body);
        assert!(!refused.says(PASSWORD) && !refused.says(BETTER));
    }
    let event = workspace.last_event("user.password_changed", "failure").await;
    assert_eq!((&event["reason"], &event["detail"]["endpoint"]), (&json!("password_mismatch"), &json!("account")));
    let done = sent(PASSWORD, BETTER, BETTER).await;
    assert!(here.open(done.location().as_str()).await.says("Your password is changed"));
    assert!(here.open(&workspace.url("/account")).await.says("This browser"), "signed in here still");
    assert!(there.open(&workspace.url("/account")).await.form().action.ends_with("/login"));
    client.refresh(&of_there.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    let sign_in = async |password: &str| {
        let browser = Browser::new(&server);
        let form = browser.open(&workspace.url("/account")).await.form();
        let fields = [("username", "ada"), ("password", password), ("action", "sign-in")];
        browser.send(&form, &fields).await.answer.status
    };
    assert_eq!((sign_in(BETTER).await, sign_in(PASSWORD).await), (303, 422));
    // Guessed here as slowly as at the sign-in: both are one count.
    let slowed = sent("wrong", PASSWORD, PASSWORD).await;
    assert_eq!(slowed.answer.status, 429, "{}", slowed.answer.body);
    assert!(!slowed.answer.header("retry-after").is_empty());
    let back = sent(BETTER, PASSWORD, PASSWORD).await;
    assert!(here.open(back.location().as_str()).await.says("Your password is changed"));
}
