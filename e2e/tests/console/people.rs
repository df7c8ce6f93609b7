//! Somebody is added by hand, chooses a password by a link, signs in to an application, and is signed out from here.

use cardea_e2e::{Browser, JavaScript, RelyingParty};
use openidconnect::OAuth2TokenResponse as _;
use serde_json::json;

use crate::stage::{Stage, stage};

const CHOSEN: &str = "nobody else knows this one";

/// Adds ada, and answers the link by which she chooses a password.
async fn invited(stage: &Stage) -> String {
    stage.go(&format!("/t/{}/pools/default", stage.workspace.tenant)).await;
    stage.browser.press("[data-action=new-user]").await;
    for (field, text) in [("username", "ada"), ("email", "ada@example.com"), ("name", "Ada Lovelace")] {
        stage.browser.write(&format!("#create-user-dialog #{field}"), text).await;
    }
    stage.browser.press("[data-action=create-user]").await;
    stage.browser.says("main h1", "ada").await;
    stage.browser.press("[data-action=reset-password]").await;
    stage.browser.write("#reset-dialog #workspace_id", stage.workspace.id.as_str()).await;
    stage.browser.press("[data-action=create-link]").await;
    let link = stage.browser.reads("#reset-dialog pre code").await;
    stage.browser.press("#reset-dialog [data-action=done]").await;
    link
}

#[tokio::test]
async fn a_new_user_chooses_a_password_by_a_link_and_is_signed_out_from_the_console() {
    let stage = stage().await;
    let link = invited(&stage).await;
    let hers = Browser::start(JavaScript::Off).await;
    hers.open(&link).await;
    hers.fill("password", CHOSEN).await;
    hers.fill("password_again", CHOSEN).await;
    hers.click("save").await;

    let shop = RelyingParty::register(&stage.admin, &stage.workspace, json!({})).await;
    let request = shop.request(&["profile"], &[]);
    hers.open(&request.url).await;
    hers.sign_in("ada", CHOSEN).await;
    hers.click("allow").await;
    let ada = shop.signed_in(&request).await;

    let her_page = stage.browser.url().await;
    assert!(her_page.path().ends_with(ada.claims.subject().as_str()), "{her_page}");
    stage.browser.open(her_page).await;
    let consent = format!("#consents tr[data-id='{}']", shop.client_id);
    stage.browser.says(&consent, "profile").await;
    stage.browser.press(&format!("{consent} [data-action=revoke-consent]")).await;
    stage.browser.loses(&consent).await;
    assert!(
        shop.try_refresh(ada.tokens.refresh_token().unwrap()).await.is_err(),
        "its tokens are gone with the consent"
    );
    stage.browser.says("#sessions tbody tr", "127.0.0.1").await;
    stage.browser.press("#sessions [data-action=revoke-session]").await;
    stage.browser.says("#sessions", "signed in nowhere").await;

    // She is asked again who she is, and may come back.
    let again = shop.request(&["profile"], &[]);
    hers.open(&again.url).await;
    hers.sign_in("ada", CHOSEN).await;
    hers.click("allow").await;
    assert_eq!(shop.signed_in(&again).await.claims.subject(), ada.claims.subject());
    stage.browser.had_no_complaint().await;
}
