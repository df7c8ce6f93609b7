//! The enabled methods: what a change does is seen before it is made.

use serde_json::{Value, json};

use crate::stage::{Stage, stage};

const BASIC: &str = "client_secret_basic";

async fn enabled(stage: &Stage) -> Vec<String> {
    let url = stage.workspace.at(stage.admin.node(), "/.well-known/openid-configuration");
    let metadata: Value = stage.admin.http().get(&url).await.expect(200);
    serde_json::from_value(metadata["token_endpoint_auth_methods_supported"].clone()).unwrap()
}

#[tokio::test]
async fn whoever_would_stop_working_is_seen_before_and_asked_about() {
    let stage = stage().await;
    let post = json!({"client_name": "Billing", "token_endpoint_auth_method": "client_secret_post", "contacts": ["ops@billing.example"]});
    let billing = stage.client(post.clone()).await;
    let idle = stage.client(json!({"client_name": "Idle", "token_endpoint_auth_method": "client_secret_post"})).await;
    let other = stage.client(json!({"client_name": "Other", "token_endpoint_auth_method": BASIC})).await;
    let (id, secret) = (billing.client.client_id.as_str(), billing.client_secret.as_deref().unwrap());
    assert_eq!(stage.token_status(id, secret).await, 200);

    stage.go(&stage.page("methods")).await;
    stage.browser.press("#client_secret_post").await;
    let row = |id: &str| format!("tr[data-id='{id}']");
    stage.browser.says(&row(id), "Billing").await;
    stage.browser.says(&row(idle.client.client_id.as_str()), "Idle").await;
    stage.browser.loses(&row(other.client.client_id.as_str())).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.says("dialog[open]", "2").await;
    assert_eq!(stage.token_status(id, secret).await, 200, "nothing has changed before somebody agreed");
    stage.browser.press("dialog[open] [data-action=confirm]").await;
    stage.browser.loses("[data-action=save]").await;
    assert_eq!(stage.token_status(id, secret).await, 401);
    assert!(!enabled(&stage).await.contains(&"client_secret_post".to_owned()));

    // Nobody is asked about what harms nobody; and all is as it was.
    stage.browser.press("#client_secret_post").await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    assert_eq!(stage.token_status(id, secret).await, 200);
}

#[tokio::test]
async fn a_method_that_nobody_uses_goes_without_a_question_and_the_last_one_stays() {
    let stage = stage().await;
    stage.client(json!({"token_endpoint_auth_method": BASIC})).await;
    stage.go(&stage.page("methods")).await;
    stage.browser.press("#tls_client_auth").await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    assert!(!enabled(&stage).await.contains(&"tls_client_auth".to_owned()));
    assert_eq!(stage.browser.count("dialog[open]").await, 0);

    stage.workspace.enable(&stage.admin, &[BASIC]).await;
    stage.go(&stage.page("methods")).await;
    stage.browser.says("#methods", BASIC).await;
    stage.browser.press(&format!("#{BASIC}")).await;
    stage.browser.says("main", "At least one").await;
}

#[tokio::test]
async fn the_way_into_the_console_cannot_be_closed_from_within() {
    let stage = stage().await;
    stage.go("/t/system/w/admin/methods").await;
    stage.browser.press("#none").await;
    stage.browser.says("main", "without none nobody could sign in").await;
    stage.browser.says(".save-bar", "Mend the marked fields").await;
    stage.browser.press("[data-action=discard]").await;
    // What the console does not need may go.
    stage.browser.press("#client_secret_jwt").await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    stage.browser.press("[data-action=sign-out]").await;
    stage.sign_in("system", crate::stage::EMAIL, crate::stage::PASSWORD).await;
}
