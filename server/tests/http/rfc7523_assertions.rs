//! Client assertions (RFC 7523, RFC 10070, OpenID Connect Core §9): each rule broken once, with its audit reason.

use cardea_protocol::SigningAlg;
use serde_json::{Value, json};

use crate::harness::{Assertion, ClientActor, KeyPair, TestServer};

async fn refused(client: &ClientActor<'_>, assertion: &str, reason: &str) {
    let answer = client.token_with(assertion).await.refused(401, "invalid_client");
    assert_eq!(answer.header("www-authenticate"), "");
    assert_eq!(client.workspace.last_reason().await, reason, "{assertion}");
}

async fn accepted(client: &ClientActor<'_>) {
    let assertion = client.assertion().sign(client.key.as_ref().unwrap());
    client.token_with(&assertion).await.expect(200);
}

async fn server() -> TestServer {
    TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "10000")]).await
}

#[actix_web::test]
async fn each_claim_is_checked() {
    let server = server().await;
    let client = server.workspace().await.client_of("private_key_jwt").await;
    let key = client.key.clone().unwrap();
    let now = server.clock.now().as_secs();
    let issuer = client.workspace.issuer();
    for (claim, value, reason) in [
        ("iss", json!("somebody"), "assertion_issuer"),
        ("iss", Value::Null, "assertion_issuer"),
        ("iss", json!(7), "assertion_malformed"),
        ("aud", json!("https://elsewhere.example"), "assertion_audience"),
        ("aud", json!(format!("{issuer}/")), "assertion_audience"),
        ("aud", json!(format!("{issuer}/oauth2/token")), "assertion_audience"),
        ("aud", json!([issuer, "https://elsewhere.example"]), "assertion_audience"),
        ("aud", json!([]), "assertion_audience"),
        ("aud", Value::Null, "assertion_audience"),
        ("exp", json!(now - 11), "assertion_expired"),
        ("exp", json!(now + 611), "assertion_lifetime"),
        ("exp", Value::Null, "assertion_malformed"),
        ("exp", json!((now + 60).to_string()), "assertion_malformed"),
        ("exp", json!(now as f64 + 60.5), "assertion_malformed"),
        ("iat", json!(now + 11), "assertion_not_yet_valid"),
        ("iat", json!("now"), "assertion_malformed"),
        ("nbf", json!(now + 11), "assertion_not_yet_valid"),
        ("jti", Value::Null, "assertion_malformed"),
        ("jti", json!(""), "assertion_malformed"),
        ("jti", json!(7), "assertion_malformed"),
        ("jti", json!("x".repeat(256)), "assertion_malformed"),
    ] {
        let assertion = client.assertion().claim(claim, value.clone());
        refused(&client, &assertion.sign(&key), reason).await;
    }
    for (claim, value) in [
        ("aud", json!([issuer])),
        ("exp", json!(now + 610)),
        ("iat", json!(now + 10)),
        ("nbf", json!(now + 10)),
        ("iat", Value::Null),
        ("more", json!({"of": "this"})),
    ] {
        client.token_with(&client.assertion().claim(claim, value).sign(&key)).await.expect(200);
    }
}

#[actix_web::test]
async fn the_subject_names_the_client() {
    let server = server().await;
    let workspace = server.workspace().await;
    let (client, other) = (workspace.client_of("private_key_jwt").await, workspace.client_of("private_key_jwt").await);
    let key = client.key.clone().unwrap();
    refused(&client, &client.assertion().claim("sub", json!("nobody")).sign(&key), "unknown_client").await;
    refused(&client, &client.assertion().claim("sub", json!(other.id)).sign(&key), "assertion_signature").await;
    let with_name = async |assertion: String, name: &str| {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", name),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
        ];
        crate::harness::Answer::to(workspace.token_request().form(&form)).await
    };
    let nameless = client.assertion().claim("sub", Value::Null).sign(&key);
    with_name(nameless, &client.id).await.refused(401, "invalid_client");
    assert_eq!(workspace.last_reason().await, "assertion_subject");
    let assertion = client.assertion().sign(&key);
    with_name(assertion.clone(), &other.id).await.refused(400, "invalid_request");
    assert_eq!(workspace.last_reason().await, "invalid_request");
    // A request that contradicts itself burns nothing.
    with_name(assertion, &client.id).await.expect(200);
}

#[actix_web::test]
async fn an_assertion_is_used_once() {
    let server = server().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("private_key_jwt").await;
    let key = client.key.clone().unwrap();
    let assertion = client.assertion();
    // A bad one burns nothing.
    let bad = Assertion { claims: assertion.claims.clone(), ..client.assertion() };
    let forged = bad.clone().sign(&KeyPair::generate(SigningAlg::ES256));
    refused(&client, &forged, "assertion_signature").await;
    refused(&client, &bad.claim("aud", json!("elsewhere")).sign(&key), "assertion_audience").await;
    client.token_with(&assertion.sign(&key)).await.expect(200);
    refused(&client, &assertion.sign(&key), "assertion_replayed").await;
    // The same jti is another one for another client.
    let other = workspace.client_of("private_key_jwt").await;
    let same_jti = other.assertion().claim("jti", assertion.claims["jti"].clone());
    other.token_with(&same_jti.sign(other.key.as_ref().unwrap())).await.expect(200);
    accepted(&client).await;
}

