//! Who has forgotten their password is sent a link, and nobody learns who has an account.

use serde_json::{Value, json};

use crate::harness::browser::{Browser, Shown};
use crate::harness::mail_sink::MailSink;
use crate::harness::people::PASSWORD;
use crate::harness::{Answer, TestServer, WorkspaceActor};

const NEW: &str = "a wholly different passphrase";

fn user_path(user: &str) -> String {
    format!("/tenants/default/pools/default/users/{user}")
}

/// Somebody whose address is verified.
async fn person(workspace: &WorkspaceActor<'_>, username: &str) -> String {
    let id = workspace.person(username).await;
    let path = format!("/tenants/{}/pools/default/users/{id}", workspace.tenant_id());
    workspace.server.change(&path, &json!({"email_verified": true})).await;
    id
}

async fn ask(workspace: &WorkspaceActor<'_>, who: &str) -> Shown {
    let browser = Browser::new(workspace.server);
    let form = browser.open(&workspace.url("/forgot-password")).await.form();
    browser.send(&form, &[("username", who), ("action", "send")]).await
}

async fn choose(browser: &Browser<'_>, link: &str, password: &str) -> Shown {
    let page = browser.open(link).await;
    if page.answer.status != 200 {
        return page;
    }
    let fields = [("password", password), ("password_again", password), ("action", "save")];
    browser.send(&page.form(), &fields).await
}

async fn sign_in(workspace: &WorkspaceActor<'_>, username: &str, password: &str) -> bool {
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(workspace.server);
    let form = browser.open(&client.authorize(&[])).await.form();
    browser.send(&form, &[("username", username), ("password", password), ("action", "sign-in")]).await;
    browser.cookie("session").is_some()
}

/// The reasons why nobody was written to, once there are so many.
async fn reasons(server: &TestServer, count: usize) -> Vec<String> {
    let query = "/tenants/default/workspaces/admin/audit-events?type=user.password_reset_requested&outcome=failure";
    loop {
        server.app.audit.flush().await;
        let events = server.read(query).await;
        let items = events["items"].as_array().unwrap();
        if items.len() >= count {
            return items.iter().map(|event| event["reason"].as_str().unwrap().to_owned()).collect();
        }
        tokio::task::yield_now().await;
    }
}

#[actix_web::test]
async fn a_link_is_sent_to_the_verified_address_and_is_good_once() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = person(&workspace, "ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let page = browser.open(&client.authorize(&[])).await;
    assert!(page.says(&format!("href=\"{}\"", workspace.url("/forgot-password"))), "{}", page.answer.body);
    let asked = ask(&workspace, "ada").await;
    assert_eq!(asked.location().as_str(), workspace.url("/forgot-password/sent"));
    let letter = sink.wait_for(1).await.remove(0);
    assert_eq!(letter.to, ["ada@example.com"]);
    assert_eq!(letter.header("Subject"), "Test: choose a new password");
    let link = letter.link();
    assert!(link.starts_with(&workspace.url("/reset-password/")));
    assert!(sign_in(&workspace, "ada", PASSWORD).await, "nothing has changed yet");
    assert_eq!(choose(&browser, &link, NEW).await.answer.status, 303);
    assert!(!sign_in(&workspace, "ada", PASSWORD).await && sign_in(&workspace, "ada", NEW).await);
    assert_eq!(choose(&browser, &link, "yet another passphrase").await.answer.status, 404);
    let events = server.read(&format!("/tenants/default/workspaces/admin/audit-events?user_id={ada}")).await;
    let asked =
        events["items"].as_array().unwrap().iter().find(|event| event["type"] == "user.password_reset_requested");
    assert_eq!(
        (&asked.unwrap()["actor"], &asked.unwrap()["detail"]["by_mail"]),
        (&json!("forgotten_password"), &json!(true))
    );
    let text = events.to_string();
    assert!(!text.contains(link.rsplit('/').next().unwrap()) && !text.contains("@example.com"), "{text}");
    // By the address, too.
    ask(&workspace, "ADA@example.com").await.location();
    sink.wait_for(2).await;
}

