//! The device authorization grant (RFC 8628): the endpoint, the page, the grant.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::browser::Browser;
use crate::harness::devices::DEVICE_GRANT;
use crate::harness::{ClientActor, TestServer, WorkspaceActor};

mod pages;
mod policy;

fn claims(jwt: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

/// An application on a device.
async fn television<'s>(workspace: &WorkspaceActor<'s>, more: Value) -> ClientActor<'s> {
    let mut metadata = json!({"client_name": "Television", "grant_types": [DEVICE_GRANT, "refresh_token"]});
    metadata.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    workspace.client(metadata).await
}

#[actix_web::test]
async fn somebody_lets_a_device_in_and_it_gets_tokens() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let answer = client.ask_for_codes(&[("scope", "openid email")]).await.expect(200);
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
    assert_eq!((&answer.json["expires_in"], &answer.json["interval"]), (&json!(600), &json!(5)));
    assert_eq!(answer.text("verification_uri"), workspace.url("/device"));
    let (device_code, user_code) = (answer.text("device_code"), answer.text("user_code"));
    assert_eq!(answer.text("verification_uri_complete"), format!("{}?user_code={user_code}", workspace.url("/device")));
    assert_eq!((device_code.len(), user_code.len()), (43, 9));
    assert_eq!(workspace.last_event("device.authorized", "success").await["client_id"], client.id);
    client.poll(&device_code).await.refused(400, "authorization_pending");

    let browser = Browser::new(&server);
    let page = client.confirmation(&browser, "ada", &user_code.to_lowercase().replace('-', " ")).await;
    for shown in ["Television", user_code.as_str(), "Your e-mail address", "ada"] {
        assert!(page.says(shown), "{shown}");
    }
    server.clock.advance_secs(5);
    client.poll(&device_code).await.refused(400, "authorization_pending");
    let signed_in = server.clock.now().as_secs() - 5;
    let confirmed = browser.send(&page.form(), &[("action", "confirm")]).await;
    let done = browser.open(confirmed.location().as_str()).await;
    assert!(done.says("Television") && done.says("Device connected"), "{}", done.answer.body);
    let event = workspace.last_event("device.approved", "success").await;
    assert_eq!((&event["client_id"], &event["user_id"]), (&json!(client.id), &json!(ada)));
    assert_eq!(workspace.last_event("consent.granted", "success").await["client_id"], client.id);

    let tokens = client.poll(&device_code).await.expect(200);
    assert_eq!((&tokens.json["scope"], &tokens.json["token_type"]), (&json!("openid email"), &json!("Bearer")));
    let id_token = claims(&tokens.text("id_token"));
    assert_eq!((&id_token["iss"], &id_token["aud"]), (&json!(workspace.issuer()), &json!(client.id)));
    assert_eq!((&id_token["sub"], &id_token["auth_time"]), (&json!(ada), &json!(signed_in)));
    assert_eq!((&id_token["acr"], &id_token["amr"]), (&json!("1"), &json!(["pwd"])));
    assert!(id_token["sid"].is_string() && id_token.get("nonce").is_none(), "{id_token}");
    assert_eq!(client.userinfo(&tokens.text("access_token")).await.expect(200).json["email"], "ada@example.com");
    let refreshed = client.refresh(&tokens.text("refresh_token"), &[]).await.expect(200);
    assert_eq!(refreshed.json["scope"], "openid email");
    client.poll(&device_code).await.refused(400, "invalid_grant");
    client.userinfo(&refreshed.text("access_token")).await.expect(200);
}

#[actix_web::test]
async fn a_device_that_asks_too_often_has_to_wait_five_seconds_longer_each_time() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let codes = client.codes("openid").await;
    for (wait, error) in [
        (0, "authorization_pending"),
        (5_000, "authorization_pending"),
        (4_999, "slow_down"),
        (9_999, "slow_down"),
        (14_999, "slow_down"),
        (20_000, "authorization_pending"),
        (20_000, "authorization_pending"),
    ] {
        server.clock.advance_millis(wait);
        client.poll(&codes.device_code).await.refused(400, error);
    }
    // What somebody has decided is told at once.
    client.let_in("ada", &codes).await;
    client.poll(&codes.device_code).await.expect(200);
}

