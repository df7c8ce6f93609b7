//! From a fresh installation to a token, without leaving the browser.

use cardea_e2e::{Browser, Cardea, Database, JavaScript};

#[tokio::test]
async fn the_setup_link_leads_to_a_token_in_three_steps() {
    let cardea = Cardea::start(Database::Sqlite).await;
    let output = cardea.command(&["setup-url"]).output().unwrap();
    let link = String::from_utf8(output.stdout).unwrap();
    let browser = Browser::start(JavaScript::On).await;
    browser.open(link.split_whitespace().find(|word| word.starts_with("http")).unwrap()).await;
    for (field, text) in
        [("username", "root"), ("email", "root@example.org"), ("password", "correct horse battery staple nine")]
    {
        browser.fill(field, text).await;
    }
    browser.click("create").await;
    browser.click("next").await;

    browser.arrives(&format!("{}/console/welcome", cardea.public_url())).await;
    browser.write("#name", "Web shop").await;
    assert_eq!(browser.reads("#id").await, "web-shop");
    browser.press("[data-action=next]").await;
    browser.press("[data-action=create-workspace]").await;
    browser.write("#client_name", "Billing").await;
    browser.press("[data-action=create-client]").await;
    browser.press("[data-action=get-token]").await;
    browser.says("#token-in-hand", "token").await;
    browser.had_no_complaint().await;
}

#[tokio::test]
async fn whoever_signs_out_has_to_sign_in_again() {
    let stage = crate::stage::stage().await;
    stage.go("/tenants").await;
    stage.browser.press("[data-action=sign-out]").await;
    stage.browser.says("h1", "").await;
    stage.browser.open(format!("{}/console/tenants", stage.cardea.public_url())).await;
    stage.browser.shows("#password").await;
    stage.browser.sign_in(crate::stage::EMAIL, crate::stage::PASSWORD).await;
    stage.browser.says("main h1", "Tenants").await;
}
