//! How a client is read and written; its rules have tests of their own.

use serde_json::{Value, json};

use super::*;

fn read(client: Value) -> ClientMetadata {
    serde_json::from_value(client).unwrap()
}

#[test]
fn what_is_left_out_gets_the_default_of_rfc_7591() {
    let machine = read(json!({}));
    assert_eq!(machine.token_endpoint_auth_method, AuthMethod::ClientSecretBasic);
    assert_eq!((machine.status, machine.application_type), (Status::Active, ApplicationType::Web));
    assert_eq!((machine.grant_types, machine.response_types), (vec![GrantType::ClientCredentials], vec![]));
    let app = read(json!({"redirect_uris": ["https://c.example/"]}));
    assert_eq!((app.grant_types, app.response_types), (vec![GrantType::AuthorizationCode], vec![ResponseType::Code]));
    let both = read(json!({"grant_types": ["client_credentials", "authorization_code"]}));
    assert_eq!(both.response_types, [ResponseType::Code]);
}

#[test]
fn a_client_is_written_with_its_defaults_and_read_back() {
    let small = serde_json::to_value(read(json!({}))).unwrap();
    assert_eq!(
        small,
        json!({
            "status": "active", "application_type": "web", "token_endpoint_auth_method": "client_secret_basic",
            "grant_types": ["client_credentials"], "response_types": [], "tls_client_certificate_bound_access_tokens": false,
        })
    );
    assert_eq!(serde_json::to_value(read(small.clone())).unwrap(), small);
}

/// A client with every member, none of it a default.
fn full() -> Value {
    let mut client = json!({
        "client_name": "n", "description": "d", "status": "inactive", "application_type": "native",
        "token_endpoint_auth_method": "none", "token_endpoint_auth_signing_alg": "ES256",
        "client_assertion_audience": "legacy", "grant_types": ["authorization_code"], "response_types": ["code"],
        "redirect_uris": ["https://c.example/"], "post_logout_redirect_uris": ["https://c.example/"], "scope": "a b",
        "jwks": {"keys": [], "x": [1.5, null]}, "tls_client_certificate_bound_access_tokens": true,
        "id_token_signed_response_alg": "PS256", "userinfo_signed_response_alg": "ES256", "request_object_signing_alg": "EdDSA",
        "require_signed_request_object": true, "require_pushed_authorization_requests": true, "default_max_age": 60,
        "require_auth_time": true, "default_acr_values": ["2"], "subject_type": "pairwise",
        "backchannel_logout_session_required": true, "refresh_token_rotation": "rotate",
        "token_ttls": {"id_token": 60}, "contacts": ["a@c.example"],
    });
    for name in
        ClientMetadata::MEMBERS.iter().filter(|name| name.ends_with("_uri") || name.starts_with("tls_client_auth_"))
    {
        client[name] = json!("x");
    }
    client
}

#[test]
fn every_member_is_kept() {
    let client = full();
    assert_eq!(serde_json::to_value(read(client.clone())).unwrap(), client);
    let mut members: Vec<_> = client.as_object().unwrap().keys().map(String::as_str).collect();
    let mut known = ClientMetadata::MEMBERS.to_vec();
    members.sort_unstable();
    known.sort_unstable();
    assert_eq!(members, known);
}

#[test]
fn a_member_of_the_wrong_type_or_word_is_refused() {
    for name in ClientMetadata::MEMBERS.iter().filter(|name| !["jwks", "default_max_age"].contains(*name)) {
        let mut client = full();
        client[name] = json!(7);
        assert!(serde_json::from_value::<ClientMetadata>(client).is_err(), "{name}");
    }
    for (name, value) in [
        ("scope", json!("a  b")),
        ("grant_types", json!(["password"])),
        ("response_types", json!(["token"])),
        ("token_endpoint_auth_signing_alg", json!("none")),
        ("status", json!("deleted")),
        ("token_ttls", json!({"access_token": -1})),
        ("token_ttls", json!({"access_token": 1.5})),
        ("default_max_age", json!(-1)),
        ("default_max_age", json!("60")),
        ("subject_type", json!("private")),
        ("refresh_token_rotation", json!("always")),
        ("userinfo_signed_response_alg", json!("none")),
    ] {
        let mut client = full();
        client[name] = value;
        assert!(serde_json::from_value::<ClientMetadata>(client).is_err(), "{name}");
    }
    assert!(serde_json::from_value::<ClientMetadata>(full()).is_ok());
}

#[test]
fn what_was_not_chosen_follows_from_profile_and_method() {
    let (plain, fapi) = (WorkspaceSettings::default(), WorkspaceSettings::for_profile(Profile::Fapi2));
    let client = read(json!({}));
    assert_eq!((client.id_token_alg(&plain), client.id_token_alg(&fapi)), (SigningAlg::RS256, SigningAlg::ES256));
    assert_eq!(client.refresh_token_rotation(&plain), RefreshTokenRotation::RotateWithGrace);
    assert_eq!(client.refresh_token_rotation(&fapi), RefreshTokenRotation::Never);
    let client = read(json!({"id_token_signed_response_alg": "EdDSA", "refresh_token_rotation": "rotate"}));
    assert_eq!((client.id_token_alg(&plain), client.id_token_alg(&fapi)), (SigningAlg::EdDSA, SigningAlg::EdDSA));
    assert_eq!(client.refresh_token_rotation(&plain), RefreshTokenRotation::Rotate);
}
