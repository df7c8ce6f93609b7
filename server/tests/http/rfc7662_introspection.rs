//! Introspection (RFC 7662): only tokens that are good, and only to whom they are meant for.

use serde_json::json;

use crate::harness::{Answer, ClientActor, TestServer, WorkspaceActor};

async fn inactive(caller: &ClientActor<'_>, token: &str) {
    let answer = caller.introspect(token).await.expect(200);
    assert_eq!(answer.body, r#"{"active":false}"#, "{token}");
}

async fn active(caller: &ClientActor<'_>, token: &str) -> Answer {
    let answer = caller.introspect(token).await.expect(200);
    assert_eq!(answer.json["active"], true, "{}", answer.body);
    answer
}

async fn clients<'s>(workspace: WorkspaceActor<'s>) -> (ClientActor<'s>, ClientActor<'s>) {
    let scoped = json!({"scope": "read"});
    workspace.service("https://api.example.com", &["read"]).await;
    (workspace.client(scoped).await, workspace.client_of("client_secret_basic").await)
}

#[actix_web::test]
async fn a_token_is_shown_to_its_client_and_to_those_who_act_for_its_service() {
    for format in ["jwt", "opaque"] {
        let server = TestServer::start().await;
        let workspace = server.workspace_in("default", &json!({"access_token_format": format})).await;
        let (client, api) = clients(workspace).await;
        let token = client.token().await;
        assert_eq!(token.contains('.'), format == "jwt");
        inactive(&api, &token).await;
        let services = server.read(&format!("{}/services", workspace.path())).await;
        let path = format!("{}/services/{}", workspace.path(), services["items"][0]["id"].as_str().unwrap());
        server.change(&path, &json!({"introspection_client_ids": [api.id]})).await;
        for caller in [&client, &api] {
            let shown = active(caller, &token).await;
            assert_eq!(shown.header("cache-control"), "no-store");
            assert_eq!(shown.json["client_id"], json!(client.id));
            assert_eq!(shown.json["scope"], "read");
            assert_eq!(shown.json["aud"], "https://api.example.com");
            assert_eq!(shown.json["iss"], json!(workspace.issuer()));
            assert_eq!(shown.json["token_type"], "Bearer");
            assert_eq!(shown.json["exp"], json!(server.clock.now().as_secs() + 3600));
        }
    }
}

#[actix_web::test]
async fn what_is_not_a_good_token_of_this_workspace_is_inactive() {
    for format in ["jwt", "opaque"] {
        let server = TestServer::start().await;
        let settings = json!({"access_token_format": format});
        let workspace = server.workspace_in("default", &settings).await;
        let client = workspace.client_of("client_secret_basic").await;
        let token = client.token().await;
        let elsewhere = server.workspace_in("default", &settings).await.client_of("client_secret_basic").await;
        let foreign = elsewhere.token().await;
        let truncated = &token[..token.len() - 1];
        let extended = format!("{token}A");
        for wrong in ["x", "a.b.c", "..", truncated, &extended, &foreign, &"x".repeat(20_000), "eyJ.eyJ.x"] {
            inactive(&client, wrong).await;
        }
        active(&client, &token).await;
        server.change(&client.path(), &json!({"status": "inactive"})).await;
        let reader = workspace.client_of("client_secret_basic").await;
        inactive(&reader, &token).await;
        server.change(&client.path(), &json!({"status": "active"})).await;
        active(&client, &token).await;
        server.clock.advance_secs(3600);
        inactive(&client, &token).await;
        active(&client, &client.token().await).await;
    }
}

#[actix_web::test]
async fn a_client_made_anew_does_not_inherit_tokens() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client(json!({"client_id": "phoenix"})).await;
    let token = client.token().await;
    Answer::to(server.api("DELETE", &client.path())).await.expect(204);
    client.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
    // Within the same second.
    server.clock.advance_millis(1);
    let risen = workspace.client(json!({"client_id": "phoenix"})).await;
    inactive(&risen, &token).await;
    active(&risen, &risen.token().await).await;
}

#[actix_web::test]
async fn asking_requires_proof_and_a_token() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_basic").await;
    let public = workspace.client_of("none").await;
    let token = client.token().await;
    let url = workspace.url("/oauth2/introspect");
    let anonymous = server.http.post(&url).form(&[("token", &token)]);
    Answer::to(anonymous).await.refused(401, "invalid_client");
    let named = server.http.post(&url).form(&[("token", token.as_str()), ("client_id", &public.id)]);
    Answer::to(named).await.refused(401, "invalid_client");
    let empty = server.http.post(&url).basic_auth(&client.id, client.secret.as_deref()).form(&[("x", "y")]);
    Answer::to(empty).await.refused(400, "invalid_request");
    Answer::to(server.http.get(&url)).await.expect(405);
    active(&client, &token).await;
}
