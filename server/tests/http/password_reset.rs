//! A new password by a one-time link that an administrator hands on.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::harness::browser::{Browser, Form, Shown};
use crate::harness::people::PASSWORD;
use crate::harness::{Answer, TestServer, WorkspaceActor};

const NEW: &str = "a wholly different passphrase";
const NOWHERE: &str = "x.y.z";

fn path_of(tenant: &str, user: &str) -> String {
    format!("/tenants/{tenant}/pools/default/users/{user}/password-reset")
}

/// A link to the page of this workspace, for somebody in its pool.
async fn link(workspace: &WorkspaceActor<'_>, user: &str) -> String {
    let id = workspace.path().rsplit('/').next().unwrap().to_owned();
    let tenant = workspace.tenant_id();
    let made = workspace.server.create(&path_of(tenant.as_str(), user), &json!({"workspace_id": id})).await;
    made["url"].as_str().unwrap().to_owned()
}

async fn choose(browser: &Browser<'_>, form: &Form, password: &str) -> Shown {
    browser.send(form, &[("password", password), ("password_again", password), ("action", "save")]).await
}

async fn sign_in(workspace: &WorkspaceActor<'_>, username: &str, password: &str) -> bool {
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(workspace.server);
    let form = browser.open(&client.authorize(&[])).await.form();
    browser.send(&form, &[("username", username), ("password", password), ("action", "sign-in")]).await;
    browser.cookie("session").is_some()
}

#[actix_web::test]
async fn a_new_password_ends_the_old_one_with_all_sessions_and_tokens() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let eve = workspace.person("eve").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let code = client.send(&browser, "ada", &[("scope", "openid offline_access")]).await.parameter("code").unwrap();
    let tokens = client.redeem(&code, &[]).await.expect(200);
    let others = client.redeem(&client.code("eve", &[]).await, &[]).await.expect(200);
    let link = link(&workspace, &ada).await;
    let page = Browser::new(&server);
    let shown = page.open(&link).await;
    assert!(shown.says("ada") && shown.answer.header("referrer-policy") == "no-referrer");
    client.userinfo(&tokens.text("access_token")).await.expect(200);
    let saved = choose(&page, &shown.form(), NEW).await;
    assert_eq!(page.open(saved.location().as_str()).await.answer.status, 200);
    assert!(page.cookie("session").is_none(), "the link signs nobody in");

    client.userinfo(&tokens.text("access_token")).await.expect(401);
    client.refresh(&tokens.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    let silent = browser.open(&client.authorize(&[("prompt", "none")])).await;
    assert_eq!(silent.parameter("error").as_deref(), Some("login_required"));
    let sessions = server.read(&format!("/tenants/default/pools/default/users/{ada}/sessions")).await;
    assert_eq!(sessions["items"], json!([]));
    assert!(!sign_in(&workspace, "ada", PASSWORD).await);
    assert!(sign_in(&workspace, "ada", NEW).await);
    client.userinfo(&others.text("access_token")).await.expect(200);
    client.refresh(&others.text("refresh_token"), &[]).await.expect(200);
    assert!(sign_in(&workspace, "eve", PASSWORD).await, "{eve} is not concerned");
}

#[actix_web::test]
async fn a_link_is_good_once_for_an_hour_and_until_the_next_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let browser = Browser::new(&server);
    let replaced = link(&workspace, &ada).await;
    let expiring = link(&workspace, &ada).await;
    assert_eq!(browser.open(&replaced).await.answer.status, 404);
    let form = browser.open(&expiring).await.form();
    server.clock.advance_secs(3_600);
    assert_eq!(browser.open(&expiring).await.answer.status, 404);
    assert_eq!(choose(&browser, &form, NEW).await.answer.status, 404);
    let mut server = server;
    server.sign_in().await;
    let workspace = WorkspaceActor::new(&server, "default", "default");
    assert!(sign_in(&workspace, "ada", PASSWORD).await);
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    server.clock.advance_secs(3_599);
    assert_eq!(choose(&browser, &form, NEW).await.answer.status, 303);
    for again in [browser.open(&link).await, choose(&browser, &form, "yet another passphrase").await] {
        assert!(again.answer.status == 404 && again.says("used already"), "{}", again.answer.body);
    }
}

#[actix_web::test]
async fn of_many_who_hold_a_link_one_chooses() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    let passwords: Vec<_> = (0..32).map(|number| format!("{NEW} number {number}")).collect();
    let answers = join_all(passwords.iter().map(|password| choose(&browser, &form, password))).await;
    let answers: Vec<_> = answers.iter().map(|shown| shown.answer.status).collect();
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    // Who had to wait too long for the slow hash is told to come again.
    assert!(answers.iter().all(|status| [303, 404, 503].map(|code| code == *status).contains(&true)), "{answers:?}");
    let winner = answers.iter().position(|status| *status == 303).unwrap();
    assert!(sign_in(&workspace, "ada", &passwords[winner]).await);
}