#[actix_web::test]
async fn a_device_that_was_denied_hears_so() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let (codes, others) = (client.codes("openid").await, client.codes("openid").await);
    let browser = Browser::new(&server);
    let done = client.decide(&browser, "ada", &codes.user_code, "deny").await;
    assert!(done.says("Device not connected"), "{}", done.answer.body);
    assert_eq!(workspace.last_event("device.denied", "success").await["user_id"], ada);
    for _ in 0..2 {
        client.poll(&codes.device_code).await.refused(400, "access_denied");
    }
    // The other device is not concerned; and nobody has to sign in once more.
    assert!(client.decide(&browser, "nobody", &others.user_code, "confirm").await.says("Device connected"));
    client.poll(&others.device_code).await.expect(200);
}

#[actix_web::test]
async fn codes_are_good_for_ten_minutes_decided_or_not() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let (late, agreed) = (client.codes("openid").await, client.codes("openid").await);
    let good = client.codes("openid").await;
    server.clock.advance_secs(599);
    client.let_in("ada", &agreed).await;
    client.let_in("ada", &good).await;
    client.poll(&late.device_code).await.refused(400, "authorization_pending");
    client.poll(&good.device_code).await.expect(200);
    server.clock.advance_secs(1);
    for codes in [&late, &agreed] {
        client.poll(&codes.device_code).await.refused(400, "expired_token");
    }
    assert_eq!(client.enter(&Browser::new(&server), &late.user_code).await.answer.status, 422);
    let again = client.codes("openid").await;
    client.let_in("ada", &again).await;
    client.poll(&again.device_code).await.expect(200);
}

#[actix_web::test]
async fn another_clients_code_is_unknown_and_stays_good() {
    let server = TestServer::start().await;
    let (workspace, elsewhere) = (server.workspace().await, server.workspace().await);
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let thief = television(&workspace, json!({})).await;
    let abroad = television(&elsewhere, json!({"client_id": client.id})).await;
    let codes = client.codes("openid").await;
    assert_eq!(abroad.enter(&Browser::new(&server), &codes.user_code).await.answer.status, 422);
    client.let_in("ada", &codes).await;
    thief.poll(&codes.device_code).await.refused(400, "invalid_grant");
    abroad.poll(&codes.device_code).await.refused(400, "invalid_grant");
    let mut stranger = client.clone();
    stranger.secret = Some("wrong".to_owned());
    stranger.poll(&codes.device_code).await.refused(401, "invalid_client");
    stranger.ask_for_codes(&[]).await.refused(401, "invalid_client");
    client.poll("unknown").await.refused(400, "invalid_grant");
    client.poll("").await.refused(400, "invalid_request");
    client.poll(&codes.device_code).await.expect(200);
}

#[actix_web::test]
async fn of_many_polls_at_once_one_gets_tokens() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    for _ in 0..5 {
        let codes = client.codes("openid").await;
        client.let_in("ada", &codes).await;
        let answers = futures_util::future::join_all((0..32).map(|_| client.poll(&codes.device_code))).await;
        let count = |status| answers.iter().filter(|answer| answer.status == status).count();
        assert_eq!((count(200), count(400)), (1, 31));
    }
}

#[actix_web::test]
async fn a_public_client_names_itself_and_gets_tokens_bound_to_its_code() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({"token_endpoint_auth_method": "none"})).await;
    let other = television(&workspace, json!({"token_endpoint_auth_method": "none"})).await;
    let codes = client.codes("openid").await;
    client.let_in("ada", &codes).await;
    other.poll(&codes.device_code).await.refused(400, "invalid_grant");
    assert!(client.poll(&codes.device_code).await.expect(200).json["id_token"].is_string());
}
