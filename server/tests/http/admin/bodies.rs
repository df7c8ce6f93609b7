//! Bodies: strict JSON, every complaint with its pointer, merge patches (RFC 7396).

use serde_json::{Value, json};

use super::operator;
use crate::harness::{Answer, TestServer};

const CLIENTS: &str = "/tenants/default/workspaces/default/clients";

async fn send(server: &TestServer, content_type: &str, body: impl Into<reqwest::Body>) -> Answer {
    Answer::to(server.api("POST", CLIENTS).header("content-type", content_type).body(body)).await
}

#[actix_web::test]
async fn malformed_bodies_are_refused_one_way() {
    let server = TestServer::start().await;
    for body in ["", "{", "[]", "null", "\"x\"", "{}x", r#"{"a":1,"a":2}"#, r#"{"jwks":{"keys":[],"keys":[]}}"#] {
        send(&server, "application/json", body).await.problem(400, "invalid_request");
    }
    send(&server, "application/json", b"{\"client_name\":\"\xff\"}".to_vec()).await.problem(400, "invalid_request");
    send(&server, "application/json", r#"{"client_name":"\u0000"}"#).await.complains("/client_name", "invalid_value");
    let deep = format!(r#"{{"jwks":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    send(&server, "application/json", deep).await.problem(400, "invalid_request");
    send(&server, "application/json", "{}").await.expect(201);
}

#[actix_web::test]
async fn a_body_is_json_by_its_media_type_and_bounded() {
    let server = TestServer::start().await;
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        send(&server, media_type, "{}").await.problem(415, "unsupported_media_type");
    }
    let encoded =
        server.api("POST", CLIENTS).header("content-encoding", "gzip").header("content-type", "application/json");
    Answer::to(encoded.body("{}")).await.problem(415, "unsupported_media_type");
    let large = format!("{{}}{}", " ".repeat(256 * 1024));
    send(&server, "application/json", large).await.problem(413, "payload_too_large");
    send(&server, "application/json;charset=UTF-8", "{}").await.expect(201);
}

#[actix_web::test]
async fn unknown_members_and_wrong_types_are_named_all_at_once() {
    let server = TestServer::start().await;
    let body = json!({
        "client_name": 7,
        "redirect_uris": ["https://client.example/cb", 1],
        "jwks_url": "https://client.example/jwks",
        "token_ttls": {"access_token": "long", "axes_token": 1},
    });
    let refused = operator(&server, "POST", CLIENTS, Some(body)).await.problem(400, "invalid_client_metadata");
    let refused = refused.complains("/client_name", "invalid_type").complains("/redirect_uris/1", "invalid_type");
    refused.complains("/jwks_url", "unknown_member").complains("/token_ttls/access_token", "invalid_type");
    let body = json!({"token_ttls": {"axes_token": 1}});
    operator(&server, "POST", CLIENTS, Some(body)).await.complains("/token_ttls/axes_token", "unknown_member");
}

#[actix_web::test]
async fn a_patch_complains_as_a_creation_does() {
    let server = TestServer::start().await;
    let made = server.create(CLIENTS, &json!({})).await;
    let path = format!("{CLIENTS}/{}", made["client_id"].as_str().unwrap());
    for (body, pointer) in [
        (json!({"nonsense": 1}), "/nonsense"),
        (json!({"client_name": []}), "/client_name"),
        (json!({"redirect_uris": ["javascript:alert(1)"]}), "/redirect_uris/0"),
        (json!({"token_ttls": {"access_token": 1}}), "/token_ttls/access_token"),
    ] {
        for (method, path) in [("POST", CLIENTS), ("PATCH", path.as_str())] {
            let refused =
                operator(&server, method, path, Some(body.clone())).await.problem(400, "invalid_client_metadata");
            let named = refused.json["errors"].as_array().unwrap().iter().any(|error| error["pointer"] == pointer);
            assert!(named, "{method} {body}: {}", refused.body);
        }
    }
}

#[actix_web::test]
async fn a_patch_merges_and_null_resets() {
    let server = TestServer::start().await;
    let made =
        server.create(CLIENTS, &json!({"client_name": "A", "token_ttls": {"access_token": 60, "id_token": 70}})).await;
    let path = format!("{CLIENTS}/{}", made["client_id"].as_str().unwrap());
    let patched = server.change(&path, &json!({"token_ttls": {"access_token": null, "refresh_token": 80}})).await;
    assert_eq!(patched["token_ttls"], json!({"id_token": 70, "refresh_token": 80}));
    assert_eq!(patched["client_name"], "A");
    let patched = server.change(&path, &json!({"client_name": null, "token_ttls": null})).await;
    assert_eq!((&patched["client_name"], &patched["token_ttls"]), (&Value::Null, &Value::Null));
    let request = server.api("PATCH", &path).header("content-type", "application/merge-patch+json");
    Answer::to(request.body(r#"{"client_name":"B"}"#)).await.expect(200);
}

#[actix_web::test]
async fn what_is_read_only_may_be_sent_back_but_not_changed() {
    let server = TestServer::start().await;
    for (path, name) in [
        ("/tenants/default", "id"),
        ("/tenants/default/workspaces/default", "issuer"),
        ("/tenants/default/workspaces/default", "tenant_id"),
        ("/tenants/default/workspaces/default", "created_at"),
    ] {
        let shown = server.read(path).await;
        assert_eq!(server.change(path, &shown).await, shown, "{path}");
        let body = json!({name: "2020-01-01T00:00:00Z"});
        operator(&server, "PATCH", path, Some(body)).await.complains(&format!("/{name}"), "read_only");
    }
    let made = server.create(CLIENTS, &json!({})).await;
    let path = format!("{CLIENTS}/{}", made["client_id"].as_str().unwrap());
    let shown = server.read(&path).await;
    assert_eq!(server.change(&path, &shown).await, shown);
    for body in [
        json!({"client_id": "x"}),
        json!({"client_secret": "x"}),
        json!({"created_at": "2020-01-01T00:00:00Z"}),
        json!({"last_authenticated_at": "yesterday"}),
    ] {
        let refused =
            operator(&server, "PATCH", &path, Some(body.clone())).await.problem(400, "invalid_client_metadata");
        assert_eq!(refused.json["errors"][0]["code"], "read_only", "{body}");
    }
}

#[actix_web::test]
async fn a_problem_never_repeats_a_secret() {
    let server = TestServer::start().await;
    for body in [
        json!({"client_secret": ["hunter2-hunter2"]}),
        json!({"client_secret": {"hunter2-hunter2": 1}}),
        json!({"client_secret": "hunter2-hunter2\u{7}"}),
        json!({"client_secret": "hunter2-hunter2", "token_endpoint_auth_method": "none"}),
        json!({"client_secret": "hunter2-hunter2", "token_endpoint_auth_method": "client_secret_jwt"}),
    ] {
        let refused = operator(&server, "POST", CLIENTS, Some(body)).await.expect(400);
        assert!(!refused.body.contains("hunter2"), "{}", refused.body);
    }
}

#[actix_web::test]
async fn what_was_shown_may_be_sent_back_after_the_client_was_used() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client(json!({"client_name": "Shop"})).await;
    let shown = server.read(&client.path()).await;
    server.clock.advance_secs(60);
    client.token().await;
    server.app.audit.flush().await;
    let mut body = shown.clone();
    body["client_name"] = json!("Shop 2");
    let changed = server.change(&client.path(), &body).await;
    assert_eq!(changed["client_name"], "Shop 2");
    assert_ne!(changed["last_authenticated_at"], shown["last_authenticated_at"], "the use was noted");
    server.change(&client.path(), &shown).await;
}

#[actix_web::test]
async fn nobody_keeps_an_answer_of_this_api() {
    let server = TestServer::start().await;
    for (method, path) in
        [("GET", "/me"), ("GET", CLIENTS), ("GET", "/nothing"), ("PUT", CLIENTS), ("POST", CLIENTS), ("PATCH", CLIENTS)]
    {
        let answer = operator(&server, method, path, Some(json!({}))).await;
        let headers = (answer.header("cache-control"), answer.header("pragma"));
        assert_eq!(headers, ("no-store", "no-cache"), "{method} {path}: {}", answer.status);
    }
    let document = operator(&server, "GET", "/openapi.json", None).await.expect(200);
    assert_eq!(document.header("cache-control"), "public, max-age=60");
}

#[actix_web::test]
async fn what_answers_get_answers_head() {
    let server = TestServer::start().await;
    for path in ["/api/v1/me", "/api/v1/openapi.json", "/default/default/.well-known/jwks.json", "/health"] {
        let ask = |method| server.http.request(method, format!("{}{path}", server.url));
        let token = server.api("GET", "").build().unwrap().headers()["authorization"].clone();
        let got = Answer::to(ask(reqwest::Method::GET).header("authorization", &token)).await.expect(200);
        let head = Answer::to(ask(reqwest::Method::HEAD).header("authorization", &token)).await.expect(200);
        assert_eq!((head.body.as_str(), head.header("content-type")), ("", got.header("content-type")), "{path}");
    }
    assert_eq!(Answer::to(server.http.head(format!("{}/api/v1/me", server.url))).await.status, 401);
    let token = server.http.head(format!("{}/default/default/oauth2/token", server.url));
    assert_eq!(Answer::to(token).await.status, 405);
}
