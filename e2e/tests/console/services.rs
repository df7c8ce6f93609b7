//! Services and their scopes: made by hand, granted to a client, found in its token.

use cardea_e2e::issued::{jwks, verified};
use cardea_e2e::{Client, Proof};
use serde_json::json;

use crate::stage::stage;

const AUDIENCE: &str = "https://orders.example/";
const SCOPE: &str = "orders:read";

#[tokio::test]
async fn a_scope_that_was_made_and_granted_by_hand_is_in_the_token() {
    let stage = stage().await;
    let made = stage.client(json!({"client_id": "billing", "token_endpoint_auth_method": "client_secret_post"})).await;
    let proof = Proof::Post(made.client_secret.unwrap());
    let billing = Client::new(&stage.admin, &stage.workspace, "billing", proof);
    stage.go(&stage.page("services")).await;
    stage.browser.press("[data-action=new-service]").await;
    stage.browser.write("#create-service-dialog #name", "Orders").await;
    stage.browser.write("#create-service-dialog #audience", AUDIENCE).await;
    stage.browser.press("[data-action=create-service]").await;
    stage.browser.says("main h1", "Orders").await;
    stage.browser.press("[data-action=add-scope]").await;
    stage.browser.write("#scopes input[id$='-name']", SCOPE).await;
    stage.browser.write("#scopes input[id$='-display_name']", "See orders").await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    assert_eq!(billing.ask_token(&[("scope", SCOPE)]).await.error(), "invalid_scope", "it has not been granted");

    stage.go(&stage.page("clients/billing/scopes")).await;
    stage.browser.says("main", "See orders").await;
    stage.browser.press(&format!("[id='scope-{SCOPE}']")).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    let answer = billing.ask_token(&[("scope", SCOPE)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let keys = jwks(stage.admin.http(), &stage.workspace, stage.admin.node()).await;
    let (_, claims) = verified(&token, &keys, &stage.workspace.issuer, AUDIENCE).unwrap();
    assert_eq!(claims["scope"], SCOPE);

    stage.go(&stage.page("scopes")).await;
    stage.browser.says(&format!("tr[data-id='{SCOPE}']"), "See orders").await;
}
