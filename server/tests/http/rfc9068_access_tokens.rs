//! JWT access tokens (RFC 9068): header, claims and signature, checked by a library that did not make them.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use crate::harness::{Answer, TestServer, WorkspaceActor};

/// The claims of `token` once its signature, issuer and audience have been verified against the published keys.
pub async fn verified(workspace: &WorkspaceActor<'_>, token: &str, audience: &str) -> (Value, Algorithm) {
    let published = Answer::to(workspace.server.http.get(workspace.url("/.well-known/jwks.json"))).await.expect(200);
    let keys: JwkSet = serde_json::from_value(published.json).unwrap();
    let header = decode_header(token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    let key = DecodingKey::from_jwk(keys.find(&header.kid.unwrap()).unwrap()).unwrap();
    let mut validation = Validation::new(header.alg);
    validation.set_audience(&[audience]);
    validation.set_issuer(&[workspace.issuer()]);
    validation.set_required_spec_claims(&["iss", "exp", "aud", "sub"]);
    // The test's clock stands still.
    validation.validate_exp = false;
    (decode::<Value>(token, &key, &validation).unwrap().claims, header.alg)
}

#[actix_web::test]
async fn a_token_carries_the_claims_of_section_2_2() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.service("https://api.example.com", &["read", "write"]).await;
    let client = workspace.client(json!({"scope": "read write", "token_ttls": {"access_token": 120}})).await;
    let answer = client.token_by("client_secret_basic", &[("scope", "read")]).await.expect(200);
    assert_eq!((&answer.json["expires_in"], &answer.json["scope"]), (&json!(120), &json!("read")));
    let (claims, alg) = verified(&workspace, &answer.text("access_token"), "https://api.example.com").await;
    assert_eq!(alg, Algorithm::ES256);
    let now = server.clock.now().as_secs();
    assert_eq!(claims["iss"], json!(workspace.issuer()));
    assert_eq!(claims["sub"], json!(client.id));
    assert_eq!(claims["client_id"], json!(client.id));
    assert_eq!(claims["aud"], "https://api.example.com");
    assert_eq!((&claims["iat"], &claims["exp"]), (&json!(now), &json!(now + 120)));
    assert_eq!(claims["scope"], "read");
    assert_eq!(claims["jti"].as_str().unwrap().len(), 22);
    let (again, _) = verified(&workspace, &client.token().await, "https://api.example.com").await;
    assert_ne!(again["jti"], claims["jti"]);
}

#[actix_web::test]
async fn each_workspace_signs_with_the_algorithm_it_chose_and_rsa_keys_are_made_when_first_needed() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_basic").await;
    for (name, alg) in [
        ("ES384", Algorithm::ES384),
        ("EdDSA", Algorithm::EdDSA),
        ("RS256", Algorithm::RS256),
        ("PS256", Algorithm::PS256),
        ("ES256", Algorithm::ES256),
    ] {
        workspace.set(json!({"access_token_signing_alg": name})).await;
        let tokens = futures_util::future::join_all((0..4).map(|_| client.token())).await;
        for token in tokens {
            let (_, signed) = verified(&workspace, &token, &workspace.issuer()).await;
            assert_eq!(signed, alg);
            assert_eq!(client.introspect(&token).await.json["active"], true);
        }
    }
    let keys = server.read(&format!("{}/keys", workspace.path())).await;
    let states: Vec<(&str, &str)> = keys["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| (key["alg"].as_str().unwrap(), key["state"].as_str().unwrap()))
        .collect();
    for alg in ["ES256", "ES384", "EdDSA", "RS256", "PS256"] {
        assert_eq!(states.iter().filter(|state| **state == (alg, "current")).count(), 1, "{states:?}");
        assert_eq!(states.iter().filter(|state| **state == (alg, "next")).count(), 1, "{states:?}");
    }
}

#[actix_web::test]
async fn opaque_tokens_are_stored_as_hashes_and_say_nothing() {
    let server = TestServer::start().await;
    let workspace = server.workspace_in("default", &json!({"access_token_format": "opaque"})).await;
    let client = workspace.client_of("client_secret_basic").await;
    let token = client.token().await;
    assert_eq!(token.len(), 43);
    assert_eq!(client.introspect(&token).await.json["active"], true);
    assert_eq!(client.introspect(&token[..42]).await.json["active"], false);
}

#[actix_web::test]
async fn a_client_that_another_node_has_just_deleted_is_unknown_and_no_server_error() {
    let server = TestServer::start().await;
    let workspace = server.workspace_in("default", &json!({"access_token_format": "opaque"})).await;
    let client = workspace.client_of("client_secret_basic").await;
    client.token().await;
    // Behind the back of this node's caches.
    let tenant = cardea_protocol::TenantId::default_tenant();
    let id = cardea_protocol::WorkspaceId::parse(workspace.path().rsplit('/').next().unwrap()).unwrap();
    let client_id = cardea_protocol::ClientId::parse(&client.id).unwrap();
    let tx = server.app.store.begin(server.clock.now()).await.unwrap();
    assert!(tx.scoped(&tenant, &id).delete_client(&client_id).await.unwrap());
    tx.commit().await.unwrap();
    client.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
    workspace.client_of("client_secret_basic").await.token().await;
}
