//! The way of letters: off the request, tried again, bounded; a mail server that fails harms nobody.

use serde_json::{Value, json};

use crate::harness::browser::Browser;
use crate::harness::mail_sink::MailSink;
use crate::harness::{Answer, TestServer, WorkspaceActor};

fn path_of(user: &str) -> String {
    format!("/tenants/default/pools/default/users/{user}/email-verification")
}

async fn forgot(workspace: &WorkspaceActor<'_>, who: &str) -> u16 {
    let browser = Browser::new(workspace.server);
    let form = browser.open(&workspace.url("/forgot-password")).await.form();
    browser.send(&form, &[("username", who), ("action", "send")]).await.answer.status
}

async fn sent(server: &TestServer) -> Vec<Value> {
    server.app.audit.flush().await;
    let events = server.read("/tenants/default/workspaces/admin/audit-events?type=user.mail_sent").await;
    events["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_mail_server_that_cannot_be_reached_harms_nobody() {
    // A port on which nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("smtp://127.0.0.1:{port}");
    let variables = [("CARDEA_SMTP__URL", url.as_str()), ("CARDEA_SMTP__FROM", "id@example.com")];
    let mut server = TestServer::start_with(&variables).await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let made = server.create(&path_of(&ada), &json!({})).await;
    assert_eq!(made["sent"], true);
    assert_eq!(forgot(&workspace, "ada").await, 303);
    let client = workspace.relying_party(json!({})).await;
    client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
    // At the end each letter is tried once more, and then given up.
    server.stop_mail().await;
    let sent = sent(&server).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!((&sent[0]["outcome"], &sent[0]["reason"]), (&json!("failure"), &json!("mail_not_sent")));
    assert_eq!(sent[0]["detail"]["purpose"], "email_verification");
}

#[actix_web::test]
async fn a_letter_that_is_refused_for_now_is_sent_again() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    sink.refuse("451 4.7.1 come again");
    server.create(&path_of(&ada), &json!({})).await;
    let letters = sink.wait_for(1).await;
    assert_eq!((letters.len(), &*letters[0].to[0]), (1, "ada@example.com"));
    let mut server = server;
    server.stop_mail().await;
    let sent = sent(&server).await;
    assert_eq!((&sent[0]["outcome"], &sent[0]["detail"]["attempt"]), (&json!("success"), &json!(2)), "{sent:?}");
}

#[actix_web::test]
async fn a_letter_that_is_refused_for_good_is_given_up() {
    let sink = MailSink::start().await;
    let mut server = TestServer::start_with(&sink.variables()).await;
    let (ada, eve) = {
        let workspace = server.workspace().await;
        (workspace.person("ada").await, workspace.person("eve").await)
    };
    sink.refuse("550 5.1.1 <ada@example.com>: nobody of that name");
    server.create(&path_of(&ada), &json!({})).await;
    while sent(&server).await.is_empty() {
        tokio::task::yield_now().await;
    }
    server.create(&path_of(&eve), &json!({})).await;
    assert_eq!(sink.wait_for(1).await[0].to, ["eve@example.com"]);
    server.stop_mail().await;
    let sent = sent(&server).await;
    let failed: Vec<_> = sent.iter().filter(|event| event["outcome"] == "failure").collect();
    assert_eq!((sent.len(), failed.len()), (2, 1), "{sent:?}");
    assert_eq!((&failed[0]["user_id"], &failed[0]["detail"]["attempt"]), (&json!(ada), &json!(1)));
    assert_eq!(failed[0]["detail"]["message"], "the mail server answered 550", "without the address");
}

#[actix_web::test]
async fn a_full_queue_turns_letters_away_and_no_request() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let verified = format!("/tenants/default/pools/default/users/{}", workspace.person("eve").await);
    server.change(&verified, &json!({"email_verified": true})).await;
    let mail = server.app.mail.as_ref().unwrap();
    let slots: Vec<_> = std::iter::from_fn(|| mail.reserve()).collect();
    assert_eq!((slots.len(), mail.turned_away()), (256, 1));
    Answer::to(server.api("POST", &path_of(&ada))).await.problem(409, "mail_queue_full");
    let reset = format!("{verified}/password-reset");
    let send = server.api("POST", &reset).json(&json!({"send": true}));
    Answer::to(send).await.problem(409, "mail_queue_full");
    assert_eq!(forgot(&workspace, "eve").await, 303, "nobody is told");
    assert_eq!(mail.turned_away(), 4);
    let events = server.read("/tenants/default/workspaces/admin/audit-events?limit=200").await.to_string();
    assert!(!events.contains("_requested"), "no link was made: {events}");
    drop(slots);
    server.create(&path_of(&ada), &json!({})).await;
    assert_eq!(forgot(&workspace, "eve").await, 303);
    assert_eq!(sink.wait_for(2).await.len(), 2);
}

#[actix_web::test]
async fn what_waits_is_sent_before_the_end() {
    let sink = MailSink::start().await;
    let mut server = TestServer::start_with(&sink.variables()).await;
    let people = {
        let workspace = server.workspace().await;
        let mut people = Vec::new();
        for number in 0..10 {
            people.push(workspace.person(&format!("person-{number}")).await);
        }
        people
    };
    for person in &people {
        server.create(&path_of(person), &json!({})).await;
    }
    server.stop_mail().await;
    assert_eq!(sink.letters().len(), people.len());
    Answer::to(server.api("POST", &path_of(&people[0]))).await.problem(409, "mail_queue_full");
}

#[actix_web::test]
async fn names_add_no_header_to_a_letter() {
    let sink = MailSink::start().await;
    let server = TestServer::start_with(&sink.variables()).await;
    let workspace =
        server.workspace_in("default", &json!({"name": "Shop: =?utf-8?q?=0d=0aBcc:_eve@x?= <x@y>, \"q\""})).await;
    let ada = workspace.person("ada").await;
    let id = workspace.path().rsplit('/').next().unwrap().to_owned();
    server.create(&path_of(&ada), &json!({"workspace_id": id})).await;
    let letter = sink.wait_for(1).await.remove(0);
    assert_eq!(letter.to, ["ada@example.com"]);
    let head = letter.source.split("\r\n\r\n").next().unwrap();
    let names: Vec<_> =
        head.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(':').next()).collect();
    let expected = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "MIME-Version",
        "Content-Transfer-Encoding",
    ];
    let (mut names, mut expected) = (names, expected.to_vec());
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected, "{head}");
    assert!(letter.link().starts_with(&workspace.url("/verify-email/")));
}
