//! Certificates that prove nothing, each refused for a reason that the audit log gives with both values side by side.

use cardea_e2e::certificates::{self, BasicConstraints, ExtendedKeyUsagePurpose, IsCa, KeyUsagePurpose};
use cardea_e2e::{Authority, Identity, Workspace, openssl};
use serde_json::json;

use crate::stage::{dn, ordinary, stage};

#[tokio::test]
async fn no_certificate_is_refused() {
    let stage = stage().await;
    let (issued, own) =
        (ordinary(&stage.authority, "billing"), Identity::self_signed(&certificates::client("shipping")));
    let by_name = stage.register_dn("billing").await;
    let by_certificate = stage.workspace.register_certificate(&stage.admin, &own).await;

    let refusal = stage.refused(&stage.curl(), &by_name, "certificate_missing").await;
    refusal.compares(&dn("billing"), "no certificate");
    assert!(refusal.message.contains(&stage.token_endpoint()), "it says where one is asked for: {}", refusal.message);
    let refusal = stage.refused(&stage.curl(), &by_certificate, "certificate_missing").await;
    refusal.compares(&format!("x5t#S256 {}", openssl::thumbprint(&own.cert())), "no certificate");

    stage.accepted(&stage.curl().showing(&issued), &by_name);
    stage.accepted(&stage.curl().showing(&own), &by_certificate);
}

#[tokio::test]
async fn another_clients_certificate_is_refused() {
    let stage = stage().await;
    let (billing, shipping) = (ordinary(&stage.authority, "billing"), ordinary(&stage.authority, "shipping"));
    let client_id = stage.register_dn("billing").await;
    stage.register_dn("shipping").await;
    let refusal = stage.refused(&stage.curl().showing(&shipping), &client_id, "certificate_subject").await;
    refusal.compares(&dn("billing"), &dn("shipping"));
    stage.accepted(&stage.curl().showing(&billing), &client_id);

    let (one, other) = (
        Identity::self_signed(&certificates::client("one")),
        // The same in every word, but of another key.
        Identity::self_signed(&certificates::client("one")),
    );
    let client_id = stage.workspace.register_certificate(&stage.admin, &one).await;
    stage.workspace.register_certificate(&stage.admin, &other).await;
    let refusal = stage.refused(&stage.curl().showing(&other), &client_id, "certificate_not_registered").await;
    let thumbprint = |identity: &Identity| format!("x5t#S256 {}", openssl::thumbprint(&identity.cert()));
    refusal.compares(&thumbprint(&one), &thumbprint(&other));
    stage.accepted(&stage.curl().showing(&one), &client_id);
}

#[tokio::test]
async fn a_certificate_of_another_workspaces_authority_is_refused_though_both_names_are_the_same() {
    let stage = stage().await;
    let elsewhere = Workspace::create(&stage.admin, json!({"name": "Elsewhere"})).await;
    let authority = Authority::root("Example CA");
    elsewhere.trust(&stage.admin, &authority).await;
    let there = elsewhere.register_name(&stage.admin, "tls_client_auth_subject_dn", &dn("billing")).await;
    let client_id = stage.register_dn("billing").await;
    let (own, foreign) = (ordinary(&stage.authority, "billing"), ordinary(&authority, "billing"));

    let refusal = stage.refused(&stage.curl().showing(&foreign), &client_id, "certificate_untrusted").await;
    refusal.compares(&dn("Example CA"), &dn("Example CA"));
    assert!(refusal.message.contains("key did not sign"), "{}", refusal.message);
    stage.accepted(&stage.curl().showing(&own), &client_id);

    let form = [("grant_type", "client_credentials"), ("client_id", there.as_str())];
    let url = elsewhere.at(&stage.cardea.mtls_url(""), "/oauth2/token");
    assert_eq!(stage.curl().showing(&own).post(&url, &form).answer.error(), "invalid_client");
    let curled = stage.curl().showing(&foreign).post(&url, &form);
    assert_eq!(curled.answer.status, 200, "where its authority is trusted: {}", curled.answer.text());
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_whatever_its_name() {
    let stage = stage().await;
    let client_id = stage.register_dn("billing").await;
    let own = Identity::self_signed(&certificates::client("billing"));
    let refusal = stage.refused(&stage.curl().showing(&own), &client_id, "certificate_untrusted").await;
    refusal.compares(&dn("Example CA"), &dn("billing"));
    stage.accepted(&stage.curl().showing(&ordinary(&stage.authority, "billing")), &client_id);
}

#[tokio::test]
async fn a_certificate_that_is_not_valid_at_this_time_is_refused() {
    let stage = stage().await;
    let client_id = stage.register_dn("billing").await;
    for (from, until) in [(-30, -1), (1, 30)] {
        let params = certificates::valid(certificates::client("billing"), from, until);
        let issued = stage.authority.issue(&params);
        stage.refused(&stage.curl().showing(&issued), &client_id, "certificate_expired").await;

        let own = Identity::self_signed(&params);
        let registered = stage.workspace.register_certificate(&stage.admin, &own).await;
        stage.refused(&stage.curl().showing(&own), &registered, "certificate_expired").await;
    }
    stage.accepted(&stage.curl().showing(&ordinary(&stage.authority, "billing")), &client_id);
}

#[tokio::test]
async fn a_certificate_that_is_for_something_else_is_refused() {
    let stage = stage().await;
    let client_id = stage.register_dn("billing").await;
    let mut of_a_server = certificates::client("billing");
    of_a_server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let mut of_an_authority = certificates::client("billing");
    of_an_authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let mut of_encryption = certificates::client("billing");
    of_encryption.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
    for (params, says) in
        [(of_a_server, "clientAuth"), (of_an_authority, "CA:TRUE"), (of_encryption, "digitalSignature")]
    {
        let identity = stage.authority.issue(&params);
        let refusal = stage.refused(&stage.curl().showing(&identity), &client_id, "certificate_untrusted").await;
        assert!(refusal.message.contains(says), "{}", refusal.message);
    }

    let mut of_both = certificates::client("billing");
    of_both.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
    stage.accepted(&stage.curl().showing(&stage.authority.issue(&of_both)), &client_id);
}
