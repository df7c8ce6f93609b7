//! What is understood, what is refused, and what is a demand.

use serde_json::json;

use super::*;

fn parse(value: &Value) -> Result<ClaimsRequest, InvalidClaims> {
    ClaimsRequest::parse(&value.to_string())
}

#[test]
fn the_example_of_the_standard_is_understood() {
    let request = parse(&json!({
        "userinfo": {
            "given_name": {"essential": true}, "nickname": null, "email": {"essential": true},
            "email_verified": {"essential": true}, "picture": null, "http://example.info/claims/groups": null
        },
        "id_token": {"auth_time": {"essential": true}, "acr": {"values": ["urn:mace:incommon:iap:silver"]}}
    }))
    .unwrap();
    assert!(request.userinfo.is_essential("email") && request.userinfo.contains("nickname"));
    assert!(!request.userinfo.is_essential("nickname") && !request.userinfo.contains("name"));
    assert!(request.id_token.is_essential("auth_time") && !request.is_empty());
    assert_eq!(request.id_token.values("acr"), ["urn:mace:incommon:iap:silver"]);
    assert_eq!(request.essential_acr_values(), [""; 0]);
    assert_eq!(request.subject(), None);
    let stored = serde_json::to_string(&request).unwrap();
    assert_eq!(serde_json::from_str::<ClaimsRequest>(&stored).unwrap(), request);
}

#[test]
fn what_is_malformed_is_refused() {
    for bad in [
        "",
        "x",
        "null",
        "[]",
        "\"userinfo\"",
        "{",
        "{}{}",
        r#"{"userinfo":{},"userinfo":{}}"#,
        r#"{"userinfo":{"name":null,"name":null}}"#,
        r#"{"userinfo":["name"]}"#,
        r#"{"userinfo":"name"}"#,
        r#"{"id_token":{"name":true}}"#,
        r#"{"id_token":{"name":"essential"}}"#,
        r#"{"id_token":{"name":{"essential":"true"}}}"#,
        r#"{"id_token":{"name":{"essential":1}}}"#,
        r#"{"id_token":{"name":{"values":"a"}}}"#,
        r#"{"id_token":{"name":{"values":[]}}}"#,
        r#"{"id_token":{"name":{"value":[[[[1]]]]}}}"#,
        r#"{"id_token":{"sub":{"value":7}}}"#,
        r#"{"x":{"x":{"x":{"x":{"x":{"x":{}}}}}}}"#,
    ] {
        assert!(ClaimsRequest::parse(bad).is_err(), "{bad}");
    }
    for good in [
        "{}",
        r#"{"userinfo":null,"x":[1,{"a":2}]}"#,
        r#"{"userinfo":{"name":{"x":1}}}"#,
        r#"{"id_token":{"address":{"values":[{"country":"GB"}]}}}"#,
    ] {
        assert!(ClaimsRequest::parse(good).is_ok(), "{good}");
    }
}

#[test]
fn a_request_has_upper_bounds() {
    let many =
        |count: usize| json!({"userinfo": (0..count).map(|n| (format!("c{n}"), json!(null))).collect::<Map<_, _>>()});
    assert!(parse(&many(MAX_CLAIMS + 1)).is_err() && parse(&many(MAX_CLAIMS)).is_ok());
    let long = |len: usize| format!("{{{}}}", " ".repeat(len - 2));
    assert!(ClaimsRequest::parse(&long(MAX_LEN + 1)).is_err() && ClaimsRequest::parse(&long(MAX_LEN)).is_ok());
}

#[test]
fn a_subject_and_an_essential_acr_are_demands() {
    for (request, subject, acr) in [
        (json!({"id_token": {"sub": {"value": "u1"}}}), Some("u1"), vec![]),
        (json!({"userinfo": {"sub": {"value": "u2"}}}), Some("u2"), vec![]),
        (json!({"id_token": {"sub": null}}), None, vec![]),
        (json!({"id_token": {"acr": {"essential": true, "value": "2"}}}), None, vec!["2"]),
        (json!({"id_token": {"acr": {"essential": true, "values": ["3", "2", 1]}}}), None, vec!["3", "2"]),
        (json!({"id_token": {"acr": {"essential": false, "value": "2"}}}), None, vec![]),
        (json!({"userinfo": {"acr": {"essential": true, "value": "2"}}}), None, vec![]),
    ] {
        let read = parse(&request).unwrap();
        assert_eq!((read.subject(), read.essential_acr_values()), (subject, acr), "{request}");
    }
}
