//! The five names by one of which a `tls_client_auth` client is known (RFC 8705 §2.1.2), and the spellings in which people paste
//! the first.

use cardea_api::client::ClientView;
use cardea_e2e::certificates::{self, DnType, SanType, ia5};
use cardea_e2e::openssl;

use crate::stage::{ordinary, stage};

#[tokio::test]
async fn each_alternative_name_recognises_its_certificate_and_no_other() {
    let stage = stage().await;
    let names = [
        ("tls_client_auth_san_dns", "billing.example", SanType::DnsName(ia5("billing.example"))),
        ("tls_client_auth_san_uri", "https://billing.example/self", SanType::URI(ia5("https://billing.example/self"))),
        ("tls_client_auth_san_ip", "192.0.2.7", SanType::IpAddress("192.0.2.7".parse().unwrap())),
        ("tls_client_auth_san_ip", "2001:db8:0:0::7", SanType::IpAddress("2001:db8::7".parse().unwrap())),
        ("tls_client_auth_san_email", "billing@example.org", SanType::Rfc822Name(ia5("billing@example.org"))),
    ];
    let with = |name: &SanType| {
        let mut params = certificates::client("billing");
        params.subject_alt_names = vec![SanType::DnsName(ia5("first.example")), name.clone()];
        stage.authority.issue(&params)
    };
    // The next of the same kind in the alphabet.
    let foreign = [
        SanType::DnsName(ia5("billing.example.org")),
        SanType::URI(ia5("https://billing.example/selfish")),
        SanType::IpAddress("192.0.2.70".parse().unwrap()),
        SanType::IpAddress("2001:db8::70".parse().unwrap()),
        SanType::Rfc822Name(ia5("illing@example.org")),
    ];
    for ((member, value, name), foreign) in names.iter().zip(&foreign) {
        let client_id = stage.workspace.register_name(&stage.admin, member, value).await;
        let refusal = stage.refused(&stage.curl().showing(&with(foreign)), &client_id, "certificate_san").await;
        assert!(refusal.registered.contains("7") || refusal.registered.contains("billing"), "{refusal:?}");
        assert_ne!(refusal.registered, refusal.presented);
        let without = ordinary(&stage.authority, "billing.example");
        let refusal = stage.refused(&stage.curl().showing(&without), &client_id, "certificate_san").await;
        assert!(!refusal.presented.is_empty(), "a common name is no host name: {refusal:?}");
        stage.accepted(&stage.curl().showing(&with(name)), &client_id);
    }
}

#[tokio::test]
async fn a_subject_is_understood_in_each_spelling_that_openssl_prints() {
    let stage = stage().await;
    let mut params = certificates::client("Billing, Ltd.");
    params.distinguished_name.push(DnType::OrganizationalUnitName, "R+D");
    params.distinguished_name.push(DnType::CountryName, "DE");
    let identity = stage.authority.issue(&params);
    let spellings: [&[&str]; 3] = [&["-nameopt", "RFC2253"], &[], &["-nameopt", "compat"]];
    let mut stored = Vec::new();
    for options in spellings {
        let pasted = openssl::subject(&identity.cert(), options);
        let client_id = stage.workspace.register_name(&stage.admin, "tls_client_auth_subject_dn", &pasted).await;
        let view: ClientView = stage.admin.get(&stage.workspace.client(&client_id)).await;
        stored.push(view.metadata.tls_client_auth_subject_dn.unwrap());
        let other = ordinary(&stage.authority, "Billing");
        let refusal = stage.refused(&stage.curl().showing(&other), &client_id, "certificate_subject").await;
        refusal.compares(stored.last().unwrap(), "CN=Billing,O=Example");
        stage.accepted(&stage.curl().showing(&identity), &client_id);
    }
    assert!(stored.iter().all(|name| name == r"C=DE,OU=R\+D,CN=Billing\, Ltd.,O=Example"), "{stored:?}");
}

#[tokio::test]
async fn the_whole_line_that_openssl_prints_may_be_pasted() {
    let stage = stage().await;
    let identity = ordinary(&stage.authority, "billing");
    let cert = identity.cert().display().to_string();
    for options in [&["-nameopt", "RFC2253"][..], &[], &["-nameopt", "compat"]] {
        let line = openssl::run(&[&["x509", "-in", &cert, "-noout", "-subject"], options].concat());
        let client_id = stage.workspace.register_name(&stage.admin, "tls_client_auth_subject_dn", &line).await;
        stage.accepted(&stage.curl().showing(&identity), &client_id);
    }
}
