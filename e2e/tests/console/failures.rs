//! Why a client was refused, and what mends it.

use serde_json::{Value, json};

use crate::stage::stage;

#[tokio::test]
async fn an_unregistered_redirect_uri_is_compared_and_registered_with_one_click() {
    let stage = stage().await;
    let registered = stage
        .client(json!({
            "client_name": "Portal", "token_endpoint_auth_method": "none", "grant_types": ["authorization_code"],
            "redirect_uris": ["https://portal.example/callback"]
        }))
        .await;
    let id = registered.client.client_id.as_str();
    let presented = "https://portal.example/callback/";
    let request = stage.workspace.at(
        stage.cardea.public_url(),
        &format!(
            "/oauth2/authorize?response_type=code&client_id={id}&redirect_uri=https%3A%2F%2Fportal.example%2Fcallback%2F\
             &scope=openid&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        ),
    );
    stage.browser.open(&request).await;
    stage.browser.was_refused(400).await;

    stage.go(&stage.page(&format!("clients/{id}/activity"))).await;
    let refusal = "[data-reason=redirect_uri_mismatch]";
    stage.browser.says(refusal, "https://portal.example/callback").await;
    stage.browser.says(refusal, "is not registered").await;
    stage.browser.press(&format!("{refusal} [data-action=mend]")).await;
    stage.browser.press("dialog[open] [data-action=confirm]").await;
    stage.browser.says(refusal, "Mended").await;
    let client: Value = stage.admin.get(&stage.workspace.client(id)).await;
    assert_eq!(client["redirect_uris"], json!(["https://portal.example/callback", presented]));

    stage.browser.open(&request).await;
    stage.browser.shows("#password").await;
}

#[tokio::test]
async fn a_disabled_method_leads_to_the_switch() {
    let stage = stage().await;
    let post = stage.client(json!({"token_endpoint_auth_method": "client_secret_post"})).await;
    let (id, secret) = (post.client.client_id.as_str(), post.client_secret.as_deref().unwrap());
    stage.workspace.enable(&stage.admin, &["private_key_jwt"]).await;
    assert_eq!(stage.token_status(id, secret).await, 401);
    stage.go(&stage.page(&format!("clients/{id}/activity"))).await;
    stage.browser.press("[data-reason=method_disabled] [data-action=go-and-mend]").await;
    stage.browser.arrives(&format!("{}/console{}", stage.cardea.public_url(), stage.page("methods"))).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    assert_eq!(stage.token_status(id, secret).await, 200);
}
