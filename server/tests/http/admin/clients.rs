//! Clients: registration by method, ids and secrets brought along, and what becomes of secrets when the method changes.

use serde_json::{Value, json};

use super::operator;
use crate::harness::{ClientActor, KeyPair, TestServer, WorkspaceActor};

async fn patched(client: &ClientActor<'_>, patch: Value) -> Value {
    client.workspace.server.change(&client.path(), &patch).await
}

async fn secrets(client: &ClientActor<'_>) -> Vec<Value> {
    let path = format!("{}/secrets", client.path());
    client.workspace.server.read(&path).await["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_secret_is_shown_once_where_the_method_has_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for method in ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"] {
        let client = workspace.client_of(method).await;
        let shown = server.read(&client.path()).await;
        assert!(shown.get("client_secret").is_none() && shown.get("client_secret_expires_at").is_none());
        assert_eq!(client.secret.is_some(), method.starts_with("client_secret"), "{method}");
        assert_eq!(secrets(&client).await.len(), usize::from(client.secret.is_some()), "{method}");
        if let Some(secret) = &client.secret {
            assert_eq!(secrets(&client).await[0]["prefix"].as_str().unwrap(), &secret[..4]);
        }
    }
}

#[actix_web::test]
async fn registration_answers_every_registered_value() {
    let server = TestServer::start().await;
    let path = format!("{}/clients", server.workspace().await.path());
    let body = json!({
        "client_name": "Shop", "redirect_uris": ["https://shop.example/cb"], "scope": "a b",
        "contacts": ["ops@shop.example"], "client_uri": "https://shop.example", "application_type": "web",
        "grant_types": ["authorization_code", "refresh_token"], "token_ttls": {"access_token": 60},
    });
    let made = operator(&server, "POST", &path, Some(body.clone())).await.expect(201);
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(made.json[name], *value, "{name}");
    }
    assert_eq!((&made.json["response_types"], &made.json["client_secret_expires_at"]), (&json!(["code"]), &json!(0)));
    assert_eq!(made.json["last_authenticated_at"], Value::Null);
    let shown =
        operator(&server, "GET", made.header("location").strip_prefix("/api/v1").unwrap(), None).await.expect(200);
    assert_eq!((shown.header("etag"), shown.text("client_name")), (made.header("etag"), "Shop".to_owned()));
}

#[actix_web::test]
async fn a_client_may_bring_its_id_and_secret() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let id = "1PpG/Q 1?#%";
    let brought =
        workspace.client(json!({"client_id": id, "client_secret": "a secret: with % & ü".replace('ü', "+")})).await;
    assert_eq!(brought.id, id);
    let quoted = format!("{}/clients/1PpG%2FQ%201%3F%23%25", workspace.path());
    assert_eq!(server.read(&quoted).await["client_id"], id);
    let listed = server.read(&format!("{quoted}/secrets")).await;
    assert_eq!(listed["items"][0]["prefix"], Value::Null);
    let clients = format!("{}/clients", workspace.path());
    operator(&server, "POST", &clients, Some(json!({"client_id": id}))).await.problem(409, "already_exists");
    for (body, pointer) in [
        (json!({"client_id": ""}), "/client_id"),
        (json!({"client_id": "usr_1"}), "/client_id"),
        (json!({"client_secret": ""}), "/client_secret"),
        (json!({"client_secret": "ü"}), "/client_secret"),
    ] {
        operator(&server, "POST", &clients, Some(body)).await.complains(pointer, "invalid_value");
    }
}

#[actix_web::test]
async fn a_brought_secret_that_signs_is_long_enough_for_its_algorithm() {
    let server = TestServer::start().await;
    let path = format!("{}/clients", server.workspace().await.path());
    let body = |length: usize, alg: Option<&str>| {
        let secret = "s".repeat(length);
        json!({"token_endpoint_auth_method": "client_secret_jwt", "client_secret": secret, "token_endpoint_auth_signing_alg": alg})
    };
    for (length, alg) in [(31, None), (31, Some("HS256")), (47, Some("HS384")), (63, Some("HS512"))] {
        operator(&server, "POST", &path, Some(body(length, alg))).await.complains("/client_secret", "invalid_value");
    }
    for (length, alg, pinned) in
        [(32, None, "HS256"), (48, None, "HS384"), (64, None, "HS512"), (32, Some("HS256"), "HS256")]
    {
        let made = operator(&server, "POST", &path, Some(body(length, alg))).await.expect(201);
        assert_eq!(made.text("token_endpoint_auth_signing_alg"), pinned, "{length}");
    }
    let made = server.create(&path, &body(32, Some("HS256"))).await;
    let client = format!("{path}/{}", made["client_id"].as_str().unwrap());
    let longer = Some(json!({"token_endpoint_auth_signing_alg": "HS512"}));
    operator(&server, "PATCH", &client, longer).await.complains("/token_endpoint_auth_signing_alg", "secret_too_short");
}

#[actix_web::test]
async fn a_method_that_is_disabled_or_lacks_its_credential_is_not_registered() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_basic", "private_key_jwt"]})).await;
    let path = format!("{}/clients", workspace.path());
    for body in [
        json!({"token_endpoint_auth_method": "client_secret_post"}),
        json!({"token_endpoint_auth_method": "private_key_jwt"}),
        json!({"token_endpoint_auth_method": "private_key_jwt", "client_secret": "brought-along-but-useless"}),
    ] {
        operator(&server, "POST", &path, Some(body)).await.problem(400, "invalid_client_metadata");
    }
    let client = workspace.client(json!({})).await;
    let patch = Some(json!({"token_endpoint_auth_method": "client_secret_post"}));
    operator(&server, "PATCH", &client.path(), patch)
        .await
        .complains("/token_endpoint_auth_method", "invalid_client_metadata");
    let key = KeyPair::generate(cardea_protocol::SigningAlg::ES256);
    let body = json!({"token_endpoint_auth_method": "private_key_jwt", "jwks": key.jwks(), "client_secret": "useless"});
    operator(&server, "POST", &path, Some(body)).await.complains("/client_secret", "not_allowed");
}