#[actix_web::test]
async fn the_answer_is_the_same_whoever_it_is_and_nobody_else_is_written_to() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = person(&workspace, "ada").await;
    let eve = workspace.person("eve").await;
    let gone = person(&workspace, "gone").await;
    server.change(&user_path(&gone), &json!({"status": "inactive"})).await;
    let good = ask(&workspace, "ada").await;
    sink.wait_for(1).await;
    let strangers = ["nobody", "nobody@example.com", "", "not a name", "eve", "eve@example.com", "gone"];
    for who in strangers {
        let answer = ask(&workspace, who).await;
        let of = |shown: &Shown| {
            let headers = shown
                .answer
                .headers
                .iter()
                .filter(|(name, _)| !["set-cookie", "date", "x-request-id"].contains(&name.as_str()));
            let headers: Vec<_> = headers.map(|(name, value)| (name.to_string(), value.clone())).collect();
            (shown.answer.status, headers, shown.answer.body.clone())
        };
        assert_eq!(of(&answer), of(&good), "{who:?}");
    }
    let mut reasons = reasons(&server, strangers.len()).await;
    reasons.sort();
    reasons.dedup();
    assert_eq!(reasons, ["email_not_verified", "unknown_user", "user_inactive"]);
    // The positive control, which comes after all of them.
    server.change(&user_path(&eve), &json!({"email_verified": true})).await;
    ask(&workspace, "eve").await.location();
    let letters = sink.wait_for(2).await;
    let to: Vec<_> = letters.iter().map(|letter| letter.to[0].as_str()).collect();
    assert_eq!(to, ["ada@example.com", "eve@example.com"], "{ada}");
}

#[actix_web::test]
async fn without_a_mail_server_there_is_no_such_page() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    assert!(!browser.open(&client.authorize(&[])).await.says("forgot-password"));
    for path in ["/forgot-password", "/forgot-password/sent"] {
        assert_eq!(browser.open(&workspace.url(path)).await.answer.status, 404);
    }
    let posted = server.http.post(workspace.url("/forgot-password")).form(&[("username", "ada")]);
    assert_eq!(Answer::to(posted).await.status, 404);
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    assert_eq!(Browser::new(&server).open(&workspace.url("/forgot-password")).await.answer.status, 200);
}

#[actix_web::test]
async fn only_the_form_of_the_page_asks() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    person(&workspace, "ada").await;
    let browser = Browser::new(&server);
    let form = browser.open(&workspace.url("/forgot-password")).await.form();
    let fields = [("username", "ada"), ("action", "send")];
    let refused = Browser::new(&server).send(&form, &fields).await;
    assert!(refused.answer.status == 422 && refused.says("value=\"ada\""), "{}", refused.answer.body);
    let bare = server.http.post(workspace.url("/forgot-password")).form(&fields);
    assert_eq!(Answer::to(bare).await.status, 422);
    assert!(sink.letters().is_empty());
    assert_eq!(browser.send(&form, &fields).await.answer.status, 303);
    assert_eq!(sink.wait_for(1).await.len(), 1);
}

#[actix_web::test]
async fn nobodys_mailbox_is_filled() {
    let sink = MailSink::start().await;
    let proxies = ("CARDEA_TRUSTED_PROXIES", "127.0.0.1");
    let [url, from] = sink.variables();
    let server = TestServer::start_with(&[url, from, proxies]).await;
    let workspace = server.workspace().await;
    person(&workspace, "ada").await;
    person(&workspace, "eve").await;
    for who in ["ada", "nobody"] {
        for _ in 0..5 {
            ask(&workspace, who).await.location();
        }
        let slowed = ask(&workspace, who).await.answer;
        assert_eq!(slowed.status, 429, "{who}");
        assert!((1..=3_600).contains(&slowed.header("retry-after").parse::<u32>().unwrap()));
    }
    sink.wait_for(5).await;
    // From everywhere, and by the address: the person is the same.
    let browser = Browser::new(&server);
    let form = browser.open(&workspace.url("/forgot-password")).await.form();
    assert_eq!(browser.send(&form, &[("username", "ada@example.com")]).await.answer.status, 303);
    // One of them was of somebody who is not there: five, and this one.
    let reasons = reasons(&server, 6).await;
    assert_eq!(reasons.iter().filter(|reason| *reason == "too_many_mails").count(), 1, "{reasons:?}");
    ask(&workspace, "eve").await.location();
    let letters = sink.wait_for(6).await;
    assert_eq!((letters.len(), &*letters[5].to[0]), (6, "eve@example.com"));
}

