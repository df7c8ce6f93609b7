//! One client a rule: as it must not be, and as it may.

use serde_json::{Value, json};

use super::super::tests::{broken_in, check, ec};
use crate::workspace_settings::{Profile, WorkspaceSettings};

#[test]
fn addresses_are_https_or_loopback() {
    for name in ["sector_identifier_uri", "initiate_login_uri", "backchannel_logout_uri"] {
        let pointer = format!("/{name}");
        for bad in [
            "",
            "http://c.example/",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "com.example.app:/logout",
            "https://c.example/#x",
            "https://user@c.example/",
            "//c.example/",
        ] {
            check(&[(json!({name: bad}), &[&pointer])]);
        }
        for good in ["https://c.example/logout?x=1", "http://localhost:3000/", "http://127.0.0.1/x"] {
            check(&[(json!({name: good}), &[])]);
        }
    }
}

#[test]
fn what_we_sign_for_a_client_is_asymmetric() {
    for name in ["id_token_signed_response_alg", "userinfo_signed_response_alg"] {
        let pointer = format!("/{name}");
        for bad in ["HS256", "RS512", "PS384"] {
            check(&[(json!({name: bad}), &[&pointer])]);
        }
        check(&[(json!({name: "RS256"}), &[]), (json!({name: "EdDSA"}), &[])]);
    }
}

#[test]
fn request_objects_are_signed_with_a_registered_key() {
    let jwks = json!({"keys": [ec()]});
    let alg = "request_object_signing_alg";
    check(&[
        (json!({alg: "ES256"}), &["/request_object_signing_alg"]),
        (json!({alg: "HS256", "jwks": jwks}), &["/request_object_signing_alg"]),
        (json!({alg: "RS256", "jwks": jwks}), &["/request_object_signing_alg"]),
        (json!({"require_signed_request_object": true}), &["/require_signed_request_object"]),
        (json!({alg: "ES256", "jwks": jwks}), &[]),
        (json!({alg: "PS512", "jwks_uri": "https://c.example/jwks"}), &[]),
        (json!({"require_signed_request_object": true, "jwks": jwks}), &[]),
    ]);
}

#[test]
fn pairwise_subjects_need_one_sector() {
    let client = |uris: &[&str]| json!({"subject_type": "pairwise", "redirect_uris": uris});
    let mut named = client(&["https://c.example/", "https://d.example/"]);
    named["sector_identifier_uri"] = json!("https://c.example/uris.json");
    check(&[
        (client(&["https://c.example/", "https://d.example/"]), &["/sector_identifier_uri"]),
        (json!({"subject_type": "pairwise"}), &["/sector_identifier_uri"]),
        (client(&["https://c.example/a", "https://c.example/b"]), &[]),
        (named, &[]),
        (json!({"subject_type": "public", "redirect_uris": ["https://c.example/", "https://d.example/"]}), &[]),
    ]);
}

#[test]
fn acr_values_are_words() {
    let values = |list: Vec<String>| json!({"default_acr_values": list});
    let many = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
    check(&[
        (values(vec![String::new()]), &["/default_acr_values"]),
        (values(vec!["a b".into()]), &["/default_acr_values"]),
        (values(vec!["a\u{7f}".into()]), &["/default_acr_values"]),
        (values(vec!["a".repeat(256)]), &["/default_acr_values"]),
        (values(many(33)), &["/default_acr_values"]),
        (values(vec!["a".into(), "a".into()]), &["/default_acr_values/1"]),
        (values(many(32)), &[]),
    ]);
}

#[test]
fn a_client_that_proves_nothing_rotates_and_fapi_2_never_does() {
    let public = |policy: &str| {
        json!({
            "token_endpoint_auth_method": "none", "redirect_uris": ["https://c.example/"], "refresh_token_rotation": policy
        })
    };
    let confidential = |policy: &str| json!({"refresh_token_rotation": policy});
    let fapi = |policy: Value| {
        json!({
            "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [ec()]}, "refresh_token_rotation": policy
        })
    };
    check(&[
        (public("never"), &["/refresh_token_rotation"]),
        (public("rotate"), &[]),
        (public("rotate_with_grace"), &[]),
        (confidential("never"), &[]),
        (confidential("rotate"), &[]),
    ]);
    let workspace = WorkspaceSettings::for_profile(Profile::Fapi2);
    for policy in ["rotate", "rotate_with_grace"] {
        assert_eq!(broken_in(&workspace, &fapi(json!(policy))), ["/refresh_token_rotation"], "{policy}");
    }
    for policy in [json!("never"), Value::Null] {
        assert_eq!(broken_in(&workspace, &fapi(policy.clone())), [""; 0], "{policy}");
    }
}
