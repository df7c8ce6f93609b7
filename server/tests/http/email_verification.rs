//! An e-mail address is shown to be its owner's by a one-time link.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::harness::browser::{Browser, Form, Shown};
use crate::harness::mail_sink::MailSink;
use crate::harness::{Answer, TestServer, WorkspaceActor};

fn user_path(user: &str) -> String {
    format!("/tenants/default/pools/default/users/{user}")
}

fn path_of(tenant: &str, user: &str) -> String {
    format!("/tenants/{tenant}/pools/default/users/{user}/email-verification")
}

fn name_of(workspace: &WorkspaceActor<'_>) -> String {
    workspace.path().rsplit('/').next().unwrap().to_owned()
}

/// A link to the page of this workspace, as an administrator sees it where no mail is sent.
async fn link(workspace: &WorkspaceActor<'_>, user: &str) -> String {
    let made = workspace.server.create(&path_of("default", user), &json!({"workspace_id": name_of(workspace)})).await;
    assert_eq!(made["sent"], false);
    made["url"].as_str().unwrap().to_owned()
}

async fn confirm(browser: &Browser<'_>, form: &Form) -> Shown {
    browser.send(form, &[("action", "verify")]).await
}

async fn is_verified(server: &TestServer, user: &str) -> bool {
    server.read(&user_path(user)).await["email_verified"] == json!(true)
}

#[actix_web::test]
async fn a_link_is_sent_to_the_address_and_is_good_once() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace_in("default", &json!({"name": "Läden & Co"})).await;
    let ada = workspace.person("ada").await;
    let eve = workspace.person("eve").await;
    let body = json!({"workspace_id": name_of(&workspace)});
    let made = Answer::to(server.api("POST", &path_of("default", &ada)).json(&body)).await.expect(201);
    assert_eq!((&made.json["sent"], made.json.get("url")), (&json!(true), None), "{}", made.body);
    assert_eq!(made.text("expires_at"), "2026-01-02T00:00:00.000Z");
    let letter = sink.wait_for(1).await.remove(0);
    assert_eq!(letter.to, ["ada@example.com"]);
    assert_eq!((letter.header("From"), letter.header("To")), ("Example <id@example.com>", "ada@example.com"));
    assert_eq!(letter.header("Content-Type"), "text/plain; charset=utf-8");
    assert!(letter.text().contains("an account at Läden & Co"), "{}", letter.text());
    let link = letter.link();
    assert!(link.starts_with(&workspace.url("/verify-email/")) && !made.body.contains(&link));

    // Programs that look at every link use nothing up.
    for _ in 0..3 {
        assert_eq!(Answer::to(server.http.get(&link)).await.status, 200);
        assert_eq!(Answer::to(server.http.head(&link)).await.status, 200);
    }
    let browser = Browser::new(&server);
    let page = browser.open(&link).await;
    assert!(page.says("ada@example.com") && page.answer.header("referrer-policy") == "no-referrer");
    assert!(!page.says("<script") && !is_verified(&server, &ada).await);
    let form = page.form();
    let done = confirm(&browser, &form).await;
    assert_eq!(browser.open(done.location().as_str()).await.answer.status, 200);
    assert!(is_verified(&server, &ada).await && !is_verified(&server, &eve).await);
    assert!(browser.cookie("session").is_none(), "the link signs nobody in");
    for again in [browser.open(&link).await, confirm(&browser, &form).await] {
        assert!(again.answer.status == 404 && again.says("used already"), "{}", again.answer.body);
    }
    server.app.audit.flush().await;
    assert_eq!(sink.letters().len(), 1);
    let events = server.read(&format!("/tenants/default/workspaces/admin/audit-events?user_id={ada}")).await;
    let items = events["items"].as_array().unwrap();
    let mut kinds: Vec<_> = items.iter().map(|event| event["type"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    let expected = ["user.created", "user.email_verification_requested", "user.email_verified", "user.mail_sent"];
    assert_eq!(kinds, expected);
    assert!(items.iter().all(|event| event["outcome"] == "success"), "{events}");
    let text = events.to_string();
    assert!(!text.contains(link.rsplit('/').next().unwrap()) && !text.contains("ada@example.com"), "{text}");
}

#[actix_web::test]
async fn without_a_mail_server_the_administrator_hands_the_link_on() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let made = Answer::to(server.api("POST", &path_of("default", &ada))).await.expect(201);
    assert!(made.text("url").starts_with(&format!("{}/default/admin/verify-email/", server.url)));
    assert_eq!(made.header("cache-control"), "no-store");
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    assert_eq!(browser.open(&made.text("url")).await.answer.status, 404, "another link ends it");
    let form = browser.open(&link).await.form();
    assert_eq!(confirm(&browser, &form).await.answer.status, 303);
    assert!(is_verified(&server, &ada).await);
}

#[actix_web::test]
async fn a_link_is_good_for_a_day() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let expiring = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    server.clock.advance_secs(86_399);
    let form = browser.open(&expiring).await.form();
    server.clock.advance_secs(1);
    assert_eq!(browser.open(&expiring).await.answer.status, 404);
    assert_eq!(confirm(&browser, &form).await.answer.status, 404);
    let mut server = server;
    server.sign_in().await;
    assert!(!is_verified(&server, &ada).await);
    let workspace = WorkspaceActor::new(&server, "default", "default");
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    assert_eq!(confirm(&browser, &browser.open(&link).await.form()).await.answer.status, 303);
    assert!(is_verified(&server, &ada).await);
}

