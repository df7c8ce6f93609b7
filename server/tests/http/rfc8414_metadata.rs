//! Metadata (RFC 8414, OpenID Connect Discovery): truthful, in both places, and of this workspace alone.

use serde_json::json;

use crate::harness::{Answer, TestServer};

#[actix_web::test]
async fn both_forms_say_the_same_and_name_endpoints_that_answer() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let openid = Answer::to(server.http.get(workspace.url("/.well-known/openid-configuration"))).await.expect(200);
    let path = workspace.issuer().replace(&server.url, "");
    let oauth = format!("{}/.well-known/oauth-authorization-server{path}", server.url);
    let oauth = Answer::to(server.http.get(oauth)).await.expect(200);
    assert_eq!(openid.body, oauth.body);
    assert_eq!(openid.header("content-type"), "application/json");
    let metadata = openid.json;
    assert_eq!(metadata["issuer"], json!(workspace.issuer()));
    for (member, url) in metadata.as_object().unwrap().iter().filter(|(member, _)| member.ends_with("_endpoint")) {
        assert!(url.as_str().unwrap().starts_with(&workspace.issuer()), "{member}");
        let answer = Answer::to(server.http.post(url.as_str().unwrap()).form(&[("x", "y")])).await;
        match member.as_str() {
            "authorization_endpoint" => answer.expect(303),
            "userinfo_endpoint" => answer.expect(401),
            "end_session_endpoint" => answer.expect(200),
            _ => answer.refused(401, "invalid_client"),
        };
    }
    Answer::to(server.http.get(metadata["jwks_uri"].as_str().unwrap())).await.expect(200);
    let grants = metadata["grant_types_supported"].as_array().unwrap();
    for grant in ["authorization_code", "refresh_token", "client_credentials"] {
        assert!(grants.contains(&json!(grant)), "{grant}");
    }
    workspace.set(json!({"grant_types": ["client_credentials"]})).await;
    let oauth = format!("{}/.well-known/oauth-authorization-server{path}", server.url);
    let metadata = Answer::to(server.http.get(oauth)).await.expect(200).json;
    assert_eq!(metadata["grant_types_supported"], json!(["client_credentials"]));
    assert!(metadata.get("authorization_endpoint").is_none(), "what is not served is not named");
}

#[actix_web::test]
async fn the_enabled_methods_and_their_algorithms_are_mirrored() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let metadata =
        async || Answer::to(server.http.get(workspace.url("/.well-known/openid-configuration"))).await.expect(200).json;
    let all = metadata().await;
    assert_eq!(all["token_endpoint_auth_methods_supported"].as_array().unwrap().len(), 7);
    assert!(!all["introspection_endpoint_auth_methods_supported"].as_array().unwrap().contains(&json!("none")));
    for twin in ["token", "introspection", "revocation"] {
        let algorithms = all[format!("{twin}_endpoint_auth_signing_alg_values_supported")].as_array().unwrap().clone();
        assert!(algorithms.contains(&json!("ES256")) && algorithms.contains(&json!("HS256")), "{twin}");
        assert!(!algorithms.contains(&json!("none")));
    }
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_jwt", "none"]})).await;
    let few = metadata().await;
    assert_eq!(few["token_endpoint_auth_methods_supported"], json!(["client_secret_jwt", "none"]));
    assert_eq!(few["introspection_endpoint_auth_methods_supported"], json!(["client_secret_jwt"]));
    let algorithms = few["token_endpoint_auth_signing_alg_values_supported"].as_array().unwrap();
    assert!(algorithms.iter().all(|alg| alg.as_str().unwrap().starts_with("HS")), "{algorithms:?}");
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_basic"]})).await;
    assert!(metadata().await.get("token_endpoint_auth_signing_alg_values_supported").is_none());
}

#[actix_web::test]
async fn the_issuer_is_never_taken_from_the_request() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let request = server
        .http
        .get(workspace.url("/.well-known/openid-configuration"))
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-proto", "https")
        .header("forwarded", "host=evil.example;proto=https");
    assert!(!Answer::to(request).await.expect(200).body.contains("evil"));
}

#[actix_web::test]
async fn a_disabled_workspace_or_tenant_is_not_found() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme", "name": "Acme"})).await;
    let workspace = server.workspace_in("acme", &json!({})).await;
    let client = workspace.client_of("client_secret_basic").await;
    let token = client.token().await;
    for path in [workspace.path(), "/tenants/acme".to_owned()] {
        server.change(&path, &json!({"status": "inactive"})).await;
        client.token_by("client_secret_basic", &[]).await.expect(404);
        client.introspect(&token).await.expect(404);
        server.change(&path, &json!({"status": "active"})).await;
        assert_eq!(client.introspect(&token).await.json["active"], true);
        client.token_by("client_secret_basic", &[]).await.expect(200);
    }
}

#[actix_web::test]
async fn a_workspace_made_anew_shares_nothing_with_the_old_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace_in("default", &json!({"id": "phoenix"})).await;
    let client = workspace.client_of("client_secret_basic").await;
    let token = client.token().await;
    Answer::to(server.api("DELETE", &workspace.path())).await.expect(204);
    client.token_by("client_secret_basic", &[]).await.expect(404);
    server.clock.advance_secs(1);
    let risen = server.workspace_in("default", &json!({"id": "phoenix"})).await;
    client.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
    let reader = risen.client_of("client_secret_basic").await;
    assert_eq!(reader.introspect(&token).await.json["active"], false);
    assert_eq!(reader.introspect(&reader.token().await).await.json["active"], true);
}
