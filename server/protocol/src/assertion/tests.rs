//! Assertions as clients and attackers write them. Each refusal stands beside the same assertion done right.

use serde_json::{Value, json};

use super::*;
use crate::{encoding::base64url, id::ClientId, time::Timestamp};

const ISSUER: &str = "https://id.example/acme/shop";
const TOKEN_ENDPOINT: &str = "https://id.example/acme/shop/oauth2/token";
const MTLS_TOKEN_ENDPOINT: &str = "https://mtls.id.example/acme/shop/oauth2/token";
const NOW: i64 = 1_800_000_000;

fn header() -> Value {
    json!({"alg": "ES256", "typ": "client-authentication+jwt", "kid": "k1"})
}

fn claims() -> Value {
    json!({"iss": "c1", "sub": "c1", "aud": ISSUER, "exp": NOW + 60, "iat": NOW, "jti": "j1"})
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

fn compact(header: &str, claims: &str) -> String {
    format!("{}.{}.{}", base64url(header.as_bytes()), base64url(claims.as_bytes()), base64url(b"signature"))
}

fn parsed(header: &Value) -> Result<(), Reason> {
    let text = compact(&header.to_string(), &claims().to_string());
    UnverifiedAssertion::parse(&text).map(|_| ()).map_err(|rejection| rejection.reason)
}

fn judged(claims: &Value, audience: AssertionAudience) -> Result<AcceptedAssertion, Rejection> {
    judged_text(&claims.to_string(), audience)
}

fn judged_text(claims: &str, audience: AssertionAudience) -> Result<AcceptedAssertion, Rejection> {
    let text = compact(&header().to_string(), claims);
    UnverifiedAssertion::parse(&text)?.check_claims(&ExpectedAssertion {
        client_id: &ClientId::parse("c1").unwrap(),
        issuer: ISSUER,
        token_endpoint: TOKEN_ENDPOINT,
        mtls_token_endpoint: Some(MTLS_TOKEN_ENDPOINT),
        audience,
        now: Timestamp::from_secs(NOW),
    })
}

fn reason(claims: &Value) -> Option<Reason> {
    judged(claims, AssertionAudience::Issuer).err().map(|rejection| rejection.reason)
}

#[test]
fn a_good_assertion_is_read_and_accepted() {
    let text = compact(&header().to_string(), &claims().to_string());
    let assertion = UnverifiedAssertion::parse(&text).unwrap();
    assert_eq!((assertion.alg(), assertion.kid(), assertion.subject()), (SigningAlg::ES256, Some("k1"), Some("c1")));
    assert_eq!(format!("{}.{}", assertion.signing_input(), assertion.signature()), text);
    let accepted = judged(&claims(), AssertionAudience::Issuer).unwrap();
    assert_eq!(accepted, AcceptedAssertion { jti: "j1".to_owned(), expires_at: Timestamp::from_secs(NOW + 70) });
}

#[test]
fn what_is_not_a_signed_jwt_is_malformed() {
    let good = compact(&header().to_string(), &claims().to_string());
    let (input, signature) = good.rsplit_once('.').unwrap();
    let (head, body) = input.split_once('.').unwrap();
    for bad in [
        String::new(),
        "x".to_owned(),
        "..".to_owned(),
        input.to_owned(),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.{body}.{body}"),
        format!("{good} "),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{head}=.{body}.{signature}"),
        format!("{head}.{body}=.{signature}"),
        format!("{head}.{body}.{signature}="),
        format!("{head}.{body}."),
        format!("{head}..{signature}"),
        format!(".{body}.{signature}"),
        format!("{head}.{body}.a+b/"),
        // `QR` and `QQ` decode to the same octet; only one of them is canonical.
        format!("{head}.{body}.QR"),
        format!("{head}.{head}x.{signature}"),
        compact("[]", "{}"),
        compact("null", "{}"),
        compact(&header().to_string(), "[]"),
        compact(&header().to_string(), "\"x\""),
        compact(r#"{"alg":"ES256","alg":"none"}"#, "{}"),
        compact(r#"{"alg":"ES256"}"#, r#"{"sub":"c1","sub":"c2"}"#),
        compact(r#"{"alg":"ES256"}"#, r#"{"sub":"c1","x":[{"a":1,"a":1}]}"#),
        compact(r#"{"alg":"ES256"}"#, r#"{"exp":NaN}"#),
        compact(r#"{"alg":"ES256"}"#, r#"{"exp":1e999}"#),
        compact(r#"{"alg":"ES256"} {}"#, "{}"),
        compact(r#"{"alg":"ES256"}"#, &format!("{}{}", "[".repeat(5000), "]".repeat(5000))),
        compact(&header().to_string(), &with(claims(), "x", json!("x".repeat(crate::jws::MAX_LEN))).to_string()),
    ] {
        let rejection = UnverifiedAssertion::parse(&bad).unwrap_err();
        assert_eq!(rejection.reason, Reason::AssertionMalformed, "{bad}");
    }
    let five = UnverifiedAssertion::parse("a.b.c.d.e").unwrap_err();
    assert!(five.detail.contains("encrypted"), "{}", five.detail);
    assert!(UnverifiedAssertion::parse(&good).is_ok());
}

#[test]
fn an_algorithm_that_is_not_ours_is_refused() {
    for alg in ["none", "None", "nOnE", "", "ES256K", "ES512", "RSA-OAEP", "dir", "es256", "HS256 "] {
        assert_eq!(parsed(&with(header(), "alg", json!(alg))), Err(Reason::AssertionAlgorithm), "{alg}");
    }
    for alg in [json!(null), json!(256), json!(["ES256"])] {
        assert_eq!(parsed(&with(header(), "alg", alg)), Err(Reason::AssertionMalformed));
    }
    assert_eq!(parsed(&without(header(), "alg")), Err(Reason::AssertionMalformed));
    for alg in SigningAlg::ALL.iter().map(|alg| alg.as_str()).chain(["Ed25519"]) {
        assert_eq!(parsed(&with(header(), "alg", json!(alg))), Ok(()), "{alg}");
    }
}

#[test]
fn extensions_that_change_the_meaning_are_refused() {
    for (name, value) in [
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("kid", json!(1)),
        ("kid", json!(null)),
    ] {
        assert_eq!(parsed(&with(header(), name, value)), Err(Reason::AssertionMalformed), "{name}");
    }
    for name in ["jwk", "jku", "x5u", "x5c", "x5t", "cty", "nobody_knows"] {
        assert_eq!(parsed(&with(header(), name, json!("https://evil.example"))), Ok(()), "{name}");
    }
    assert_eq!(parsed(&without(header(), "kid")), Ok(()));
}

#[test]
fn a_jwt_of_another_type_does_not_authenticate() {
    for typ in [
        json!("at+jwt"),
        json!("oauth-authz-req+jwt"),
        json!("dpop+jwt"),
        json!("logout+jwt"),
        json!("application/at+jwt"),
        json!("application/application/jwt"),
        json!(""),
        json!("text/jwt"),
        json!(null),
        json!(1),
    ] {
        assert_eq!(parsed(&with(header(), "typ", typ.clone())), Err(Reason::AssertionMalformed), "{typ}");
    }
    for typ in ["JWT", "jwt", "application/jwt", "client-authentication+jwt", "Application/Client-Authentication+JWT"] {
        assert_eq!(parsed(&with(header(), "typ", json!(typ))), Ok(()), "{typ}");
    }
    assert_eq!(parsed(&without(header(), "typ")), Ok(()));
}

#[test]
fn issuer_and_subject_are_the_client() {
    for (name, expected) in [("iss", Reason::AssertionIssuer), ("sub", Reason::AssertionSubject)] {
        for other in ["c2", "C1", "c1 ", "", ISSUER] {
            let rejection = judged(&with(claims(), name, json!(other)), AssertionAudience::Issuer).unwrap_err();
            assert_eq!(rejection.reason, expected, "{other}");
            assert!(rejection.detail.contains("\"c1\"") && rejection.detail.contains(&format!("{other:?}")));
        }
        assert_eq!(reason(&without(claims(), name)), Some(expected));
        for confused in [json!(null), json!(1), json!(["c1"]), json!({"c1": 1})] {
            assert_eq!(reason(&with(claims(), name, confused)), Some(Reason::AssertionMalformed));
        }
    }
    assert_eq!(reason(&claims()), None);
}

#[test]
fn the_audience_is_what_the_policy_demands() {
    use AssertionAudience::{Issuer, IssuerString, Legacy};
    let other = "https://other.example";
    for (aud, issuer, issuer_string, legacy) in [
        (json!(ISSUER), true, true, true),
        (json!([ISSUER]), true, false, true),
        (json!(TOKEN_ENDPOINT), false, false, true),
        (json!([TOKEN_ENDPOINT]), false, false, true),
        (json!(MTLS_TOKEN_ENDPOINT), false, false, true),
        (json!([ISSUER, TOKEN_ENDPOINT]), false, false, true),
        (json!([ISSUER, ISSUER]), false, false, true),
        (json!([other, ISSUER]), false, false, true),
        (json!([other]), false, false, false),
        (json!(other), false, false, false),
        (json!([]), false, false, false),
        (json!(""), false, false, false),
        (json!(format!("{ISSUER}/")), false, false, false),
        (json!("https://id.example"), false, false, false),
        (json!("https://ID.example/acme/shop"), false, false, false),
        (json!("https://id.example/acme/shop2"), false, false, false),
        (json!("https://id.example/other/shop/oauth2/token"), false, false, false),
    ] {
        for (audience, accepted) in [(Issuer, issuer), (IssuerString, issuer_string), (Legacy, legacy)] {
            let judged = judged(&with(claims(), "aud", aud.clone()), audience).map(|_| ()).map_err(|no| no.reason);
            let expected = if accepted { Ok(()) } else { Err(Reason::AssertionAudience) };
            assert_eq!(judged, expected, "{aud} {audience}");
        }
    }
    for audience in AssertionAudience::ALL {
        for confused in [json!(null), json!(1), json!({ISSUER: 1}), json!([ISSUER, 1]), json!([[ISSUER]])] {
            let rejection = judged(&with(claims(), "aud", confused), *audience).unwrap_err();
            assert_eq!(rejection.reason, Reason::AssertionMalformed);
        }
        let rejection = judged(&without(claims(), "aud"), *audience).unwrap_err();
        assert_eq!(rejection.reason, Reason::AssertionAudience);
    }
}

#[test]
fn times_are_kept_with_ten_seconds_of_skew() {
    use Reason::{AssertionExpired, AssertionLifetime, AssertionNotYetValid};
    for (name, secs, expected) in [
        ("exp", NOW - 9, None),
        ("exp", NOW - 10, Some(AssertionExpired)),
        ("exp", 0, Some(AssertionExpired)),
        ("exp", -1, Some(AssertionExpired)),
        ("exp", i64::MIN, Some(AssertionExpired)),
        ("exp", NOW + 610, None),
        ("exp", NOW + 611, Some(AssertionLifetime)),
        ("exp", NOW * 1000, Some(AssertionLifetime)),
        ("exp", i64::MAX, Some(AssertionLifetime)),
        ("nbf", NOW + 10, None),
        ("nbf", NOW + 11, Some(AssertionNotYetValid)),
        ("nbf", i64::MAX, Some(AssertionNotYetValid)),
        ("iat", NOW + 10, None),
        ("iat", NOW + 11, Some(AssertionNotYetValid)),
        ("iat", 0, None),
        ("nbf", i64::MIN, None),
    ] {
        assert_eq!(reason(&with(claims(), name, json!(secs))), expected, "{name} {secs}");
    }
    assert_eq!(reason(&without(claims(), "iat")), None);
    assert_eq!(reason(&without(claims(), "exp")), Some(Reason::AssertionMalformed));
}

#[test]
fn a_time_that_is_no_integer_is_malformed() {
    for name in ["exp", "nbf", "iat"] {
        for number in [
            "\"1800000060\"",
            "1800000060.0",
            "1800000060.5",
            "18e8",
            "null",
            "true",
            "[1800000060]",
            "18446744073709551615",
            "99999999999999999999",
        ] {
            let claims = without(claims(), name).to_string();
            let claims = format!("{},\"{name}\":{number}}}", claims.strip_suffix('}').unwrap());
            let rejection = judged_text(&claims, AssertionAudience::Issuer).unwrap_err();
            assert_eq!(rejection.reason, Reason::AssertionMalformed, "{name} {number}");
        }
    }
    assert_eq!(reason(&with(claims(), "nbf", json!(NOW))), None);
}

#[test]
fn a_jti_is_required_and_bounded() {
    for bad in [json!(""), json!(1), json!(null), json!(["j"]), json!("ä".repeat(256))] {
        assert_eq!(reason(&with(claims(), "jti", bad)), Some(Reason::AssertionMalformed));
    }
    assert_eq!(reason(&without(claims(), "jti")), Some(Reason::AssertionMalformed));
    assert_eq!(reason(&with(claims(), "jti", json!("ä".repeat(255)))), None);
}

#[test]
fn the_first_broken_rule_is_named() {
    let mut all_wrong = json!({"iss": "x", "sub": "x", "aud": "x", "exp": 1, "jti": ""});
    for (name, right, expected) in [
        ("iss", json!("c1"), Reason::AssertionIssuer),
        ("sub", json!("c1"), Reason::AssertionSubject),
        ("aud", json!(ISSUER), Reason::AssertionAudience),
        ("exp", json!(NOW + 60), Reason::AssertionExpired),
        ("jti", json!("j"), Reason::AssertionMalformed),
    ] {
        assert_eq!(reason(&all_wrong), Some(expected));
        all_wrong = with(all_wrong, name, right);
    }
    assert_eq!(reason(&all_wrong), None);
}

#[test]
fn what_is_shown_of_a_value_is_bounded_and_harmless() {
    let rejection =
        judged(&with(claims(), "iss", json!("\n\u{1b}[31m".repeat(300))), AssertionAudience::Issuer).unwrap_err();
    assert!(rejection.detail.len() < 2000 && !rejection.detail.chars().any(char::is_control));
}
