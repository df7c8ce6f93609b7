//! What a client registers of how people sign in (OpenID Connect Registration 1.0 §2), and what comes of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::browser::Browser;
use crate::harness::{ClientActor, TestServer};

async fn id_token(client: &ClientActor<'_>, browser: &Browser<'_>) -> Value {
    let code = client.send(browser, "ada", &[]).await.parameter("code").unwrap();
    let token = client.redeem(&code, &[]).await.expect(200).text("id_token");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

#[actix_web::test]
async fn who_signed_in_longer_ago_than_default_max_age_signs_in_again() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let strict = workspace.relying_party(json!({"default_max_age": 60})).await;
    let easy = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    id_token(&strict, &browser).await;
    id_token(&easy, &browser).await;
    server.clock.advance_secs(60);
    assert!(browser.open(&strict.authorize(&[])).await.parameter("code").is_some());
    server.clock.advance_secs(1);
    assert!(browser.open(&strict.authorize(&[])).await.form().action.ends_with("/login"));
    let silent = browser.open(&strict.authorize(&[("prompt", "none")])).await;
    assert_eq!(silent.parameter("error").as_deref(), Some("login_required"));
    // What the request says goes before, and other clients do not mind.
    assert!(browser.open(&strict.authorize(&[("max_age", "3600")])).await.parameter("code").is_some());
    assert!(browser.open(&easy.authorize(&[])).await.parameter("code").is_some());
    let again = id_token(&strict, &browser).await;
    assert_eq!(again["auth_time"], server.clock.now().as_secs());
}

#[actix_web::test]
async fn an_id_token_says_when_and_how_somebody_signed_in_as_the_client_has_registered() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let metadata = json!({"require_auth_time": true, "default_acr_values": ["urn:example:gold", "1"]});
    let client = workspace.relying_party(metadata.clone()).await;
    let registered = server.read(&client.path()).await;
    for (name, value) in metadata.as_object().unwrap() {
        assert_eq!(&registered[name], value, "{name}");
    }
    let token = id_token(&client, &Browser::new(&server)).await;
    assert_eq!((&token["auth_time"], &token["acr"]), (&json!(server.clock.now().as_secs()), &json!("1")));
    // They are wishes (§2: voluntary): what nobody can do here keeps nobody out.
    let golden = workspace.relying_party(json!({"default_acr_values": ["urn:example:gold"]})).await;
    assert_eq!(id_token(&golden, &Browser::new(&server)).await["acr"], "1");
}

#[actix_web::test]
async fn a_page_that_leads_nowhere_else_leads_back_to_where_the_application_begins() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let issuer = url::form_urlencoded::byte_serialize(workspace.issuer().as_bytes()).collect::<String>();
    let begins = workspace
        .relying_party(json!({
            "client_uri": "https://shop.example/", "initiate_login_uri": "https://shop.example/login?x=1",
        }))
        .await;
    let page = workspace.relying_party(json!({"client_uri": "https://shop.example/"})).await;
    let bare = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let link = |address: &str| format!("href=\"{address}\"");
    for (client, expected) in [
        (&begins, Some(link(&format!("https://shop.example/login?x=1&#38;iss={issuer}")))),
        (&page, Some(link("https://shop.example/"))),
        (&bare, None),
    ] {
        let wrong = browser.open(&client.authorize(&[("redirect_uri", "https://evil.example/")])).await;
        let left = browser.open(&workspace.url(&format!("/oidc/logout?client_id={}", client.id))).await;
        for shown in [&wrong, &left] {
            assert!(!shown.says("evil.example"), "{}", shown.answer.body);
            match &expected {
                Some(link) => assert!(shown.says(link) && shown.says("Back to"), "{link}: {}", shown.answer.body),
                None => assert!(!shown.says("<a "), "{}", shown.answer.body),
            }
        }
    }
    // Nobody is sent to who does not take part.
    server.change(&page.path(), &json!({"status": "inactive"})).await;
    let left = browser.open(&workspace.url(&format!("/oidc/logout?client_id={}", page.id))).await;
    assert!(left.says("You are signed out") && !left.says("<a "), "{}", left.answer.body);
}