#[actix_web::test]
async fn of_many_who_hold_a_link_one_confirms() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    let answers = join_all((0..16).map(|_| confirm(&browser, &form))).await;
    let answers: Vec<_> = answers.iter().map(|shown| shown.answer.status).collect();
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [303, 404].contains(status)), "{answers:?}");
    assert!(is_verified(&server, &ada).await);
}

#[actix_web::test]
async fn another_address_is_not_verified_and_ends_the_links_of_the_one_before() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let browser = Browser::new(&server);
    let before = link(&workspace, &ada).await;
    let form = browser.open(&before).await.form();
    server.change(&user_path(&ada), &json!({"email": "ada@elsewhere.example"})).await;
    assert_eq!(browser.open(&before).await.answer.status, 404);
    assert_eq!(confirm(&browser, &form).await.answer.status, 404);
    // Nor is it good again when the address comes back.
    server.change(&user_path(&ada), &json!({"email": "ada@example.com"})).await;
    assert_eq!(confirm(&browser, &form).await.answer.status, 404);
    assert!(!is_verified(&server, &ada).await);
    // What has nothing to do with the address ends nothing.
    let link = link(&workspace, &ada).await;
    server.change(&user_path(&ada), &json!({"name": "Ada"})).await;
    assert_eq!(confirm(&browser, &browser.open(&link).await.form()).await.answer.status, 303);
    assert!(is_verified(&server, &ada).await);
    let moved = server.change(&user_path(&ada), &json!({"email": "ada@elsewhere.example"})).await;
    assert_eq!(moved["email_verified"], false);
    let said = json!({"email": "ada@example.com", "email_verified": true});
    assert_eq!(server.change(&user_path(&ada), &said).await["email_verified"], true);
}

#[actix_web::test]
async fn only_the_form_of_the_page_in_the_same_browser_confirms() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    let bare = Form { fields: Vec::new(), ..form.clone() };
    for refused in [confirm(&Browser::new(&server), &form).await, confirm(&browser, &bare).await] {
        assert_eq!(refused.answer.status, 422, "{}", refused.answer.body);
    }
    let elsewhere = server.http.post(&form.action).header("origin", "https://evil.example").form(&form.fields);
    assert_eq!(Answer::to(elsewhere).await.status, 422);
    assert!(!is_verified(&server, &ada).await);
    assert_eq!(confirm(&browser, &form).await.answer.status, 303);
    assert!(is_verified(&server, &ada).await);
}

#[actix_web::test]
async fn a_link_is_of_its_tenant_and_its_pool() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    server.create("/tenants/default/pools", &json!({"id": "staff"})).await;
    let workspace = server.workspace().await;
    let other_pool = server.workspace_in("default", &json!({"user_pool_id": "staff"})).await;
    let foreign = server.workspace_in("acme", &json!({})).await;
    let ada = workspace.person("ada").await;
    let namesake = foreign.person("ada").await;
    let link = link(&workspace, &ada).await;
    let token = link.rsplit('/').next().unwrap();
    let browser = Browser::new(&server);
    for elsewhere in [&foreign, &other_pool] {
        let page = browser.open(&elsewhere.url(&format!("/verify-email/{token}"))).await;
        assert_eq!(page.answer.status, 404, "{}", elsewhere.issuer());
        let request = server.api("POST", &path_of("default", &ada)).json(&json!({"workspace_id": name_of(elsewhere)}));
        Answer::to(request).await.complains("/workspace_id", "not_found");
    }
    // A link for another purpose is none for this one.
    let reset = format!("{}/password-reset", user_path(&ada));
    let reset = server.create(&reset, &json!({"workspace_id": name_of(&workspace)})).await;
    let reset = reset["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    assert_eq!(browser.open(&workspace.url(&format!("/verify-email/{reset}"))).await.answer.status, 404);
    assert_eq!(browser.open(&workspace.url(&format!("/reset-password/{token}"))).await.answer.status, 404);
    for absent in [path_of("acme", &ada), path_of("default", "usr_nobody"), path_of("nowhere", &ada)] {
        Answer::to(server.api("POST", &absent)).await.problem(404, "not_found");
    }
    assert_eq!(confirm(&browser, &browser.open(&link).await.form()).await.answer.status, 303);
    let theirs = server.read(&format!("/tenants/acme/pools/default/users/{namesake}")).await;
    assert_eq!(theirs["email_verified"], false, "the namesake's is another address");
}

#[actix_web::test]
async fn where_there_is_nothing_to_verify_no_link_is_made() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let ask = async || Answer::to(server.api("POST", &path_of("default", &ada))).await;
    for (patch, code) in [
        (json!({"email": null}), "no_email"),
        (json!({"email": "ada@example.com", "email_verified": true}), "email_verified"),
        (json!({"email_verified": false, "status": "inactive"}), "user_inactive"),
        (json!({"status": "active", "email": "ada..x@example.com"}), "email_unusable"),
    ] {
        server.change(&user_path(&ada), &patch).await;
        ask().await.problem(409, code);
    }
    let unknown = server.api("POST", &path_of("default", &ada)).json(&json!({"workspace": "x"}));
    assert_eq!(Answer::to(unknown).await.status, 400);
    server.change(&user_path(&ada), &json!({"email": "ada@bücher.example"})).await;
    ask().await.expect(201);
    let letters = sink.wait_for(1).await;
    assert_eq!((letters.len(), &*letters[0].to[0]), (1, "ada@xn--bcher-kva.example"));
    let events = server.read(&format!("/tenants/default/workspaces/admin/audit-events?user_id={ada}")).await;
    let made = |event: &&Value| event["type"] == "user.email_verification_requested";
    assert_eq!(events["items"].as_array().unwrap().iter().filter(made).count(), 1);
}
