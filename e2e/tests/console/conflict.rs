//! Two administrators at one object.

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
