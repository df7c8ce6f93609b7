//! Credentials that end before long.

use rcgen::date_time_ymd;
use serde_json::{Value, json};

use super::Administrator;
use crate::harness::TestServer;
use crate::harness::certificates::{Ca, ClientCertificate, client_params};

async fn expiring(server: &TestServer, path: &str, days: u32) -> Value {
    server.read(&format!("{path}/expiring-credentials?within_days={days}")).await
}

#[actix_web::test]
async fn the_soonest_comes_first_and_says_whether_there_is_another() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = workspace.path();
    let client = workspace.client(json!({"client_id": "shop", "client_name": "Shop"})).await;
    let secrets = format!("{}/secrets", client.path());
    for (name, day) in [("soon", "05"), ("later", "25")] {
        let body = json!({"name": name, "expires_at": format!("2026-01-{day}T00:00:00Z")});
        server.create(&secrets, &body).await;
    }
    let mut params = client_params("client");
    params.not_after = date_time_ymd(2026, 1, 10);
    let jwks = ClientCertificate::self_signed(&params).jwks();
    workspace.client(json!({"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks": jwks})).await;
    server.create(&format!("{path}/trusted-cas"), &Ca::new("Acme CA").upload()).await;
    let told = expiring(&server, &path, 30).await;
    let items = told["items"].as_array().unwrap();
    let kinds: Vec<_> = items.iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!((kinds, &told["total"]), (vec!["secret", "client_certificate", "secret"], &json!(3)));
    assert_eq!((&items[0]["name"], &items[0]["client_name"]), (&json!("soon"), &json!("Shop")));
    assert_eq!(items[0]["has_successor"], true, "the first secret never ends");
    assert_eq!((&items[1]["name"], &items[1]["has_successor"]), (&json!("CN=client,O=Acme"), &json!(false)));
    assert_eq!(expiring(&server, &path, 7).await["total"], 1);
    let year = expiring(&server, &path, 365).await;
    assert_eq!(year["items"][3]["kind"], "trusted_ca");
    // What has ended is of no interest any more.
    server.clock.advance_secs(1_000_000);
    let mut server = server;
    server.sign_in().await;
    assert_eq!(expiring(&server, &path, 30).await["total"], 1);
}

#[actix_web::test]
async fn nobody_sees_those_of_another_workspace() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    let workspace = server.workspace().await;
    let client = workspace.client(json!({})).await;
    let body = json!({"name": "soon", "expires_at": "2026-01-05T00:00:00Z"});
    server.create(&format!("{}/secrets", client.path()), &body).await;
    assert_eq!(expiring(&server, "/tenants/default/workspaces/default", 30).await["total"], 0);
    let path = format!("{}/expiring-credentials", workspace.path());
    let stranger = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    stranger.ask("GET", &path, None).await.problem(404, "not_found");
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    auditor.ask("GET", &format!("{path}?within_days=366"), None).await.complains("/within_days", "invalid_value");
    assert_eq!(auditor.ask("GET", &path, None).await.expect(200).json["total"], 1);
}
