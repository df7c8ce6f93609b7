//! What a device may have: what its client and the workspace allow, what somebody agreed to, while they may sign in.

use serde_json::json;

use super::{claims, television};
use crate::harness::browser::Browser;
use crate::harness::certificates::{BEHIND_A_PROXY, ClientCertificate, client_params};
use crate::harness::devices::DEVICE_GRANT;
use crate::harness::{Answer, TestServer};

#[actix_web::test]
async fn what_somebody_agreed_to_is_what_is_issued() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    workspace.service("https://films.example", &["watch", "buy"]).await;
    workspace.service("https://music.example", &["listen"]).await;
    let client = television(&workspace, json!({"scope": "watch buy"})).await;
    for (params, error) in [
        (vec![("scope", "listen")], "invalid_scope"),
        (vec![("scope", "openid  watch")], "invalid_scope"),
        (vec![("scope", "watch"), ("resource", "https://music.example")], "invalid_target"),
    ] {
        client.ask_for_codes(&params).await.refused(400, error);
        assert_eq!(workspace.last_event("device.authorized", "failure").await["reason"], error);
    }
    let codes = client.codes("openid watch").await;
    let browser = Browser::new(&server);
    let page = client.confirmation(&browser, "ada", &codes.user_code).await;
    assert!(page.says("<bdi>watch</bdi>") && !page.says("<bdi>buy</bdi>"), "{}", page.answer.body);
    // What a form adds, and what the device says now, counts for nothing.
    browser.send(&page.form(), &[("action", "confirm"), ("scope", "openid watch buy")]).await.location();
    let params = [("grant_type", DEVICE_GRANT), ("device_code", &codes.device_code), ("scope", "watch buy")];
    let request = workspace.token_request().basic_auth(&client.id, client.secret.as_deref());
    let tokens = Answer::to(request.form(&params)).await.expect(200);
    assert_eq!(tokens.json["scope"], "openid watch");
    assert_eq!(claims(&tokens.text("access_token"))["scope"], "openid watch");

    // What the client may not have any more, nobody agrees to.
    let codes = client.codes("buy").await;
    server.change(&client.path(), &json!({"scope": "watch"})).await;
    assert_eq!(client.enter(&browser, &codes.user_code).await.answer.status, 422);
    server.change(&client.path(), &json!({"scope": "watch buy"})).await;
    client.let_in("ada", &codes).await;
    assert_eq!(client.poll(&codes.device_code).await.expect(200).json["scope"], "buy");
}

#[actix_web::test]
async fn the_grant_is_for_clients_and_workspaces_that_have_it() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let (client, other) = (television(&workspace, json!({})).await, workspace.relying_party(json!({})).await);
    other.ask_for_codes(&[]).await.refused(400, "unauthorized_client");
    other.poll("any").await.refused(400, "unauthorized_client");
    let metadata =
        async || Answer::to(server.http.get(workspace.url("/.well-known/openid-configuration"))).await.expect(200).json;
    let codes = client.codes("openid").await;
    client.let_in("ada", &codes).await;
    let waiting = client.codes("openid").await;

    workspace.set(json!({"grant_types": ["authorization_code", "refresh_token"]})).await;
    client.ask_for_codes(&[]).await.refused(400, "unauthorized_client");
    client.poll(&codes.device_code).await.refused(400, "unsupported_grant_type");
    let browser = Browser::new(&server);
    assert_eq!(browser.open(&waiting.link).await.answer.status, 404);
    let without = metadata().await;
    assert!(without.get("device_authorization_endpoint").is_none());
    assert!(!without["grant_types_supported"].as_array().unwrap().contains(&json!(DEVICE_GRANT)));

    workspace.set(json!({"grant_types": ["refresh_token", DEVICE_GRANT]})).await;
    let with = metadata().await;
    assert_eq!(with["device_authorization_endpoint"], workspace.url("/oauth2/device/authorize"));
    assert!(with.get("authorization_endpoint").is_none() && with["userinfo_endpoint"].is_string(), "{with}");
    let alias = with["mtls_endpoint_aliases"]["device_authorization_endpoint"].as_str().unwrap();
    assert!(alias.ends_with("/oauth2/device/authorize"), "{alias}");
    client.poll(&codes.device_code).await.expect(200);
    client.let_in("ada", &waiting).await;
    client.poll(&waiting.device_code).await.expect(200);
}

#[actix_web::test]
async fn who_has_signed_out_or_was_shut_out_since_gives_nothing() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let client = television(&workspace, json!({})).await;
    let codes = client.codes("openid").await;
    let browser = Browser::new(&server);
    client.decide(&browser, "ada", &codes.user_code, "confirm").await;
    let form = browser.open(&workspace.url("/oidc/logout")).await.form();
    browser.send(&form, &[("action", "sign-out")]).await;
    client.poll(&codes.device_code).await.refused(400, "invalid_grant");

    let codes = client.codes("openid").await;
    client.let_in("ada", &codes).await;
    let path = format!("/tenants/default/pools/default/users/{ada}");
    server.change(&path, &json!({"status": "inactive"})).await;
    client.poll(&codes.device_code).await.refused(400, "invalid_grant");
    server.change(&path, &json!({"status": "active"})).await;
    let codes = client.codes("openid").await;
    client.let_in("ada", &codes).await;
    client.poll(&codes.device_code).await.expect(200);
}

#[actix_web::test]
async fn tokens_of_a_device_are_bound_to_its_certificate_and_a_poll_without_one_burns_nothing() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = television(&workspace, json!({"tls_client_certificate_bound_access_tokens": true})).await;
    let own = ClientCertificate::self_signed(&client_params("own"));
    let codes = client.codes("openid").await;
    client.let_in("ada", &codes).await;
    client.poll(&codes.device_code).await.refused(400, "invalid_request");
    let params = [("grant_type", DEVICE_GRANT), ("device_code", &codes.device_code)];
    let request = workspace.token_request().basic_auth(&client.id, client.secret.as_deref());
    let tokens = Answer::to(request.header("client-cert", own.header()).form(&params)).await.expect(200);
    assert_eq!(claims(&tokens.text("access_token"))["cnf"], json!({"x5t#S256": own.thumbprint()}));
}

#[actix_web::test]
async fn a_public_client_gets_so_many_codes_from_one_place_at_a_time() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__DEVICE_CODES_PER_SOURCE", "3")]).await;
    let workspace = server.workspace().await;
    let public = television(&workspace, json!({"token_endpoint_auth_method": "none"})).await;
    let (neighbour, confidential) = (
        television(&workspace, json!({"token_endpoint_auth_method": "none"})).await,
        television(&workspace, json!({})).await,
    );
    public.ask_for_codes(&[("scope", "nonsense")]).await.refused(400, "invalid_scope");
    for _ in 0..3 {
        public.codes("openid").await;
    }
    let refused = public.ask_for_codes(&[("scope", "openid")]).await.refused(429, "invalid_request");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=600).contains(&seconds) && refused.body.contains("Slow down"), "{}", refused.body);
    let event = workspace.last_event("device.authorized", "failure").await;
    assert_eq!((&event["client_id"], &event["reason"]), (&json!(public.id), &json!("invalid_request")));
    // Whoever has proved who they are, and other clients, do not notice.
    neighbour.codes("openid").await;
    for _ in 0..5 {
        confidential.codes("openid").await;
    }
}
