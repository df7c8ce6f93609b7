//! Certificate-bound access tokens (RFC 8705 §3): `cnf`, for whoever asks for it at registration, and who may use such a token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::certificates::{BEHIND_A_PROXY, ClientCertificate, client_params};
use crate::harness::people::{CALLBACK, VERIFIER};
use crate::harness::{Answer, ClientActor, TestServer, WorkspaceActor};

const BOUND: &str = "tls_client_certificate_bound_access_tokens";

fn claims(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

fn certificate(name: &str) -> ClientCertificate {
    ClientCertificate::self_signed(&client_params(name))
}

/// A `client_secret_basic` client with bound tokens, and the request for one.
async fn bound_client<'s>(workspace: &WorkspaceActor<'s>) -> ClientActor<'s> {
    workspace.client(json!({"token_endpoint_auth_method": "client_secret_basic", BOUND: true})).await
}

async fn token_over(client: &ClientActor<'_>, certificate: Option<&ClientCertificate>) -> Answer {
    let form = [("grant_type", "client_credentials")];
    let mut request = client.workspace.token_request().basic_auth(&client.id, client.secret.as_deref()).form(&form);
    if let Some(certificate) = certificate {
        request = request.header("client-cert", certificate.header());
    }
    Answer::to(request).await
}

#[actix_web::test]
async fn a_token_is_bound_to_the_certificate_it_was_asked_for_with_whatever_the_method() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let client = bound_client(&workspace).await;
    let own = certificate("own");
    let token = token_over(&client, Some(&own)).await.expect(200).text("access_token");
    assert_eq!(claims(&token)["cnf"], json!({"x5t#S256": own.thumbprint()}));
    let introspected = client.introspect(&token).await.expect(200).json;
    assert_eq!((&introspected["active"], &introspected["cnf"]), (&json!(true), &json!({"x5t#S256": own.thumbprint()})));

    token_over(&client, None).await.refused(400, "invalid_request");
    let event = workspace.last_event("token.issued", "failure").await;
    assert_eq!((&event["reason"], &event["client_id"]), (&json!("certificate_missing"), &json!(client.id)));
    token_over(&client, Some(&own)).await.expect(200);
}

#[actix_web::test]
async fn opaque_tokens_are_bound_as_well() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace_in("default", &json!({"access_token_format": "opaque"})).await;
    let client = bound_client(&workspace).await;
    let own = certificate("own");
    let token = token_over(&client, Some(&own)).await.expect(200).text("access_token");
    assert_eq!(client.introspect(&token).await.json["cnf"], json!({"x5t#S256": own.thumbprint()}));
}

#[actix_web::test]
async fn who_does_not_ask_for_bound_tokens_gets_none() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    for method in ["tls_client_auth", "self_signed_tls_client_auth"] {
        let client = workspace.client_of(method).await;
        let token = client.token_by(method, &[]).await.expect(200).text("access_token");
        assert!(claims(&token).get("cnf").is_none());
        server.change(&client.path(), &json!({BOUND: true})).await;
        let token = client.token_by(method, &[]).await.expect(200).text("access_token");
        let own = client.certificate.as_ref().unwrap();
        assert_eq!(claims(&token)["cnf"]["x5t#S256"], own.thumbprint());
    }
}

#[actix_web::test]
async fn the_management_api_takes_a_bound_token_from_the_holder_of_its_certificate_alone() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let admin = WorkspaceActor::new(&server, "default", "admin");
    let client = bound_client(&admin).await;
    let (own, other) = (certificate("own"), certificate("other"));
    let token = token_over(&client, Some(&own)).await.expect(200).text("access_token");
    let ask = async |certificate: Option<&ClientCertificate>| {
        let mut request = server.http.get(format!("{}/api/v1/me", server.url)).bearer_auth(&token);
        if let Some(certificate) = certificate {
            request = request.header("client-cert", certificate.header());
        }
        Answer::to(request).await
    };
    for certificate in [None, Some(&other)] {
        let refused = ask(certificate).await.expect(401);
        assert_eq!(refused.json["code"], "invalid_token");
        assert_eq!(refused.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
    ask(Some(&own)).await.expect(200);
}

#[actix_web::test]
async fn a_public_clients_refresh_token_is_bound_to_the_certificate_it_was_issued_over() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({"token_endpoint_auth_method": "none", BOUND: true})).await;
    let (own, other) = (certificate("own"), certificate("other"));
    let ask = async |form: &[(&str, &str)], certificate: Option<&ClientCertificate>| {
        let mut form = form.to_vec();
        form.push(("client_id", &client.id));
        let mut request = workspace.token_request().form(&form);
        if let Some(certificate) = certificate {
            request = request.header("client-cert", certificate.header());
        }
        Answer::to(request).await
    };
    let code = client.code("ada", &[]).await;
    let redeem = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let tokens = ask(&redeem, Some(&own)).await.expect(200);
    let bound_to = |answer: &Answer| claims(&answer.text("access_token"))["cnf"]["x5t#S256"].clone();
    assert_eq!(bound_to(&tokens), own.thumbprint());
    let first = tokens.text("refresh_token");
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", first.as_str())];
    // Whoever steals it has no use of it, and has not spent it either.
    ask(&refresh, Some(&other)).await.refused(400, "invalid_grant");
    ask(&refresh, None).await.refused(400, "invalid_request");
    let tokens = ask(&refresh, Some(&own)).await.expect(200);
    assert_eq!(bound_to(&tokens), own.thumbprint());
    // So is the one that replaces it.
    let second = tokens.text("refresh_token");
    assert_ne!(first, second);
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", second.as_str())];
    ask(&refresh, Some(&other)).await.refused(400, "invalid_grant");
    ask(&refresh, Some(&own)).await.expect(200);
}
