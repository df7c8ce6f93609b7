//! A request that is answered by a page (RFC 6749 §4.1.2.1) tells the administrators exactly what was wrong with it.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::harness::browser::{Browser, Form};
use crate::harness::people::{CALLBACK, PASSWORD};
use crate::harness::{Answer, ClientActor, TestServer};

async fn activity(client: &ClientActor<'_>) -> Vec<Value> {
    let told = client.workspace.server.read(&format!("{}/activity", client.path())).await;
    told["items"].as_array().unwrap().clone()
}

async fn refused(client: &ClientActor<'_>, changed: &[(&str, &str)]) {
    let page = Browser::new(client.workspace.server).open(&client.authorize(changed)).await;
    assert_eq!(page.answer.status, 400, "{}", page.answer.body);
}

#[actix_web::test]
async fn a_redirect_uri_that_does_not_match_stands_beside_the_registered_ones() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ann").await;
    let other = "https://other.example.com/cb";
    let client = workspace.relying_party(json!({"redirect_uris": [other, CALLBACK]})).await;
    let presented = format!("{CALLBACK}/");
    refused(&client, &[("redirect_uri", &presented)]).await;
    let told = activity(&client).await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["type"], &told[0]["reason"]),
        (&json!("authorization.refused"), &json!("redirect_uri_mismatch"))
    );
    let detail = &told[0]["detail"];
    assert_eq!((&detail["presented"], &detail["registered"]), (&json!(presented), &json!(CALLBACK)));
    assert_eq!(detail["registered_all"], json!([other, CALLBACK]));
    let code = client.code("ann", &[]).await;
    client.redeem(&code, &[]).await.expect(200);
    let told = activity(&client).await;
    let outcomes: Vec<_> = told.iter().map(|event| event["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["failure", "success"], "failures first");
}

#[actix_web::test]
async fn every_other_reason_has_its_word() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({})).await;
    let reason = async || workspace.last_event("authorization.refused", "failure").await["reason"].clone();
    let long = "x".repeat(5_000);
    for (changed, expected) in [
        (("client_id", ""), "client_id_missing"),
        (("client_id", "nobody"), "unknown_client"),
        (("client_id", "usr_1"), "client_id_malformed"),
        (("redirect_uri", ""), "redirect_uri_missing"),
        (("state", &*long), "state_too_long"),
    ] {
        refused(&client, &[changed]).await;
        assert_eq!(reason().await, expected);
        server.clock.advance_secs(1);
    }
    server.change(&client.path(), &json!({"status": "inactive"})).await;
    refused(&client, &[]).await;
    assert_eq!(reason().await, "client_disabled");
    server.change(&client.path(), &json!({"status": "active"})).await;
    assert_eq!(Browser::new(&server).open(&client.authorize(&[])).await.answer.status, 200);
}

#[actix_web::test]
async fn what_a_stranger_presents_is_kept_short_and_not_told_without_end() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "5")]).await;
    let client = server.workspace().await.relying_party(json!({})).await;
    let long = format!("https://evil.example/{}", "x".repeat(3_000));
    for _ in 0..20 {
        refused(&client, &[("redirect_uri", &long)]).await;
    }
    let told = activity(&client).await;
    assert_eq!(told.len(), 6, "those within the limit, and the first beyond it");
    assert_eq!(told[0]["detail"]["presented"].as_str().unwrap().len(), 1_000);
    let elsewhere = server.workspace().await.relying_party(json!({})).await;
    assert!(activity(&elsewhere).await.is_empty());
    assert_eq!(Browser::new(&server).open(&client.authorize(&[])).await.answer.status, 200);
}

async fn agree((browser, form): &(&Browser<'_>, Form)) -> u16 {
    browser.send(form, &[("action", "allow")]).await.answer.status
}

#[actix_web::test]
async fn a_client_that_is_deleted_while_somebody_agrees_is_no_fault_of_the_server() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    for _ in 0..8 {
        let client = workspace.relying_party(json!({})).await;
        let browsers: Vec<_> = (0..4).map(|_| Browser::new(&server)).collect();
        let mut asked = Vec::new();
        for browser in &browsers {
            let form = browser.open(&client.authorize(&[])).await.form();
            let fields = [("username", "ada"), ("password", PASSWORD), ("action", "sign-in")];
            let signed_in = browser.send(&form, &fields).await;
            asked.push((browser, browser.open(signed_in.location().as_str()).await.form()));
        }
        let deletion = server.api("DELETE", &format!("{}/clients/{}", workspace.path(), client.id));
        let (deleted, statuses) = tokio::join!(Answer::to(deletion), join_all(asked.iter().map(agree)));
        // Where PostgreSQL has to break a deadlock of the two, one of them is told to try again.
        assert!([204, 503].contains(&deleted.status), "{}", deleted.body);
        assert!(statuses.iter().all(|status| [303, 404, 503].contains(status)), "{statuses:?}");
    }
    let there = workspace.relying_party(json!({})).await;
    assert!(!there.code("ada", &[]).await.is_empty());
}
