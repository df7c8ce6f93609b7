//! One claim a case: as it must not be, and as it may.

use serde_json::json;

use super::*;
use crate::{authorization_request::AuthorizationRequest, encoding::base64url};

const ISSUER: &str = "https://id.example/a/b";
const NOW: i64 = 1_000_000;

fn jwt(header: &Value, claims: &Value) -> String {
    format!("{}.{}.c2ln", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()))
}

fn good() -> Value {
    json!({
        "iss": "c1", "aud": ISSUER, "exp": NOW + 60, "nbf": NOW, "iat": NOW, "jti": "j", "client_id": "c1",
        "response_type": "code", "scope": "openid", "state": "s&t", "max_age": 60,
        "redirect_uri": "https://c.example/cb", "claims": {"userinfo": {"name": null}}, "resource": ["urn:a", "urn:b"],
    })
}

/// The good one with these members; `null` takes one away.
fn with(members: &Value) -> Value {
    let mut claims = good();
    for (name, value) in members.as_object().unwrap() {
        claims[name] = value.clone();
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        }
    }
    claims
}

fn params(claims: &Value) -> Result<Params<'static>, ErrorCode> {
    let text = jwt(&json!({"alg": "ES256", "typ": "oauth-authz-req+jwt"}), claims);
    let object = UnverifiedRequestObject::parse(&text, None).map_err(|error| error.code)?;
    let client_id = ClientId::parse("c1").unwrap();
    let expected = ExpectedRequestObject { client_id: &client_id, issuer: ISSUER, now: Timestamp::from_secs(NOW) };
    object.into_params(&expected).map_err(|error| error.code)
}

#[test]
fn the_parameters_inside_are_read_like_those_of_a_request() {
    let params = params(&good()).unwrap();
    for (name, value) in [("client_id", "c1"), ("state", "s&t"), ("redirect_uri", "https://c.example/cb")] {
        assert_eq!(params.get(name), Some(value));
    }
    let request = AuthorizationRequest::read(&params).unwrap();
    assert_eq!((request.max_age, request.resource), (Some(60), vec!["urn:a".to_owned(), "urn:b".to_owned()]));
    assert!(request.claims.userinfo.contains("name"));
    for gone in ["iss", "aud", "exp", "nbf", "iat", "jti"] {
        assert!(!params.contains(gone), "{gone}");
    }
}

#[test]
fn a_claim_that_is_wrong_refuses_the_object() {
    for members in [
        json!({"client_id": "c2"}),
        json!({"client_id": 7}),
        json!({"iss": "c2"}),
        json!({"client_id": null, "iss": null}),
        json!({"sub": "c1"}),
        json!({"aud": "https://id.example/a/c"}),
        json!({"aud": "https://id.example/a/b/"}),
        json!({"aud": ["https://id.example/a/c"]}),
        json!({"aud": []}),
        json!({"aud": 7}),
        json!({"exp": NOW - 10}),
        json!({"exp": "1000060"}),
        json!({"exp": 1_000_060.5}),
        json!({"nbf": NOW + 11}),
        json!({"iat": NOW + 11}),
        json!({"iat": "now"}),
        json!({"request": "a.b.c"}),
        json!({"request_uri": ""}),
        json!({"state": 7}),
        json!({"scope": ["openid"]}),
        json!({"max_age": 1.5}),
        json!({"max_age": -1}),
        json!({"max_age": true}),
        json!({"claims": [1]}),
        json!({"resource": ["urn:a", 7]}),
        json!({"state": "a\0b"}),
        json!({"nonce": {"a": 1}}),
    ] {
        assert_eq!(params(&with(&members)).err(), Some(ErrorCode::InvalidRequestObject), "{members}");
    }
    let mut null = good();
    null["state"] = Value::Null;
    assert_eq!(params(&null).err(), Some(ErrorCode::InvalidRequestObject));
    for members in [
        json!({"client_id": null}),
        json!({"iss": null, "aud": null, "exp": null, "nbf": null, "iat": null, "jti": null}),
        json!({"aud": ["https://rs.example", ISSUER]}),
        json!({"exp": NOW - 9, "nbf": NOW + 10, "iat": NOW + 10}),
        json!({"sub": "somebody", "unknown": [{}], "max_age": "60"}),
    ] {
        assert!(params(&with(&members)).is_ok(), "{members}");
    }
}

#[test]
fn only_a_registered_asymmetric_algorithm_signs_a_request() {
    let parse = |alg: &str, typ: &str, registered| {
        let text = jwt(&json!({"alg": alg, "typ": typ}), &good());
        UnverifiedRequestObject::parse(&text, registered).map(|object| object.jws().alg()).map_err(|error| error.code)
    };
    for (alg, typ, registered) in [
        ("none", "JWT", None),
        ("HS256", "JWT", None),
        ("HS256", "JWT", Some(SigningAlg::HS256)),
        ("RS256", "JWT", Some(SigningAlg::PS256)),
        ("ES256", "client-authentication+jwt", None),
        ("ES256", "at+jwt", None),
        ("ES256", "logout+jwt", None),
    ] {
        assert_eq!(parse(alg, typ, registered), Err(ErrorCode::InvalidRequestObject), "{alg} {typ}");
    }
    assert_eq!(parse("PS256", "oauth-authz-req+jwt", Some(SigningAlg::PS256)), Ok(SigningAlg::PS256));
    assert_eq!(parse("EdDSA", "JWT", None), Ok(SigningAlg::EdDSA));
    let unsigned = UnverifiedRequestObject::parse("e30.e30.", None).unwrap_err();
    assert_eq!(unsigned.code, ErrorCode::InvalidRequestObject);
}

#[test]
fn an_empty_challenge_inside_is_still_there_and_wrong() {
    let params = params(&with(&json!({"code_challenge": ""}))).unwrap();
    assert_eq!(params.credential("code_challenge"), Some(""));
    assert!(AuthorizationRequest::read(&params).is_err());
}
