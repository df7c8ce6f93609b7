//! Keys are looked at before a client is registered with them.

use cardea_protocol::SigningAlg;
use serde_json::{Value, json};

use super::Administrator;
use crate::harness::certificates::{ClientCertificate, client_params};
use crate::harness::key_server::{ALLOW_LOOPBACK, KeyServer};
use crate::harness::{Answer, KeyPair, TestServer};

const INSPECT: &str = "/tenants/default/workspaces/default/jwks/inspect";
/// Made by `openssl genpkey -algorithm ed25519 | openssl pkey -pubout`.
const ED25519: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";

async fn inspect(server: &TestServer, body: Value) -> Value {
    Answer::to(server.api("POST", INSPECT).json(&body)).await.expect(200).json
}

fn codes(view: &Value) -> Vec<&str> {
    view["problems"].as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn good_keys_are_shown_as_the_server_understands_them() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let key = KeyPair::generate(SigningAlg::ES256).named("one");
    let address = KeyServer::start(&key.jwks());
    for body in [json!({"jwks": key.jwks()}), json!({"jwks": key.public}), json!({"jwks_uri": address.url})] {
        let seen = inspect(&server, body).await;
        let shown = &seen["keys"][0];
        assert_eq!((&shown["kty"], &shown["crv"], &shown["bits"]), (&json!("EC"), &json!("P-256"), &json!(256)));
        assert_eq!((&shown["kid"], &shown["signing_algs"]), (&json!("one"), &json!(["ES256"])));
        assert_eq!(shown["thumbprint"].as_str().unwrap().len(), 43);
        assert!(codes(&seen).is_empty() && codes(shown).is_empty(), "{seen}");
        assert_eq!(seen["jwks"]["keys"][0]["kid"], "one");
    }
    assert_eq!(address.asked(), 1);
}

#[actix_web::test]
async fn pem_becomes_what_can_be_registered() {
    let server = TestServer::start().await;
    let seen = inspect(&server, json!({"pem": ED25519})).await;
    assert_eq!((&seen["keys"][0]["crv"], &seen["jwks"]["keys"][0]["kty"]), (&json!("Ed25519"), &json!("OKP")));
    let clients = "/tenants/default/workspaces/default/clients";
    let metadata = json!({"token_endpoint_auth_method": "private_key_jwt", "jwks": seen["jwks"]});
    server.create(clients, &metadata).await;
    let certificate = ClientCertificate::self_signed(&client_params("client"));
    let pem = cardea_protocol::pem::certificate_text(&certificate.der);
    let seen = inspect(&server, json!({"pem": pem})).await;
    assert_eq!(seen["keys"][0]["certificate"]["subject_dn"], "CN=client,O=Acme");
    let metadata = json!({"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks": seen["jwks"]});
    server.create(clients, &metadata).await;
}

#[actix_web::test]
async fn what_is_wrong_is_said_in_words_and_private_halves_are_not_repeated() {
    let server = TestServer::start().await;
    let good = KeyPair::generate(SigningAlg::ES256).named("one");
    let other = KeyPair::generate(SigningAlg::ES256).named("one");
    let mut private = good.public.clone();
    private["d"] = json!("c2VjcmV0LXNlY3JldA");
    let mut off_the_curve = good.public.clone();
    off_the_curve["x"] = off_the_curve["y"].clone();
    let mut of_no_use = other.public.clone();
    of_no_use["use"] = json!("enc");
    of_no_use["kid"] = Value::Null;
    of_no_use.as_object_mut().unwrap().remove("kid");
    let set =
        json!({"keys": [good.public, other.public, private, off_the_curve, of_no_use, {"kty": "oct", "k": "eA"}]});
    let seen = inspect(&server, json!({"jwks": set})).await;
    let of = |index: usize| codes(&seen["keys"][index]);
    assert_eq!((of(0), of(1)), (vec![], vec!["duplicate_kid"]));
    assert!(of(2).contains(&"private_key") && of(3).contains(&"unusable_key"), "{seen}");
    assert_eq!(of(4), ["no_signing_alg", "missing_kid"]);
    assert!(of(5).contains(&"private_key"));
    assert!(!seen.to_string().contains("c2VjcmV0"));
    assert_eq!(seen["jwks"]["keys"].as_array().unwrap().len(), 3);
    for (body, code) in [
        (json!({"jwks": {}}), "not_a_jwk_set"),
        (json!({"jwks": {"keys": []}}), "no_key"),
        (json!({"pem": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}), "pem"),
        (json!({"pem": "hello"}), "pem"),
        (json!({"jwks_uri": "nowhere"}), "jwks_unavailable"),
    ] {
        assert_eq!(codes(&inspect(&server, body.clone()).await), [code], "{body}");
    }
    let refused = Answer::to(server.api("POST", INSPECT).json(&json!({}))).await;
    refused.problem(400, "invalid_request");
    let both = json!({"pem": ED25519, "jwks_uri": "https://a.example"});
    Answer::to(server.api("POST", INSPECT).json(&both)).await.problem(400, "invalid_request");
}

#[actix_web::test]
async fn an_address_is_asked_as_guardedly_as_for_a_client() {
    let server = TestServer::start().await;
    let address = KeyServer::start(&json!({"keys": []}));
    let seen = inspect(&server, json!({"jwks_uri": address.url})).await;
    assert_eq!(codes(&seen), ["jwks_unavailable"]);
    assert!(seen["problems"][0]["message"].as_str().unwrap().contains("CARDEA_OUTBOUND__ALLOW"));
    assert_eq!(address.asked(), 0);
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    for (status, said) in [(302, "redirects"), (404, "status 404"), (200, "not JSON")] {
        address.says(status, &"{");
        let seen = inspect(&server, json!({"jwks_uri": address.url})).await;
        assert!(seen["problems"][0]["message"].as_str().unwrap().contains(said), "{seen}");
    }
    address.says(200, &KeyPair::generate(SigningAlg::ES256).jwks());
    assert!(codes(&inspect(&server, json!({"jwks_uri": address.url})).await).is_empty());
}

#[actix_web::test]
async fn only_who_may_change_clients_has_keys_looked_at() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    let body = json!({"pem": ED25519});
    let stranger = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    stranger.ask("POST", INSPECT, Some(body.clone())).await.problem(404, "not_found");
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    auditor.ask("POST", INSPECT, Some(body.clone())).await.problem(403, "insufficient_permission");
    let manager = Administrator::of(&server, "default", Some(("workspace_manager", Some("default")))).await;
    manager.ask("POST", INSPECT, Some(body)).await.expect(200);
}
