//! Basic OP: parameters that may be of no effect, and must do no harm (OpenID Connect Core §15.1); and request objects.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::{Suite, refused};
use crate::harness::TestServer;

/// `oidcc-display-page`, `oidcc-display-popup`, `oidcc-ui-locales`.
#[actix_web::test]
async fn how_the_pages_should_look_is_a_wish() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    for wish in [("display", "page"), ("display", "popup"), ("ui_locales", "se"), ("ui_locales", "xx-!! de")] {
        suite.signs_in(&[wish]).await;
    }
}

/// `oidcc-login-hint`.
#[actix_web::test]
async fn a_login_hint_is_filled_in_and_may_be_about_nobody() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let page = suite.opens(&[("login_hint", "buffy@example.com")]).await;
    assert!(page.form().fields.contains(&("username".to_owned(), "buffy@example.com".to_owned())));
    suite.signs_in(&[("login_hint", "buffy@example.com")]).await;
}

/// `oidcc-ensure-request-with-acr-values-succeeds`: they ask for what is published.
#[actix_web::test]
async fn an_acr_that_is_published_is_kept_and_another_is_a_wish() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let request = server.http.get(suite.workspace.url("/.well-known/openid-configuration"));
    let published = crate::harness::Answer::to(request).await.expect(200).json["acr_values_supported"].clone();
    let published: Vec<String> = serde_json::from_value(published).unwrap();
    for wish in [published.join(" "), "1 2".to_owned()] {
        let id_token = suite.id_token(&suite.signs_in(&[("acr_values", &wish)]).await).await;
        assert!(wish.split(' ').any(|acr| id_token["acr"] == acr), "{wish}: {id_token}");
    }
    suite.signs_in(&[("acr_values", "urn:mace:incommon:iap:silver")]).await;
}

/// `oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported`,
/// `oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported` and `oidcc-ensure-request-object-with-redirect-uri`: what
/// is not supported is not published, so that they are skipped; and who sends it all the same is refused, not half understood.
#[actix_web::test]
async fn unsigned_requests_are_neither_published_nor_taken() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let issuer = suite.workspace.issuer();
    let uri = suite.opens(&[("request_uri", "https://client.example.com/request.jwt")]).await;
    refused(&uri, &issuer, &["request_uri_not_supported"]);
    let encode = |json: &serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let claims = json!({
        "client_id": suite.client.id, "response_type": "code", "redirect_uri": super::CALLBACK, "scope": "openid",
        "aud": issuer, "iss": suite.client.id,
    });
    let unsigned = format!("{}.{}.", encode(&json!({"alg": "none"})), encode(&claims));
    let object = suite.opens(&[("request", &unsigned)]).await;
    refused(&object, &issuer, &["request_not_supported", "invalid_request_object"]);
    let elsewhere = suite.opens(&[("request", &unsigned), ("redirect_uri", "https://evil.example/")]).await;
    assert_eq!(elsewhere.answer.status, 400, "the address beside the object is not registered");
    suite.signs_in(&[]).await;
}
