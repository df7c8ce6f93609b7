//! `client_secret_basic` and `client_secret_post` (RFC 6749 §2.3.1): encodings, one method only, rotation and expiry.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::harness::{Answer, ClientActor, TestServer};

async fn with_header(client: &ClientActor<'_>, authorization: &str) -> Answer {
    let request = client.workspace.token_request().header("authorization", authorization);
    Answer::to(request.form(&[("grant_type", "client_credentials")])).await
}

#[actix_web::test]
async fn both_halves_of_basic_are_form_encoded() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let secret = "z/tZ9VwFZqApmIQ+ZH1I5pLk/uB4ud:X2/8bL+wfFTt1rFw=";
    let client = workspace.client(json!({"client_id": "1PpG/Q 1", "client_secret": secret})).await;
    let vector =
        "Basic MVBwRyUyRlErMTp6JTJGdFo5VndGWnFBcG1JUSUyQlpIMUk1cExrJTJGdUI0dWQlM0FYMiUyRjhiTCUyQndmRlR0MXJGdyUzRA==";
    let unencoded = format!("Basic {}", STANDARD.encode(format!("1PpG/Q 1:{secret}")));
    with_header(&client, &unencoded).await.refused(401, "invalid_client");
    with_header(&client, vector).await.expect(200);
    with_header(&client, &vector.replacen("Basic", "bAsIc", 1)).await.expect(200);
}

#[actix_web::test]
async fn broken_credentials_are_refused_with_a_challenge() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    let secret = client.secret.clone().unwrap();
    let right = STANDARD.encode(format!("{}:{secret}", client.id));
    let id = &client.id;
    for wrong in [
        "Basic".to_owned(),
        "Basic ".to_owned(),
        "Basic !!!!".to_owned(),
        format!("Basic {}", right.trim_end_matches('=')) + "*",
        format!("Basic {right}="),
        format!("Basic {}", STANDARD.encode(id)),
        format!("Basic {}", STANDARD.encode(format!("{id}:"))),
        format!("Basic {}", STANDARD.encode(format!(":{secret}"))),
        format!("Basic {}", STANDARD.encode(format!("{id}:{secret}x"))),
        format!("Basic {}", STANDARD.encode(format!("{id}:{secret}\0"))),
        format!("Basic {}", STANDARD.encode(format!("{id}:%zz"))),
        format!("Basic {}", STANDARD.encode([0xff, b':', 0xfe])),
        format!("Bearer {right}"),
        format!("DPoP {right}"),
        right.clone(),
    ] {
        let answer = with_header(&client, &wrong).await.refused(401, "invalid_client");
        assert!(answer.header("www-authenticate").starts_with("Basic realm="), "{wrong}");
    }
    with_header(&client, &format!("Basic {right}")).await.expect(200);
}

#[actix_web::test]
async fn more_than_one_method_is_an_invalid_request_whether_valid_or_not() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    let secret = client.secret.clone().unwrap();
    let ask = |form: &[(&str, &str)]| {
        let request = client.workspace.token_request().basic_auth(&client.id, Some(&secret));
        Answer::to(request.form(&[&[("grant_type", "client_credentials")], form].concat()))
    };
    for extra in [
        &[("client_id", client.id.as_str()), ("client_secret", secret.as_str())][..],
        &[("client_secret", "")],
        &[("client_secret", "wrong")],
        &[("client_assertion", ""), ("client_assertion_type", "")],
        &[("client_assertion", "x"), ("client_secret", "x")],
    ] {
        ask(extra).await.refused(400, "invalid_request");
        assert_eq!(client.workspace.last_reason().await, "multiple_methods");
    }
    let both = client.workspace.token_request().header("authorization", "Bearer x");
    let both =
        both.form(&[("grant_type", "client_credentials"), ("client_id", &client.id), ("client_secret", &secret)]);
    Answer::to(both).await.refused(400, "invalid_request");
    ask(&[("client_id", client.id.as_str())]).await.expect(200);
}

#[actix_web::test]
async fn the_body_may_not_name_another_client_than_the_one_that_authenticates() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (client, other) =
        (workspace.client_of("client_secret_basic").await, workspace.client_of("client_secret_post").await);
    client.token_by("client_secret_basic", &[("client_id", &other.id)]).await.refused(400, "invalid_request");
    client.token_by("client_secret_basic", &[("client_id", &client.id)]).await.expect(200);
}

#[actix_web::test]
async fn an_unknown_client_and_a_wrong_secret_look_alike() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_post").await;
    let imported = workspace
        .client(json!({"token_endpoint_auth_method": "client_secret_post", "client_secret": "brought-from-elsewhere"}))
        .await;
    let ask = async |id: &str, secret: &str| {
        let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        Answer::to(workspace.token_request().form(&form)).await
    };
    let mut bodies = Vec::new();
    for (id, reason) in
        [("nobody", "unknown_client"), (&client.id, "secret_mismatch"), (&imported.id, "secret_mismatch")]
    {
        bodies.push(ask(id, "wrong").await.refused(401, "invalid_client").body);
        assert_eq!(workspace.last_reason().await, reason);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    ask(&imported.id, "brought-from-elsewhere").await.expect(200);
}

#[actix_web::test]
async fn secrets_overlap_and_expire() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_post").await;
    let path = format!("{}/secrets", client.path());
    let made = server.create(&path, &json!({"name": "second", "revoke_others_after": 60})).await;
    let renewed = ClientActor { secret: Some(made["client_secret"].as_str().unwrap().to_owned()), ..client.clone() };
    client.token_by("client_secret_post", &[]).await.expect(200);
    renewed.token_by("client_secret_post", &[]).await.expect(200);
    server.clock.advance_secs(61);
    client.token_by("client_secret_post", &[]).await.refused(401, "invalid_client");
    assert_eq!(client.workspace.last_reason().await, "secret_expired");
    renewed.token_by("client_secret_post", &[]).await.expect(200);
}

#[actix_web::test]
async fn a_revoked_secret_is_refused_from_the_next_request_on() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_post").await;
    let path = format!("{}/secrets", client.path());
    client.token_by("client_secret_post", &[]).await.expect(200);
    let first = server.read(&path).await["items"][0]["id"].as_str().unwrap().to_owned();
    let made = server.create(&path, &json!({"name": "second"})).await;
    Answer::to(server.api("DELETE", &format!("{path}/{first}"))).await.expect(204);
    client.token_by("client_secret_post", &[]).await.refused(401, "invalid_client");
    let renewed = ClientActor { secret: Some(made["client_secret"].as_str().unwrap().to_owned()), ..client };
    renewed.token_by("client_secret_post", &[]).await.expect(200);
}

#[actix_web::test]
async fn an_inactive_client_is_refused_and_keeps_its_secret() {
    let server = TestServer::start().await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    server.change(&client.path(), &json!({"status": "inactive"})).await;
    client.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
    assert_eq!(client.workspace.last_reason().await, "client_disabled");
    server.change(&client.path(), &json!({"status": "active"})).await;
    client.token_by("client_secret_basic", &[]).await.expect(200);
}

#[actix_web::test]
async fn a_client_of_another_workspace_is_unknown() {
    let server = TestServer::start().await;
    let (here, there) = (server.workspace().await, server.workspace().await);
    let client = here.client_of("client_secret_post").await;
    let stranger = ClientActor { workspace: there, ..client.clone() };
    stranger.token_by("client_secret_post", &[]).await.refused(401, "invalid_client");
    assert_eq!(there.last_reason().await, "unknown_client");
    client.token_by("client_secret_post", &[]).await.expect(200);
}
