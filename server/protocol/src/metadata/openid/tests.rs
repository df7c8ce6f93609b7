//! What each word publishes.

use serde_json::{Value, json};

use super::*;
use crate::{
    id::{TenantId, WorkspaceId},
    issuer::{Issuer, PublicUrl},
    workspace_settings::WorkspaceSettings,
};

fn metadata() -> ServerMetadata {
    let public = PublicUrl::parse("https://id.example").unwrap();
    let issuer = Issuer::new(&public, &TenantId::default_tenant(), &WorkspaceId::default_workspace());
    ServerMetadata::of(issuer, &WorkspaceSettings::default())
}

fn url() -> String {
    "https://id.example/x".to_owned()
}

/// The members that this document has and the bare one has not, or not so.
fn added(metadata: &ServerMetadata) -> Value {
    let bare = serde_json::to_value(self::metadata()).unwrap();
    let Value::Object(mut members) = serde_json::to_value(metadata).unwrap() else { return Value::Null };
    members.retain(|name, value| bare.get(name) != Some(value));
    Value::Object(members)
}

#[test]
fn each_word_publishes_what_it_says_and_nothing_else() {
    let algs = [SigningAlg::RS256, SigningAlg::ES256];
    for (metadata, members) in [
        (metadata(), json!({})),
        (
            metadata().with_authorization(url()),
            json!({
                "authorization_endpoint": url(), "response_types_supported": ["code"],
                "response_modes_supported": ["query", "form_post"], "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": true,
                "prompt_values_supported": ["none", "login", "consent", "select_account"],
                "display_values_supported": ["page", "popup", "touch", "wap"],
            }),
        ),
        (
            metadata().with_pushed_authorization_requests(url(), false),
            json!({"pushed_authorization_request_endpoint": url(), "require_pushed_authorization_requests": false}),
        ),
        (
            metadata().with_request_objects(&algs),
            json!({
                "request_parameter_supported": true, "request_object_signing_alg_values_supported": ["RS256", "ES256"]
            }),
        ),
        (metadata().with_device_authorization(url()), json!({"device_authorization_endpoint": url()})),
        (metadata().with_registration(url()), json!({"registration_endpoint": url()})),
        (
            metadata().with_id_tokens(&algs, SubjectType::ALL),
            json!({
                "id_token_signing_alg_values_supported": ["RS256", "ES256"],
                "subject_types_supported": ["public", "pairwise"],
            }),
        ),
        (
            metadata().with_userinfo(url(), &algs),
            json!({"userinfo_endpoint": url(), "userinfo_signing_alg_values_supported": ["RS256", "ES256"]}),
        ),
        (
            metadata().with_claims(&[StandardClaim::Email]),
            json!({
                "claims_parameter_supported": true,
                "claims_supported": [
                    "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "email"
                ],
            }),
        ),
        (metadata().with_acr_values(&["1"]), json!({"acr_values_supported": ["1"]})),
        (metadata().with_ui_locales(&["en"]), json!({"ui_locales_supported": ["en"]})),
        (metadata().with_end_session(url()), json!({"end_session_endpoint": url()})),
        (
            metadata().with_backchannel_logout(),
            json!({"backchannel_logout_supported": true, "backchannel_logout_session_supported": true}),
        ),
    ] {
        assert_eq!(added(&metadata), members);
    }
}