#[actix_web::test]
async fn of_parallel_uses_exactly_one_is_accepted() {
    let server = server().await;
    let client = server.workspace().await.client_of("private_key_jwt").await;
    for _ in 0..10 {
        let assertion = client.assertion().sign(client.key.as_ref().unwrap());
        let answers = futures_util::future::join_all((0..32).map(|_| client.token_with(&assertion))).await;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 31, "{statuses:?}");
    }
}

#[actix_web::test]
async fn the_header_is_checked() {
    let server = server().await;
    let client = server.workspace().await.client_of("private_key_jwt").await;
    let key = client.key.clone().unwrap();
    for (member, value, reason) in [
        ("alg", json!("none"), "assertion_algorithm"),
        ("alg", json!("ES512"), "assertion_algorithm"),
        ("alg", json!("es256"), "assertion_algorithm"),
        ("alg", Value::Null, "assertion_malformed"),
        ("crit", json!(["exp"]), "assertion_malformed"),
        ("b64", json!(false), "assertion_malformed"),
        ("zip", json!("DEF"), "assertion_malformed"),
        ("typ", json!("at+jwt"), "assertion_malformed"),
        ("typ", json!("oauth-authz-req+jwt"), "assertion_malformed"),
        ("kid", json!(7), "assertion_malformed"),
    ] {
        refused(&client, &client.assertion().header(member, value).sign(&key), reason).await;
    }
    let stranger = KeyPair::generate(SigningAlg::ES256);
    let own_key = client.assertion().header("jwk", stranger.public.clone()).sign(&stranger);
    refused(&client, &own_key, "assertion_signature").await;
    for typ in ["JWT", "client-authentication+jwt", "application/client-authentication+jwt"] {
        client.token_with(&client.assertion().header("typ", json!(typ)).sign(&key)).await.expect(200);
    }
}

#[actix_web::test]
async fn what_is_not_a_signed_jwt_is_malformed() {
    let server = server().await;
    let client = server.workspace().await.client_of("private_key_jwt").await;
    let key = client.key.clone().unwrap();
    let right = client.assertion().sign(&key);
    let (message, signature) = right.rsplit_once('.').unwrap();
    let twice = client.assertion().claims.to_string().replacen('{', "{\"iss\":\"x\",", 1);
    let header = client.assertion().header.to_string();
    for (wrong, reason) in [
        ("x".to_owned(), "assertion_malformed"),
        (format!("{right}.x.y"), "assertion_malformed"),
        (format!("{message}."), "assertion_malformed"),
        (format!("{right}="), "assertion_malformed"),
        (key.sign_raw(&header, &twice), "assertion_malformed"),
        (key.sign_raw(&header, "[]"), "assertion_malformed"),
        (key.sign_raw("{}", "{}"), "assertion_malformed"),
        (format!("{}{}", right, "A".repeat(20_000)), "assertion_malformed"),
        (format!("{message}.{}", "A".repeat(signature.len())), "assertion_signature"),
    ] {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client.id.as_str()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &wrong),
        ];
        let answer = crate::harness::Answer::to(client.workspace.token_request().form(&form)).await;
        answer.refused(401, "invalid_client");
        assert_eq!(client.workspace.last_reason().await, reason, "{wrong}");
    }
    client.token_with(&right).await.expect(200);
}

#[actix_web::test]
async fn the_two_parameters_of_an_assertion_belong_together() {
    let server = server().await;
    let client = server.workspace().await.client_of("private_key_jwt").await;
    let assertion = client.assertion().sign(client.key.as_ref().unwrap());
    let ask = async |form: &[(&str, &str)]| {
        let form = [&[("grant_type", "client_credentials"), ("client_id", &*client.id)], form].concat();
        crate::harness::Answer::to(client.workspace.token_request().form(&form)).await
    };
    let jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    ask(&[("client_assertion", &assertion)]).await.refused(400, "invalid_request");
    ask(&[("client_assertion_type", jwt_bearer)]).await.refused(400, "invalid_request");
    ask(&[("client_assertion", &assertion), ("client_assertion_type", "urn:x")]).await.refused(401, "invalid_client");
    ask(&[("client_assertion", ""), ("client_assertion_type", jwt_bearer)]).await.refused(401, "invalid_client");
    ask(&[("client_assertion", &assertion), ("client_assertion_type", jwt_bearer)]).await.expect(200);
}