#[actix_web::test]
async fn what_is_refused_leaves_the_link_and_the_password_as_they_were() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    for (password, again, words) in [
        ("short", "short", "at least 12 characters"),
        ("", "", "at least 12 characters"),
        ("ada@example.com is me", "ada@example.com is me", "contains the e-mail address"),
        (NEW, "something else entirely", "not the same"),
    ] {
        let page = browser.send(&form, &[("password", password), ("password_again", again), ("action", "save")]).await;
        assert!(page.answer.status == 422 && page.says(words), "{password}: {}", page.answer.body);
        assert!(!page.says(NEW));
    }
    assert_eq!(choose(&Browser::new(&server), &form, NEW).await.answer.status, 422, "another browser's form");
    assert!(sign_in(&workspace, "ada", PASSWORD).await);
    assert_eq!(choose(&browser, &form, NEW).await.answer.status, 303);
    assert!(sign_in(&workspace, "ada", NEW).await);
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
    foreign.person("ada").await;
    let link = link(&workspace, &ada).await;
    let token = link.rsplit('/').next().unwrap();
    let browser = Browser::new(&server);
    for elsewhere in [&foreign, &other_pool] {
        let page = browser.open(&elsewhere.url(&format!("/reset-password/{token}"))).await;
        assert_eq!(page.answer.status, 404, "{}", elsewhere.issuer());
        let id = elsewhere.path().rsplit('/').next().unwrap().to_owned();
        let request = server.api("POST", &path_of("default", &ada)).json(&json!({"workspace_id": id}));
        Answer::to(request).await.complains("/workspace_id", "not_found");
    }
    for absent in [path_of("acme", "usr_nobody"), path_of("default", NOWHERE), path_of("nowhere", &ada)] {
        Answer::to(server.api("POST", &absent)).await.problem(404, "not_found");
    }
    let form = browser.open(&link).await.form();
    assert_eq!(choose(&browser, &form, NEW).await.answer.status, 303);
    assert!(sign_in(&foreign, "ada", PASSWORD).await, "the namesake keeps theirs");
}

#[actix_web::test]
async fn the_page_is_that_of_the_admin_workspace_unless_another_is_named() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let made = Answer::to(server.api("POST", &path_of("default", &ada))).await.expect(201);
    assert!(made.text("url").starts_with(&format!("{}/default/admin/reset-password/", server.url)));
    assert_eq!(made.text("expires_at"), "2026-01-01T01:00:00.000Z");
    assert_eq!(made.header("cache-control"), "no-store");
    server.create("/tenants/default/pools", &json!({"id": "staff"})).await;
    let user = server.create("/tenants/default/pools/staff/users", &json!({"username": "max"})).await;
    let path = format!("/tenants/default/pools/staff/users/{}/password-reset", user["id"].as_str().unwrap());
    Answer::to(server.api("POST", &path)).await.complains("/workspace_id", "required");
    let unknown = server.api("POST", &path).json(&json!({"workspace": "default"}));
    Answer::to(unknown).await.complains("/workspace", "unknown_member");
    server.change(&workspace.path(), &json!({"user_pool_id": "staff"})).await;
    let link = {
        let id = workspace.path().rsplit('/').next().unwrap().to_owned();
        server.create(&path, &json!({"workspace_id": id})).await["url"].as_str().unwrap().to_owned()
    };
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    assert_eq!(choose(&browser, &form, NEW).await.answer.status, 303, "also who had no password gets one");
    assert!(sign_in(&workspace, "max", NEW).await);
}

#[actix_web::test]
async fn who_is_disabled_chooses_nothing() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let before = link(&workspace, &ada).await;
    let user = format!("/tenants/default/pools/default/users/{ada}");
    server.change(&user, &json!({"status": "inactive"})).await;
    let browser = Browser::new(&server);
    assert_eq!(browser.open(&before).await.answer.status, 404);
    Answer::to(server.api("POST", &path_of("default", &ada))).await.problem(409, "user_inactive");
    server.change(&user, &json!({"status": "active"})).await;
    assert_eq!(browser.open(&before).await.answer.status, 404, "it ended");
    let form = browser.open(&link(&workspace, &ada).await).await.form();
    assert_eq!(choose(&browser, &form, NEW).await.answer.status, 303);
}

#[actix_web::test]
async fn a_reset_is_told_without_the_link_or_the_password() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let link = link(&workspace, &ada).await;
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    let saved = choose(&browser, &form, NEW).await;
    assert_eq!(saved.answer.status, 303);
    let events = server.read(&format!("/tenants/default/workspaces/admin/audit-events?user_id={ada}")).await;
    let kinds: Vec<_> = events["items"].as_array().unwrap().iter().map(|event| event["type"].clone()).collect();
    assert_eq!(kinds[..2], [json!("user.password_changed"), json!("user.password_reset_requested")]);
    let changed: &Value = &events["items"][0];
    assert_eq!(changed["actor"], format!("user:default/{ada}"));
    assert_eq!(changed["detail"]["by"], "one-time link");
    let text = events.to_string();
    let token = link.rsplit('/').next().unwrap();
    assert!(!text.contains(token) && !text.contains(NEW) && !text.contains("argon2"), "{text}");
}

#[actix_web::test]
async fn who_is_deleted_while_links_are_made_is_not_found() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let tenant = workspace.tenant_id().to_string();
    for round in 0..12 {
        let user = workspace.person(&format!("person-{round}")).await;
        let account = format!("/tenants/{tenant}/pools/default/users/{user}");
        let of_both_kinds = ["password-reset", "password-reset", "email-verification", "email-verification"];
        let links = of_both_kinds.into_iter().cycle().take(8);
        let links = links.map(|kind| Answer::to(server.api("POST", &format!("{account}/{kind}")).json(&json!({}))));
        let deletion = Answer::to(server.api("DELETE", &account));
        let (before, (deleted, after)) = {
            let (some, others): (Vec<_>, Vec<_>) = links.enumerate().partition(|(number, _)| number % 2 == 0);
            let all = |these: Vec<(usize, _)>| join_all(these.into_iter().map(|(_, link)| link));
            tokio::join!(all(some), async { tokio::join!(deletion, all(others)) })
        };
        deleted.expect(204);
        let statuses: Vec<_> = before.iter().chain(&after).map(|answer| answer.status).collect();
        assert!(statuses.iter().all(|status| *status == 201 || *status == 404), "{statuses:?}");
    }
    let there = workspace.person("somebody").await;
    assert!(server.create(&path_of(&tenant, &there), &json!({})).await["url"].is_string());
}
