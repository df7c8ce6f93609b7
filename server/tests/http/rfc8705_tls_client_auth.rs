//! `tls_client_auth` (RFC 8705 §2.1): an authority of this very workspace, and the one registered name.

use rcgen::{CustomExtension, DnType, ExtendedKeyUsagePurpose, IsCa, SanType, date_time_ymd};
use serde_json::{Value, json};

use crate::harness::certificates::{BEHIND_A_PROXY, Ca, ClientCertificate, client_params};
use crate::harness::{ClientActor, TestServer, WorkspaceActor};

async fn trust(workspace: &WorkspaceActor<'_>, ca: &Ca) -> Value {
    workspace.server.create(&format!("{}/trusted-cas", workspace.path()), &ca.upload()).await
}

async fn client<'s>(workspace: &WorkspaceActor<'s>, member: &str, value: &str) -> ClientActor<'s> {
    workspace.client(json!({"token_endpoint_auth_method": "tls_client_auth", member: value})).await
}

/// Refused with that reason, and with what is registered and what came.
async fn refused(client: &ClientActor<'_>, certificate: &ClientCertificate, reason: &str) -> (String, String) {
    client.token_by_certificate(certificate).await.refused(401, "invalid_client");
    let event = client.workspace.last_event("client.authenticated", "failure").await;
    assert_eq!(event["reason"], reason, "{event}");
    let shown =
        |member: &str| event["detail"][member].as_str().unwrap_or_else(|| panic!("no {member}: {event}")).to_owned();
    (shown("registered"), shown("presented"))
}

#[actix_web::test]
async fn a_certificate_by_a_trusted_authority_with_the_registered_subject_is_the_client() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let client = client(&workspace, "tls_client_auth_subject_dn", "CN=client,O=Acme").await;
    let good = ca.signs(&client_params("client"));
    let (registered, presented) = refused(&client, &good, "certificate_untrusted").await;
    assert_eq!((&*registered, &*presented), ("no authority", "CN=Acme CA,O=Acme"));
    trust(&workspace, &ca).await;
    client.token_by_certificate(&good).await.expect(200);

    let (registered, presented) = refused(&client, &ca.signs(&client_params("other")), "certificate_subject").await;
    assert_eq!((&*registered, &*presented), ("CN=client,O=Acme", "CN=other,O=Acme"));
    client.token_by_certificate(&good).await.expect(200);
}

#[actix_web::test]
async fn without_a_certificate_there_is_no_client() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    trust(&workspace, &ca).await;
    let client = client(&workspace, "tls_client_auth_san_dns", "client.example").await;
    client.token_by("tls_client_auth", &[]).await.refused(401, "invalid_client");
    let event = workspace.last_event("client.authenticated", "failure").await;
    assert_eq!(event["reason"], "certificate_missing");
    assert_eq!(
        (&event["detail"]["registered"], &event["detail"]["presented"]),
        (&json!("client.example"), &json!("no certificate"))
    );
    let mut params = client_params("client");
    params.subject_alt_names = vec![SanType::DnsName("client.example".try_into().unwrap())];
    client.token_by_certificate(&ca.signs(&params)).await.expect(200);
}

#[actix_web::test]
async fn an_authority_vouches_in_the_workspaces_that_trust_it_and_in_no_other() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    // One name, two keys: which of them signed is what counts.
    let (ca, twin) = (Ca::new("Acme CA"), Ca::new("Acme CA"));
    trust(&one, &ca).await;
    trust(&other, &twin).await;
    let client = client(&one, "tls_client_auth_subject_dn", "CN=client,O=Acme").await;
    refused(&client, &twin.signs(&client_params("client")), "certificate_untrusted").await;
    trust(&one, &twin).await;
    client.token_by_certificate(&twin.signs(&client_params("client"))).await.expect(200);
    client.token_by_certificate(&ca.signs(&client_params("client"))).await.expect(200);
}

#[actix_web::test]
async fn an_authority_that_is_trusted_no_more_vouches_for_nobody_from_the_next_request_on() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let path = format!("{}/trusted-cas/{}", workspace.path(), trust(&workspace, &ca).await["id"].as_str().unwrap());
    let client = client(&workspace, "tls_client_auth_subject_dn", "CN=client,O=Acme").await;
    let certificate = ca.signs(&client_params("client"));
    client.token_by_certificate(&certificate).await.expect(200);
    crate::harness::Answer::to(server.api("DELETE", &path)).await.expect(204);
    refused(&client, &certificate, "certificate_untrusted").await;
    trust(&workspace, &ca).await;
    client.token_by_certificate(&certificate).await.expect(200);
}

