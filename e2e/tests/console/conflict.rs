//! Two administrators at one object, and a network that is not always there.

use serde_json::{Value, json};

use crate::stage::stage;

#[tokio::test]
async fn who_saves_second_sees_the_difference_and_keeps_both_changes() {
    let stage = stage().await;
    stage.go(&stage.page("settings")).await;
    stage.browser.write("#name", "My name for it").await;
    let theirs = json!({"description": "Their description", "name": "Their name for it"});
    let _: Value = stage.admin.patch(&stage.workspace.itself(), &theirs).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.says("dialog[open]", "Their name for it").await;
    stage.browser.press("[data-action=keep-mine]").await;
    stage.browser.loses("[data-action=save]").await;
    let saved: Value = stage.admin.get(&stage.workspace.itself()).await;
    assert_eq!(saved["name"], "My name for it");
    assert_eq!(saved["description"], "Their description", "what I did not touch stays theirs");
}

#[tokio::test]
async fn a_dropped_connection_loses_nothing_that_was_typed() {
    let stage = stage().await;
    stage.go(&stage.page("settings")).await;
    stage.browser.write("#name", "Typed before the cable was cut").await;
    stage.browser.network(false).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.says("main", "The server did not answer").await;
    assert_eq!(stage.browser.reads("#name").await, "Typed before the cable was cut");
    stage.browser.network(true).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    let saved: Value = stage.admin.get(&stage.workspace.itself()).await;
    assert_eq!(saved["name"], "Typed before the cable was cut");
}

#[tokio::test]
async fn a_client_that_was_typed_in_while_the_server_was_down_is_registered_when_it_is_back() {
    let mut stage = stage().await;
    stage.begin_client("server", "Portal", "client_secret_basic").await;
    stage.browser.write("#redirect_uris-0", "https://portal.example/callback").await;
    stage.cardea.terminate().await;
    stage.browser.press("[data-action=create-client]").await;
    stage.browser.says("main", "The server did not answer").await;
    assert_eq!(stage.browser.reads("#client_name").await, "Portal");
    assert_eq!(stage.browser.reads("#redirect_uris-0").await, "https://portal.example/callback");
    stage.cardea.restart().await;
    let id = stage.register_client().await;
    let client: Value = stage.admin.get(&stage.workspace.client(&id)).await;
    assert_eq!(client["redirect_uris"], json!(["https://portal.example/callback"]));
}
