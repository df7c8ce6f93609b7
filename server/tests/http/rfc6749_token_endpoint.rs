//! The token endpoint to the letter (RFC 6749 §3.2, §5): encodings, errors, headers.

use serde_json::json;

use crate::harness::{Answer, TestServer};

const FORM: &str = "application/x-www-form-urlencoded";

#[actix_web::test]
async fn a_token_is_answered_with_the_members_and_headers_of_section_5_1() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    let answer = client.token_by("client_secret_basic", &[]).await.expect(200);
    assert_eq!(answer.header("content-type"), "application/json;charset=UTF-8");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    assert!(!answer.header("x-request-id").is_empty());
    assert_eq!(answer.json["token_type"], "Bearer");
    assert_eq!(answer.json["expires_in"], 3600);
    assert_eq!(answer.json["scope"], "");
    assert!(answer.json.get("refresh_token").is_none());
}

#[actix_web::test]
async fn json_is_another_encoding_of_the_same_parameters() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_post").await;
    let body = json!({"grant_type": "client_credentials", "client_id": client.id, "client_secret": client.secret});
    Answer::to(client.workspace.token_request().json(&body)).await.expect(200);
    let body = body.to_string();
    let send = |body: String| {
        Answer::to(
            client.workspace.token_request().header("content-type", "application/json; charset=utf-8").body(body),
        )
    };
    let twice = body.replacen('{', "{\"grant_type\":\"client_credentials\",", 1);
    for wrong in [
        twice,
        body.replace("\"client_credentials\"", "7"),
        body.replace("\"client_credentials\"", "[\"client_credentials\"]"),
        body.replace("\"client_credentials\"", "{\"a\":{}}"),
        format!("[{body}]"),
        body[1..].to_owned(),
        format!("{body}{body}"),
        "null".to_owned(),
        String::new(),
    ] {
        send(wrong).await.refused(400, "invalid_request");
    }
    send(body).await.expect(200);
}

#[actix_web::test]
async fn only_post_is_answered() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let answer = Answer::to(server.http.request(method, client.workspace.url("/oauth2/token"))).await.expect(405);
        assert_eq!(answer.header("allow"), "POST");
    }
    client.token_by("client_secret_basic", &[]).await.expect(200);
}

#[actix_web::test]
async fn malformed_requests_are_invalid_requests() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_post").await;
    let (id, secret) = (client.id.as_str(), client.secret.as_deref().unwrap());
    let right = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let send = async |content_type: &str, body: String| {
        Answer::to(client.workspace.token_request().header("content-type", content_type).body(body)).await
    };
    for wrong in [
        format!("{right}&grant_type=client_credentials"),
        format!("{right}&unknown=1&unknown=2"),
        format!("{right}&client_secret={secret}"),
        format!("{right}&x=%zz"),
        format!("{right}&x=%ff"),
        format!("client_id={id}&client_secret={secret}"),
        format!("{right}&padding={}", "x".repeat(64 * 1024)),
    ] {
        send(FORM, wrong).await.refused(400, "invalid_request");
    }
    for content_type in ["text/plain", "multipart/form-data", "application/x-www-form-urlencodedx", ""] {
        send(content_type, right.clone()).await.refused(400, "invalid_request");
    }
    send("Application/X-WWW-Form-URLEncoded; charset=UTF-8", right.clone()).await.expect(200);
    send(FORM, format!("{right}&unknown=1&scope=&audience=a&audience=b")).await.expect(200);
}

#[actix_web::test]
async fn credentials_in_the_query_are_refused() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    let ask = |query: &str| {
        let request = server.http.post(format!("{}?{query}", client.workspace.url("/oauth2/token")));
        let request = request.basic_auth(&client.id, client.secret.as_deref());
        Answer::to(request.form(&[("grant_type", "client_credentials")]))
    };
    for query in [
        "client_secret=x",
        "client_secret=",
        "client_id=x",
        "client_assertion=x",
        "client%5Fsecret=x",
        "code_verifier=x",
        "grant_type=client_credentials",
        "a=%zz",
    ] {
        ask(query).await.refused(400, "invalid_request");
    }
    ask("trace=1").await.expect(200);
}

#[actix_web::test]
async fn an_unknown_workspace_is_not_found_at_once() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    for path in ["/nobody/home", "/default/nothing", "/DEFAULT/default", "/default/%2e%2e", "/console/x"] {
        for page in ["/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"] {
            let request = server.http.post(format!("{}{path}{page}", server.url)).form(&[("grant_type", "x")]);
            let answer = Answer::to(request).await.expect(404);
            assert_eq!(answer.json["error"], "invalid_request", "{path}{page}");
        }
    }
    client.token_by("client_secret_basic", &[]).await.expect(200);
}

#[actix_web::test]
async fn grant_types_are_checked_against_the_standard_the_workspace_and_the_client() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_post").await;
    let ask = async |grant: &str| {
        let (mut form, _) = client.proof("client_secret_post");
        form.push(("grant_type".to_owned(), grant.to_owned()));
        Answer::to(workspace.token_request().form(&form)).await
    };
    for unknown in ["password", "CLIENT_CREDENTIALS", "implicit", "urn:x", "client_credentials "] {
        ask(unknown).await.refused(400, "unsupported_grant_type");
    }
    ask("").await.refused(400, "invalid_request");
    workspace.set(json!({"grant_types": ["authorization_code"]})).await;
    ask("client_credentials").await.refused(400, "unsupported_grant_type");
    workspace.set(json!({"grant_types": ["client_credentials", "authorization_code"]})).await;
    ask("client_credentials").await.expect(200);
    let metadata = json!({
        "token_endpoint_auth_method": "client_secret_post",
        "grant_types": ["authorization_code"],
        "redirect_uris": ["https://client.example.com/callback"],
    });
    let other = workspace.client(metadata).await;
    other.token_by("client_secret_post", &[]).await.refused(400, "unauthorized_client");
    let event = workspace.last_event("token.issued", "failure").await;
    assert_eq!(
        (event["reason"].as_str(), event["client_id"].as_str()),
        (Some("unauthorized_client"), Some(&*other.id))
    );
}

#[actix_web::test]
async fn who_asks_is_settled_before_what_is_asked() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_post").await;
    let form = [("grant_type", "nonsense"), ("client_id", client.id.as_str()), ("client_secret", "wrong")];
    Answer::to(client.workspace.token_request().form(&form)).await.refused(401, "invalid_client");
    client.token_by("client_secret_post", &[]).await.expect(200);
}