#[actix_web::test]
async fn secrets_serve_basic_and_post_alike() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client(json!({})).await;
    let changed = patched(&client, json!({"token_endpoint_auth_method": "client_secret_post"})).await;
    assert!(changed.get("client_secret").is_none());
    client.token_by("client_secret_post", &[]).await.expect(200);
    client.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
}

#[actix_web::test]
async fn a_change_to_signing_with_a_secret_makes_a_new_one_and_back_again() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let mut client = workspace.client(json!({})).await;
    for method in ["client_secret_jwt", "client_secret_basic"] {
        let changed = patched(&client, json!({"token_endpoint_auth_method": method})).await;
        client.secret = Some(changed["client_secret"].as_str().unwrap().to_owned());
        assert_eq!(secrets(&client).await.len(), 1, "{method}");
        client.token_by(method, &[]).await.expect(200);
    }
}

#[actix_web::test]
async fn a_change_to_a_method_without_secrets_drops_them() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let mut client = workspace.client(json!({})).await;
    let old = client.secret.clone();
    let key = KeyPair::generate(cardea_protocol::SigningAlg::ES256);
    let changed = patched(&client, json!({"token_endpoint_auth_method": "private_key_jwt", "jwks": key.jwks()})).await;
    assert!(changed.get("client_secret").is_none());
    assert_eq!(secrets(&client).await, Vec::<Value>::new());
    let back = patched(&client, json!({"token_endpoint_auth_method": "client_secret_basic", "jwks": null})).await;
    client.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
    client.secret = Some(back["client_secret"].as_str().unwrap().to_owned());
    assert_ne!(client.secret, old);
    client.token_by("client_secret_basic", &[]).await.expect(200);
}

#[actix_web::test]
async fn a_client_that_was_registered_before_its_method_was_disabled_can_still_be_renamed_to_an_enabled_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client(json!({})).await;
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_post"]})).await;
    patched(&client, json!({"token_endpoint_auth_method": "client_secret_post"})).await;
    client.token_by("client_secret_post", &[]).await.expect(200);
}

#[actix_web::test]
async fn a_client_belongs_to_its_workspace_alone() {
    let server = TestServer::start().await;
    let (one, other): (WorkspaceActor<'_>, WorkspaceActor<'_>) = (server.workspace().await, server.workspace().await);
    let client = one.client(json!({"client_id": "same"})).await;
    let elsewhere = format!("{}/clients/same", other.path());
    for (method, rest, body) in [
        ("GET", "", None),
        ("PATCH", "", Some(json!({"client_name": "x"}))),
        ("DELETE", "", None),
        ("GET", "/secrets", None),
        ("POST", "/secrets", Some(json!({"name": "x"}))),
        ("GET", "/activity", None),
    ] {
        operator(&server, method, &format!("{elsewhere}{rest}"), body).await.problem(404, "not_found");
    }
    let id = secrets(&client).await[0]["id"].as_str().unwrap().to_owned();
    operator(&server, "DELETE", &format!("{elsewhere}/secrets/{id}"), None).await.problem(404, "not_found");
    client.token().await;
}

#[actix_web::test]
async fn what_is_unknown_in_a_key_is_not_kept() {
    let server = TestServer::start().await;
    let path = format!("{}/clients", server.workspace().await.path());
    let key = KeyPair::generate(cardea_protocol::SigningAlg::ES256).named("one");
    let mut with_more = key.jwks();
    with_more["keys"][0]["x-note"] = json!("n".repeat(1_000));
    with_more["x-more"] = json!(true);
    let body = json!({"token_endpoint_auth_method": "private_key_jwt", "jwks": with_more});
    let made = operator(&server, "POST", &path, Some(body.clone())).await.expect(201);
    let kept = &made.json["jwks"];
    assert_eq!((&kept["x-more"], &kept["keys"][0]["x-note"]), (&Value::Null, &Value::Null));
    assert_eq!((&kept["keys"][0]["x"], &kept["keys"][0]["kid"]), (&key.public["x"], &json!("one")));
    let own = format!("{path}/{}", made.text("client_id"));
    let patched = operator(&server, "PATCH", &own, Some(json!({"jwks": body["jwks"]}))).await.expect(200);
    assert_eq!((&patched.json["jwks"], patched.header("etag")), (kept, made.header("etag")));
}

#[actix_web::test]
async fn all_metadata_of_a_client_together_is_bounded() {
    let server = TestServer::start().await;
    let path = format!("{}/clients", server.workspace().await.path());
    let uris = |length: usize| {
        let long = "x".repeat(length);
        (0..40).map(|number| json!(format!("https://a.example/{number}/{long}"))).collect::<Vec<_>>()
    };
    let body = json!({"redirect_uris": uris(1_800)});
    operator(&server, "POST", &path, Some(body.clone())).await.complains("", "too_large");
    let made = server.create(&path, &json!({"redirect_uris": uris(1_000)})).await;
    let own = format!("{path}/{}", made["client_id"].as_str().unwrap());
    operator(&server, "PATCH", &own, Some(body)).await.complains("", "too_large");
    server.change(&own, &json!({"redirect_uris": uris(10)})).await;
}
