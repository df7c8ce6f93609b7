//! What is said, half a hash, and whose a hint is.

use serde_json::{Value, json};

use super::*;
use crate::claims::standard::UserClaims;

fn claims() -> IdTokenClaims<'static> {
    IdTokenClaims {
        iss: "https://id.example/a/b",
        sub: "u1",
        aud: "c1",
        exp: 2,
        iat: 1,
        auth_time: None,
        nonce: None,
        acr: None,
        amr: &[],
        azp: None,
        at_hash: None,
        sid: None,
        person: ReleasedClaims::default(),
    }
}

#[test]
fn what_is_not_known_is_not_said() {
    let text = serde_json::to_string(&claims()).unwrap();
    assert_eq!(text, r#"{"iss":"https://id.example/a/b","sub":"u1","aud":"c1","exp":2,"iat":1}"#);
    let person = UserClaims { email: Some("a@c.example".to_owned()), ..UserClaims::default() };
    let full = IdTokenClaims {
        auth_time: Some(0),
        nonce: Some("n"),
        acr: Some("1"),
        amr: &["pwd"],
        azp: Some("c1"),
        at_hash: Some("h"),
        sid: Some("s"),
        person: person.released(|_| true),
        ..claims()
    };
    assert_eq!(
        serde_json::to_value(full).unwrap(),
        json!({
            "iss": "https://id.example/a/b", "sub": "u1", "aud": "c1", "exp": 2, "iat": 1, "auth_time": 0, "nonce": "n",
            "acr": "1", "amr": ["pwd"], "azp": "c1", "at_hash": "h", "sid": "s", "email": "a@c.example",
        })
    );
}

#[test]
fn half_a_hash_is_that_of_the_examples() {
    // OIDC Core App. A.3 and A.4.
    let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    let code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
    for alg in [SigningAlg::RS256, SigningAlg::PS256, SigningAlg::ES256] {
        assert_eq!(half_hash(alg, token), "77QmUPtjPfzWtF2AnpK9RQ");
        assert_eq!(half_hash(alg, code), "LDktKdoQak3Pk0cnXxCltA");
    }
    for alg in SigningAlg::ALL {
        let octets = crate::encoding::base64url_decoded(&half_hash(*alg, token)).unwrap();
        assert_eq!(octets.len() * 2, alg.hash_bytes(), "{alg}");
    }
    // SHA-512 of "abc", FIPS 180-2 App. C.1.
    let left = [
        0xdd, 0xaf, 0x35, 0xa1, 0x93, 0x61, 0x7a, 0xba, 0xcc, 0x41, 0x73, 0x49, 0xae, 0x20, 0x41, 0x31, 0x12, 0xe6,
        0xfa, 0x4e, 0x89, 0xa9, 0x7e, 0xa2, 0x0a, 0x9e, 0xee, 0xe6, 0x4b, 0x55, 0xd3, 0x9a,
    ];
    assert_eq!(half_hash(SigningAlg::EdDSA, "abc"), base64url(&left));
}

#[test]
fn a_hint_is_of_one_workspace_and_one_client() {
    let hint = |change: Value| {
        let mut claims =
            json!({"iss": "https://id.example/a/b", "sub": "u1", "aud": "c1", "exp": 2, "iat": 1, "sid": "s", "x": 1});
        claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        serde_json::from_value::<IdTokenHint>(claims)
    };
    let is_of = |change: Value| hint(change).unwrap().is_of("https://id.example/a/b", "c1");
    for foreign in [
        json!({"iss": "https://id.example/a/c"}),
        json!({"iss": "https://id.example/a/b/"}),
        json!({"aud": "c2"}),
        json!({"aud": ["c1", "c2"]}),
        json!({"aud": []}),
    ] {
        assert!(!is_of(foreign.clone()), "{foreign}");
    }
    for malformed in [json!({"exp": "2"}), json!({"sub": 7}), json!({"aud": null}), json!({"sid": 7})] {
        assert!(hint(malformed.clone()).is_err(), "{malformed}");
    }
    assert!(is_of(json!({})) && is_of(json!({"aud": ["c1"]})));
    assert_eq!(hint(json!({})).unwrap().sid.as_deref(), Some("s"));
}