#[actix_web::test]
async fn a_certificate_that_is_not_for_this_is_refused() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    trust(&workspace, &ca).await;
    let client = client(&workspace, "tls_client_auth_subject_dn", "CN=client,O=Acme").await;
    let good = client_params("client");

    let mut expired = good.clone();
    expired.not_after = date_time_ymd(2025, 12, 31);
    let (registered, presented) = refused(&client, &ca.signs(&expired), "certificate_expired").await;
    assert_eq!(registered, "valid at 2026-01-01T00:00:00.000Z");
    assert_eq!(presented, "2025-12-01T00:00:00.000Z to 2025-12-31T00:00:00.000Z");
    let mut early = good.clone();
    early.not_before = date_time_ymd(2026, 2, 1);
    refused(&client, &ca.signs(&early), "certificate_expired").await;
    let mut servers = good.clone();
    servers.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    refused(&client, &ca.signs(&servers), "certificate_untrusted").await;
    let mut authority = good.clone();
    authority.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    refused(&client, &ca.signs(&authority), "certificate_untrusted").await;
    let mut unknown = good.clone();
    let mut extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99_999, 1], vec![5, 0]);
    extension.set_criticality(true);
    unknown.custom_extensions = vec![extension];
    refused(&client, &ca.signs(&unknown), "certificate_untrusted").await;
    refused(&client, &ClientCertificate::self_signed(&good), "certificate_untrusted").await;

    let mut anything = good.clone();
    anything.extended_key_usages = Vec::new();
    client.token_by_certificate(&ca.signs(&anything)).await.expect(200);
    client.token_by_certificate(&ca.signs(&good)).await.expect(200);
}

#[actix_web::test]
async fn each_kind_of_alternative_name_is_compared_as_what_it_is() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    trust(&workspace, &ca).await;
    let mut params = client_params("client.example");
    params.distinguished_name.push(DnType::CustomDnType(vec![1, 2, 840, 113_549, 1, 9, 1]), "subject@client.example");
    params.subject_alt_names = vec![
        SanType::DnsName("Client.Example".try_into().unwrap()),
        SanType::DnsName("*.wild.example".try_into().unwrap()),
        SanType::URI("urn:acme:Client".try_into().unwrap()),
        SanType::IpAddress("2001:db8::1".parse().unwrap()),
        SanType::Rfc822Name("Robot@Client.example".try_into().unwrap()),
    ];
    let certificate = ca.signs(&params);
    for (member, right, wrong) in [
        ("tls_client_auth_san_dns", "CLIENT.example", ["example", "a.wild.example", "client.example.evil"].as_slice()),
        ("tls_client_auth_san_uri", "urn:acme:Client", &["urn:acme:client", "urn:acme:Clien"]),
        ("tls_client_auth_san_ip", "2001:0db8:0::0001", &["2001:db8::2", "32.1.13.184"]),
        ("tls_client_auth_san_email", "Robot@client.EXAMPLE", &["robot@client.example", "subject@client.example"]),
    ] {
        for wrong in wrong {
            let other = client(&workspace, member, wrong).await;
            let (registered, presented) = refused(&other, &certificate, "certificate_san").await;
            assert!(
                registered.eq_ignore_ascii_case(wrong) && presented != "none of this kind",
                "{registered} {presented}"
            );
        }
        client(&workspace, member, right).await.token_by_certificate(&certificate).await.expect(200);
    }
}

#[actix_web::test]
async fn a_revoked_certificate_is_refused_as_soon_as_the_list_says_so() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let id = trust(&workspace, &ca).await["id"].as_str().unwrap().to_owned();
    let client = client(&workspace, "tls_client_auth_subject_dn", "CN=client,O=Acme").await;
    let numbered = |serial: u64| {
        let mut params = client_params("client");
        params.serial_number = Some(serial.into());
        ca.signs(&params)
    };
    let (revoked, good) = (numbered(11), numbered(12));
    client.token_by_certificate(&revoked).await.expect(200);
    let list = json!({"crl_pem": ca.revokes(11)});
    server.change(&format!("{}/trusted-cas/{id}", workspace.path()), &list).await;
    refused(&client, &revoked, "certificate_untrusted").await;
    client.token_by_certificate(&good).await.expect(200);
}