#[actix_web::test]
async fn a_link_that_was_sent_ends_with_the_address_it_was_sent_to() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = person(&workspace, "ada").await;
    ask(&workspace, "ada").await.location();
    let first = sink.wait_for(1).await[0].link();
    ask(&workspace, "ada").await.location();
    let second = sink.wait_for(2).await[1].link();
    let browser = Browser::new(&server);
    // Whoever asks ends nothing that is on its way.
    for link in [&first, &second] {
        assert_eq!(browser.open(link).await.answer.status, 200);
    }
    server.change(&user_path(&ada), &json!({"email": "ada@elsewhere.example", "email_verified": true})).await;
    for link in [&first, &second] {
        assert_eq!(choose(&browser, link, NEW).await.answer.status, 404);
    }
    assert!(sign_in(&workspace, "ada", PASSWORD).await);
    ask(&workspace, "ada").await.location();
    let letter = sink.wait_for(3).await.remove(2);
    assert_eq!(letter.to, ["ada@elsewhere.example"]);
    server.change(&user_path(&ada), &json!({"email_verified": false})).await;
    assert_eq!(choose(&browser, &letter.link(), NEW).await.answer.status, 404, "it is said not to be theirs");
    server.change(&user_path(&ada), &json!({"email_verified": true})).await;
    assert_eq!(choose(&browser, &letter.link(), NEW).await.answer.status, 303);
}

#[actix_web::test]
async fn who_asks_ends_no_link_that_an_administrator_has_handed_on() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = person(&workspace, "ada").await;
    let path = format!("{}/password-reset", user_path(&ada));
    let handed_on = server.create(&path, &json!({})).await;
    assert_eq!(handed_on["sent"], false);
    ask(&workspace, "ada").await.location();
    let sent = sink.wait_for(1).await[0].link();
    let browser = Browser::new(&server);
    assert_eq!(choose(&browser, handed_on["url"].as_str().unwrap(), NEW).await.answer.status, 303);
    assert_eq!(choose(&browser, &sent, NEW).await.answer.status, 404, "with the password, every link ends");
}

#[actix_web::test]
async fn an_administrator_may_have_the_link_sent() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let path = format!("{}/password-reset", user_path(&ada));
    let send =
        async |server: &TestServer, path: &str| Answer::to(server.api("POST", path).json(&json!({"send": true}))).await;
    send(&server, &path).await.problem(409, "email_not_verified");
    server.change(&user_path(&ada), &json!({"email": null})).await;
    send(&server, &path).await.problem(409, "email_not_verified");
    server.change(&user_path(&ada), &json!({"email": "ada@example.com", "email_verified": true})).await;
    let shown = server.create(&path, &json!({"send": false})).await;
    assert!(shown["url"].is_string() && shown["sent"] == false && sink.letters().is_empty());
    let sent = send(&server, &path).await.expect(201);
    assert_eq!((&sent.json["sent"], sent.json.get("url")), (&json!(true), None::<&Value>));
    let link = sink.wait_for(1).await[0].link();
    let browser = Browser::new(&server);
    assert_eq!(browser.open(shown["url"].as_str().unwrap()).await.answer.status, 404, "it was replaced");
    assert_eq!(choose(&browser, &link, NEW).await.answer.status, 303);
    assert!(sign_in(&workspace, "ada", NEW).await);

    let bare = TestServer::start().await;
    let ada = person(&bare.workspace().await, "ada").await;
    let path = format!("{}/password-reset", user_path(&ada));
    send(&bare, &path).await.complains("/send", "not_allowed");
    assert!(bare.create(&path, &json!({})).await["url"].is_string());
}
