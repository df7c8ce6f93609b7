//! Changing a secret without an outage: both work, then one, and the page tells which is used.

use cardea_e2e::eventually;
use serde_json::{Value, json};

use crate::stage::{Stage, stage};

const ID: &str = "billing";

async fn secrets(stage: &Stage) -> Vec<Value> {
    let page: Value = stage.admin.get(&format!("{}/secrets", stage.workspace.client(ID))).await;
    page["items"].as_array().unwrap().clone()
}

/// The row of the secret with this name.
async fn row(stage: &Stage, name: &str) -> String {
    let all = secrets(stage).await;
    let found = all.iter().find(|secret| secret["name"] == name).unwrap_or_else(|| panic!("no {name} in {all:?}"));
    format!("tr[data-id='{}']", found["id"].as_str().unwrap())
}

/// Adds a secret; the others end after so many seconds.
async fn add(stage: &Stage, name: &str, others_end: &str) -> String {
    stage.browser.press("[data-action=add-secret]").await;
    stage.browser.write("#secret-name", name).await;
    stage.browser.write("#expires_at", "30").await;
    stage.browser.write("#revoke_others_after", others_end).await;
    stage.browser.press("[data-action=create-secret]").await;
    let secret = stage.revealed().await;
    stage.browser.press("[data-action=secret-copied]").await;
    stage.browser.loses("#new-secret .reveal").await;
    secret
}

#[tokio::test]
async fn the_old_and_the_new_secret_work_until_the_old_one_is_revoked() {
    let stage = stage().await;
    let made = stage.client(json!({"client_id": ID, "token_endpoint_auth_method": "client_secret_post"})).await;
    let old = made.client_secret.unwrap();
    let of_old = format!("tr[data-id='{}']", secrets(&stage).await[0]["id"].as_str().unwrap());
    let credentials = stage.page(&format!("clients/{ID}/credentials"));
    stage.go(&credentials).await;
    stage.browser.says(&format!("{of_old} [data-label='Last used']"), "Never").await;
    let new = add(&stage, "spring", "86400").await;
    let of_new = row(&stage, "spring").await;
    stage.browser.says(&format!("{of_new} [data-label=Expires]"), "in 30 days").await;
    stage.browser.says(&format!("{of_old} [data-label=Expires]"), "in 24 hours").await;
    assert_eq!((stage.token_status(ID, &old).await, stage.token_status(ID, &new).await), (200, 200));

    let used = async || secrets(&stage).await.iter().all(|secret| secret["last_used_at"].is_string()).then_some(());
    eventually("both secrets used", std::time::Duration::from_secs(20), used).await;
    stage.go(&credentials).await;
    for row in [&of_old, &of_new] {
        stage.browser.says(&format!("{row} [data-label='Last used']"), "just now").await;
    }
    stage.browser.press(&format!("{of_old} [data-action=revoke-secret]")).await;
    stage.browser.says("dialog[open]", "is refused from the next request on").await;
    assert_eq!(stage.token_status(ID, &old).await, 200, "nobody has agreed yet");
    stage.browser.press("dialog[open] [data-action=confirm]").await;
    stage.browser.loses(&of_old).await;
    assert_eq!((stage.token_status(ID, &old).await, stage.token_status(ID, &new).await), (401, 200));

    let newest = add(&stage, "summer", "0").await;
    assert_eq!((stage.token_status(ID, &new).await, stage.token_status(ID, &newest).await), (401, 200));
    stage.browser.says(&row(&stage, "summer").await, "summer").await;
}
