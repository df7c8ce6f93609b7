//! Basic OP: what a good request is answered with, and what a bad one.

use serde_json::json;
use url::Url;

use super::{CALLBACK, STATE, Suite, part, redeem, refused};
use crate::harness::people::VERIFIER;
use crate::harness::{Answer, TestServer};

/// `oidcc-server`, and `oidcc-idtoken-signature` with it.
#[actix_web::test]
async fn a_code_becomes_an_id_token_that_names_its_key_and_is_whole() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let end = suite.goes_through(&[]).await;
    let params: Vec<_> = end.location().query_pairs().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(params, ["code", "state", "iss"]);
    assert_eq!(end.parameter("state").as_deref(), Some(STATE));
    let code = end.parameter("code").unwrap();
    assert!(code.len() >= 43, "160 bits at least: {code}");

    let tokens = redeem(&suite.client, &code).await.expect(200);
    assert_eq!((&tokens.json["token_type"], tokens.json["expires_in"].is_u64()), (&json!("Bearer"), true));
    assert_eq!(tokens.header("content-type"), "application/json;charset=UTF-8");
    assert_eq!((tokens.header("cache-control"), tokens.header("pragma")), ("no-store", "no-cache"));
    let id_token = suite.id_token(&tokens).await;
    let header = part(&tokens.text("id_token"), 0);
    assert_eq!((&header["alg"], header["kid"].is_string()), (&json!("RS256"), true));
    assert_eq!((&id_token["aud"], &id_token["sub"]), (&json!(suite.client.id), &json!(suite.ada)));
    assert_eq!(id_token["nonce"], "n-0S6_WzA2Mj");
    for time in ["exp", "iat", "auth_time"] {
        assert!(id_token[time].is_i64(), "{time}");
    }
    for unasked in ["name", "email", "c_hash", "azp"] {
        assert!(id_token.get(unasked).is_none(), "{unasked}");
    }
    assert_eq!(id_token["at_hash"], at_hash(&tokens.text("access_token")));
    let info = suite.client.userinfo(&tokens.text("access_token")).await.expect(200);
    assert_eq!(info.json["sub"], id_token["sub"]);
}

/// OpenID Connect Core §3.1.3.6, by other means than the server's.
fn at_hash(access_token: &str) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    let hash = sha2::Sha256::digest(access_token);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&hash[..16])
}

/// `oidcc-response-type-missing`.
#[actix_web::test]
async fn a_missing_response_type_goes_back_as_an_error() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let end = suite.opens(&[("response_type", "")]).await;
    refused(&end, &suite.workspace.issuer(), &["invalid_request", "unsupported_response_type"]);
    suite.signs_in(&[]).await;
}

/// `oidcc-ensure-request-without-nonce-succeeds-for-code-flow`.
#[actix_web::test]
async fn without_a_nonce_there_is_none_in_the_id_token() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let tokens = suite.signs_in(&[("nonce", "")]).await;
    assert!(suite.id_token(&tokens).await.get("nonce").is_none());
}

/// `oidcc-ensure-other-scope-order-succeeds`.
#[actix_web::test]
async fn the_order_of_scopes_means_nothing() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let tokens = suite.signs_in(&[("scope", "email openid")]).await;
    assert!(tokens.json["id_token"].is_string());
}

/// A request without `openid` is one of OAuth 2.0: no ID token, and no userinfo.
#[actix_web::test]
async fn without_openid_there_is_no_id_token() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let tokens = suite.signs_in(&[("scope", "profile")]).await;
    assert!(tokens.json.get("id_token").is_none());
    suite.client.userinfo(&tokens.text("access_token")).await.expect(403);
    assert!(suite.signs_in(&[]).await.json["id_token"].is_string());
}

/// `oidcc-ensure-request-with-unknown-parameter-succeeds`.
#[actix_web::test]
async fn an_unknown_parameter_is_passed_over_and_a_doubled_one_is_not() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    suite.signs_in(&[("extra", "foobar")]).await;
    let doubled = suite.browser.open(&format!("{}&state=other", suite.asks(&[]))).await;
    assert_eq!(doubled.answer.status, 400);
    assert!(doubled.answer.headers.get("location").is_none());
}

/// `oidcc-ensure-registered-redirect-uri`.
#[actix_web::test]
async fn an_address_that_is_not_registered_gets_a_page_and_never_an_answer() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    for uri in ["https://client.example.com/callback/kVJ4IqBxYH", "https://client.example.com/callback?foo=bar"] {
        let page = suite.opens(&[("redirect_uri", uri)]).await;
        assert_eq!(page.answer.status, 400, "{uri}");
        assert!(page.says("redirect_uri"), "{}", page.answer.body);
    }
    suite.signs_in(&[]).await;
}

/// `oidcc-ensure-post-request-succeeds`.
#[actix_web::test]
async fn a_request_may_be_posted() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let asked = Url::parse(&suite.asks(&[("extra", "foobar")])).unwrap();
    let request = server.http.post(suite.workspace.url("/oauth2/authorize"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let onwards = Answer::to(request.body(asked.query().unwrap().to_owned())).await.expect(303);
    let end = suite.client.through(&suite.browser, "ada", onwards.header("location")).await;
    assert!(end.location().as_str().starts_with(CALLBACK));
    assert_eq!(end.parameter("state").as_deref(), Some(STATE));
    redeem(&suite.client, &end.parameter("code").unwrap()).await.expect(200);
}

/// `oidcc-server-client-secret-post`.
#[actix_web::test]
async fn a_client_may_prove_itself_in_the_body() {
    let server = TestServer::start().await;
    let suite = Suite::with(&server, json!({"token_endpoint_auth_method": "client_secret_post"})).await;
    let end = suite.goes_through(&[]).await;
    let (code, client) = (end.parameter("code").unwrap(), &suite.client);
    let form = |secret: &str| {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", CALLBACK),
            ("client_id", &client.id),
            ("client_secret", secret),
        ];
        Answer::to(suite.workspace.token_request().form(&form))
    };
    form("wrong").await.refused(401, "invalid_client");
    assert!(form(client.secret.as_deref().unwrap()).await.expect(200).json["id_token"].is_string());
}

/// `oidcc-ensure-request-with-valid-pkce-succeeds`.
#[actix_web::test]
async fn who_uses_pkce_without_need_is_held_to_it() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let challenge = crate::harness::people::challenge();
    let with_pkce = [("code_challenge", &*challenge), ("code_challenge_method", "S256")];
    let code = suite.goes_through(&with_pkce).await.parameter("code").unwrap();
    redeem(&suite.client, &code).await.refused(400, "invalid_grant");
    let code = suite.goes_through(&with_pkce).await.parameter("code").unwrap();
    suite.client.redeem(&code, &[("code_verifier", VERIFIER)]).await.expect(200);
}
