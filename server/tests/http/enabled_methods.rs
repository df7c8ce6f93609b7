//! The matrix *method registered × method used × method enabled*: only the diagonal passes.

use serde_json::json;

use crate::harness::certificates::BEHIND_A_PROXY;
use crate::harness::{ClientActor, TestServer, WorkspaceActor};

const METHODS: [&str; 7] = [
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "tls_client_auth",
    "self_signed_tls_client_auth",
    "none",
];

/// Whether what a request by `used` shows could be that method: the two TLS methods and `none` all show a name, and no other
/// method reads certificates.
fn looks_alike(registered: &str, used: &str) -> bool {
    let bare = |method: &str| matches!(method, "tls_client_auth" | "self_signed_tls_client_auth" | "none");
    registered == used || (bare(registered) && bare(used))
}

/// Status, error, and audit reason of a client that uses `used` where `registered` is enabled or not.
fn expected(registered: &str, used: &str, enabled: bool) -> (u16, &'static str, &'static str) {
    if !looks_alike(registered, used) {
        return (401, "invalid_client", "method_mismatch");
    }
    if !enabled {
        return (401, "invalid_client", "method_disabled");
    }
    match (registered, used) {
        // Recognised, and refused for this grant.
        ("none", _) => (400, "unauthorized_client", ""),
        ("tls_client_auth" | "self_signed_tls_client_auth", "none") => (401, "invalid_client", "certificate_missing"),
        ("tls_client_auth", "self_signed_tls_client_auth") => (401, "invalid_client", "certificate_untrusted"),
        ("self_signed_tls_client_auth", "tls_client_auth") => (401, "invalid_client", "certificate_not_registered"),
        _ => (200, "", ""),
    }
}

/// A client that was registered for one method, with all that it takes to try each other.
async fn client_that_tries<'s>(workspace: &WorkspaceActor<'s>, registered: &str, used: &str) -> ClientActor<'s> {
    let mut client = workspace.client_of(registered).await;
    if used.contains("tls") && registered != used {
        client.certificate = workspace.client_of(used).await.certificate;
    }
    client
}

async fn check(client: &ClientActor<'_>, registered: &str, used: &str, enabled: bool) {
    let case = format!("registered {registered}, used {used}, enabled {enabled}");
    let (status, error, reason) = expected(registered, used, enabled);
    let answer = client.token_by(used, &[]).await;
    assert_eq!(answer.status, status, "{case}: {}", answer.body);
    let challenge = answer.header("www-authenticate");
    if status == 401 && used == "client_secret_basic" {
        assert_eq!(challenge, format!("Basic realm=\"{}\"", client.workspace.issuer()), "{case}");
    } else {
        assert_eq!(challenge, "", "{case}");
    }
    if status == 200 {
        assert_eq!(answer.json["token_type"], "Bearer", "{case}");
        return;
    }
    answer.refused(status, error);
    if !reason.is_empty() {
        let event = client.workspace.last_event("client.authenticated", "failure").await;
        assert_eq!(
            (event["reason"].as_str(), event["client_id"].as_str()),
            (Some(reason), Some(&*client.id)),
            "{case}"
        );
    }
}

#[actix_web::test]
async fn only_the_registered_method_passes_and_only_while_it_is_enabled() {
    let unslowed = ("CARDEA_LIMITS__FAILURES_PER_MINUTE", "10000");
    let server = TestServer::start_with(&[BEHIND_A_PROXY[0], BEHIND_A_PROXY[1], unslowed]).await;
    let workspace = server.workspace().await;
    for registered in METHODS {
        let mut clients = Vec::new();
        for used in METHODS {
            let client = client_that_tries(&workspace, registered, used).await;
            check(&client, registered, used, true).await;
            clients.push(client);
        }
        let others: Vec<&str> = METHODS.into_iter().filter(|method| *method != registered).collect();
        workspace.set(json!({"token_endpoint_auth_methods": others})).await;
        for (client, used) in clients.iter().zip(METHODS) {
            check(client, registered, used, false).await;
        }
        let client = METHODS.iter().zip(&clients).find(|(used, _)| **used == registered).unwrap().1;
        workspace.set(json!({"token_endpoint_auth_methods": [registered]})).await;
        check(client, registered, registered, true).await;
        workspace.set(json!({"token_endpoint_auth_methods": METHODS})).await;
    }
}

#[actix_web::test]
async fn tokens_outlive_the_method_that_they_were_got_by() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_post").await;
    let reader = workspace.client_of("client_secret_basic").await;
    let audience = "https://api.example.com";
    let mut service = workspace.service(audience, &["read"]).await;
    service["introspection_client_ids"] = json!([reader.id]);
    let path = format!("{}/services/{}", workspace.path(), service["id"].as_str().unwrap());
    server.change(&path, &json!({"introspection_client_ids": [reader.id]})).await;
    server.change(&client.path(), &json!({"scope": "read"})).await;
    let token = client.token_by("client_secret_post", &[]).await.expect(200).text("access_token");
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_basic"]})).await;
    client.token_by("client_secret_post", &[]).await.refused(401, "invalid_client");
    assert_eq!(reader.introspect(&token).await.json["active"], true);
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_basic", "client_secret_post"]})).await;
    client.token_by("client_secret_post", &[]).await.expect(200);
}

#[actix_web::test]
async fn a_client_cannot_be_registered_for_a_method_that_is_not_enabled() {
    let server = TestServer::start().await;
    let workspace =
        server.workspace_in("default", &json!({"token_endpoint_auth_methods": ["client_secret_basic"]})).await;
    let path = format!("{}/clients", workspace.path());
    let wrong = json!({"token_endpoint_auth_method": "client_secret_post"});
    let refused = crate::harness::Answer::to(server.api("POST", &path).json(&wrong)).await.expect(400);
    assert_eq!(refused.json["errors"][0]["code"], "invalid_client_metadata");
    assert_eq!(refused.json["errors"][0]["pointer"], "/token_endpoint_auth_method");
    let client = workspace.client_of("client_secret_basic").await;
    let refused = crate::harness::Answer::to(server.api("PATCH", &client.path()).json(&wrong)).await.expect(400);
    assert_eq!(refused.json["errors"][0]["code"], "invalid_client_metadata");
    client.token_by("client_secret_basic", &[]).await.expect(200);
}
