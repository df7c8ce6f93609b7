//! `self_signed_tls_client_auth` (RFC 8705 §2.2): the certificate itself is registered, in an `x5c`.

use rcgen::date_time_ymd;
use serde_json::json;

use crate::harness::certificates::{BEHIND_A_PROXY, Ca, ClientCertificate, client_params};
use crate::harness::key_server::{ALLOW_LOOPBACK, KeyServer};
use crate::harness::{ClientActor, TestServer, WorkspaceActor};

const METHOD: &str = "self_signed_tls_client_auth";

async fn client<'s>(workspace: &WorkspaceActor<'s>, certificate: &ClientCertificate) -> ClientActor<'s> {
    workspace.client(json!({"token_endpoint_auth_method": METHOD, "jwks": certificate.jwks()})).await
}

#[actix_web::test]
async fn the_registered_certificate_is_the_client_and_no_other_is() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let (own, others) = (client_params("client"), client_params("other"));
    let (own, others) = (ClientCertificate::self_signed(&own), ClientCertificate::self_signed(&others));
    let (client, other) = (client(&workspace, &own).await, client(&workspace, &others).await);
    client.token_by_certificate(&others).await.refused(401, "invalid_client");
    let event = workspace.last_event("client.authenticated", "failure").await;
    assert_eq!(event["reason"], "certificate_not_registered");
    assert_eq!(event["detail"]["registered"], format!("x5t#S256 {}", own.thumbprint()));
    assert_eq!(event["detail"]["presented"], format!("x5t#S256 {}", others.thumbprint()));
    // The same names, another key.
    let namesake = ClientCertificate::self_signed(&client_params("client"));
    client.token_by_certificate(&namesake).await.refused(401, "invalid_client");
    client.token_by(METHOD, &[]).await.refused(401, "invalid_client");
    assert_eq!(workspace.last_reason().await, "certificate_missing");
    client.token_by_certificate(&own).await.expect(200);
    other.token_by_certificate(&others).await.expect(200);
}

#[actix_web::test]
async fn an_authority_that_the_workspace_trusts_does_not_vouch_here() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    server.create(&format!("{}/trusted-cas", workspace.path()), &ca.upload()).await;
    // Self-signed is what the method is called; by whom the certificate is signed does not count.
    let (registered, renewed) = (ca.signs(&client_params("client")), ca.signs(&client_params("client")));
    let client = client(&workspace, &registered).await;
    client.token_by_certificate(&renewed).await.refused(401, "invalid_client");
    assert_eq!(workspace.last_reason().await, "certificate_not_registered");
    client.token_by_certificate(&registered).await.expect(200);
}

#[actix_web::test]
async fn a_registered_certificate_is_good_for_as_long_as_it_says() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    for (from, to) in [((2026, 1, 2), (2027, 1, 1)), ((2025, 1, 1), (2025, 12, 31))] {
        let mut params = client_params("client");
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(to.0, to.1, to.2);
        let certificate = ClientCertificate::self_signed(&params);
        client(&workspace, &certificate).await.token_by_certificate(&certificate).await.refused(401, "invalid_client");
        assert_eq!(workspace.last_reason().await, "certificate_expired");
    }
    let certificate = ClientCertificate::self_signed(&client_params("client"));
    client(&workspace, &certificate).await.token_by_certificate(&certificate).await.expect(200);
}

#[actix_web::test]
async fn a_certificate_that_is_new_at_the_jwks_uri_is_looked_for_once() {
    let variables = [BEHIND_A_PROXY[0], BEHIND_A_PROXY[1], ALLOW_LOOPBACK];
    let server = TestServer::start_with(&variables).await;
    let workspace = server.workspace().await;
    let [old, new, never] = ["old", "new", "never"].map(|name| ClientCertificate::self_signed(&client_params(name)));
    let keys = KeyServer::start(&old.jwks());
    let client = workspace.client(json!({"token_endpoint_auth_method": METHOD, "jwks_uri": keys.url})).await;
    client.token_by_certificate(&old).await.expect(200);
    client.token_by_certificate(&old).await.expect(200);
    assert_eq!(keys.asked(), 1);
    keys.says(200, &new.jwks());
    client.token_by_certificate(&new).await.expect(200);
    assert_eq!(keys.asked(), 2);
    client.token_by_certificate(&never).await.refused(401, "invalid_client");
    assert_eq!(workspace.last_reason().await, "certificate_not_registered");
    assert_eq!(keys.asked(), 2, "no third time within a minute");
    client.token_by_certificate(&old).await.refused(401, "invalid_client");
    client.token_by_certificate(&new).await.expect(200);
}