#[actix_web::test]
async fn every_asymmetric_algorithm_verifies_and_fits_its_key_only() {
    let server = server().await;
    let workspace = server.workspace().await;
    for alg in [SigningAlg::RS256, SigningAlg::PS256, SigningAlg::ES256, SigningAlg::ES384, SigningAlg::EdDSA] {
        let key = KeyPair::generate(alg).named("first");
        let metadata = json!({
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_signing_alg": alg.as_str(),
            "jwks": key.jwks(),
        });
        let client = ClientActor { key: Some(key.clone()), ..workspace.client(metadata).await };
        let wrong_name = client.assertion().header("kid", json!("second")).sign(&key);
        refused(&client, &wrong_name, "assertion_key_not_found").await;
        let other = if alg == SigningAlg::ES256 { SigningAlg::ES384 } else { SigningAlg::ES256 };
        let other = KeyPair::generate(other);
        let mut made = client.assertion();
        made.header["alg"] = json!(format!("{:?}", other.alg));
        refused(&client, &made.sign(&other), "assertion_algorithm").await;
        accepted(&client).await;
    }
    // The name that RFC 9864 gives to EdDSA on this curve.
    let key = KeyPair::generate(SigningAlg::EdDSA);
    let metadata = json!({"token_endpoint_auth_method": "private_key_jwt", "jwks": key.jwks()});
    let client = ClientActor { key: Some(key.clone()), ..workspace.client(metadata).await };
    client.token_with(&client.assertion().header("alg", json!("Ed25519")).sign(&key)).await.expect(200);
}

#[actix_web::test]
async fn a_public_key_is_no_shared_secret() {
    let server = server().await;
    let client = server.workspace().await.client_of("private_key_jwt").await;
    let public = client.key.as_ref().unwrap().public.to_string();
    let forged = KeyPair::hmac(SigningAlg::HS256, &public);
    let now = server.clock.now().as_secs();
    let assertion = Assertion::new(&forged, &client.id, &client.workspace.issuer(), now).sign(&forged);
    refused(&client, &assertion, "method_mismatch").await;
    accepted(&client).await;
}

#[actix_web::test]
async fn hmac_assertions_verify_under_any_unexpired_secret_of_the_client() {
    let server = server().await;
    let client = server.workspace().await.client_of("client_secret_jwt").await;
    for alg in [SigningAlg::HS256, SigningAlg::HS384, SigningAlg::HS512] {
        let key = KeyPair::hmac(alg, client.secret.as_deref().unwrap());
        let one = ClientActor { key: Some(key), ..client.clone() };
        accepted(&one).await;
    }
    let stranger = KeyPair::hmac(SigningAlg::HS256, &"x".repeat(64));
    refused(&client, &client.assertion().sign(&stranger), "assertion_signature").await;
    let path = format!("{}/secrets", client.path());
    let made = server.create(&path, &json!({"name": "second", "revoke_others_after": 60})).await;
    let second = KeyPair::hmac(SigningAlg::HS256, made["client_secret"].as_str().unwrap());
    accepted(&client).await;
    let renewed = ClientActor { key: Some(second), ..client.clone() };
    accepted(&renewed).await;
    server.clock.advance_secs(61);
    refused(&client, &client.assertion().sign(client.key.as_ref().unwrap()), "secret_expired").await;
    accepted(&renewed).await;
}

#[actix_web::test]
async fn the_audience_is_a_policy_of_the_workspace_that_a_client_may_override() {
    let server = server().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("private_key_jwt").await;
    let key = client.key.clone().unwrap();
    let issuer = workspace.issuer();
    let token_endpoint = workspace.url("/oauth2/token");
    let several = json!(["https://elsewhere.example", token_endpoint]);
    for (policy, right, wrong) in [
        ("issuer", vec![json!(issuer), json!([issuer])], vec![json!(token_endpoint), several.clone()]),
        ("issuer_string", vec![json!(issuer)], vec![json!([issuer]), json!(token_endpoint)]),
        (
            "legacy",
            vec![json!(issuer), json!(token_endpoint), several.clone()],
            vec![json!("https://elsewhere.example"), json!(workspace.url("/oauth2/introspect"))],
        ),
    ] {
        for by_client in [false, true] {
            let (on_client, on_workspace) =
                if by_client { (json!(policy), "issuer_string") } else { (Value::Null, policy) };
            workspace.set(json!({"client_assertion_audience": on_workspace})).await;
            server.change(&client.path(), &json!({"client_assertion_audience": on_client})).await;
            for audience in &wrong {
                refused(&client, &client.assertion().claim("aud", audience.clone()).sign(&key), "assertion_audience")
                    .await;
            }
            for audience in &right {
                client.token_with(&client.assertion().claim("aud", audience.clone()).sign(&key)).await.expect(200);
            }
        }
    }
}

#[actix_web::test]
async fn an_assertion_for_one_workspace_is_worth_nothing_in_another() {
    let server = server().await;
    let (here, there) = (server.workspace().await, server.workspace().await);
    let key = KeyPair::generate(SigningAlg::ES256);
    let metadata = json!({"client_id": "same", "token_endpoint_auth_method": "private_key_jwt", "jwks": key.jwks()});
    let client = ClientActor { key: Some(key.clone()), ..here.client(metadata.clone()).await };
    let twin = ClientActor { key: Some(key.clone()), ..there.client(metadata).await };
    let assertion = client.assertion().sign(&key);
    refused(&twin, &assertion, "assertion_audience").await;
    client.token_with(&assertion).await.expect(200);
    accepted(&twin).await;
}
