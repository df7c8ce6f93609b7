//! Who gets to know what.

use serde_json::json;

use super::*;
use crate::claims::request::ClaimsRequest;

/// A person of whom everything is known.
fn everything() -> Value {
    json!({
        "name": "Ann Lee", "family_name": "Lee", "given_name": "Ann", "middle_name": "M", "nickname": "Annie",
        "preferred_username": "ann", "profile": "https://c.example/ann", "picture": "https://c.example/ann.png",
        "website": "https://ann.example", "gender": "female", "birthdate": "0000-01-31", "zoneinfo": "Europe/Zurich",
        "locale": "de-CH", "updated_at": 1000, "email": "ann@c.example", "email_verified": true,
        "address": {"locality": "Bern", "country": "CH"}, "phone_number": "+41310000000", "phone_number_verified": false,
    })
}

fn person() -> UserClaims {
    serde_json::from_value(everything()).unwrap()
}

fn names(claims: &ReleasedClaims) -> Vec<&str> {
    claims.0.keys().map(String::as_str).collect()
}

fn requested(names: &[&str]) -> RequestedClaims {
    let userinfo: Map<_, _> = names.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    ClaimsRequest::parse(&json!({"userinfo": userinfo}).to_string()).unwrap().userinfo
}

fn scope(text: &str) -> Scope {
    Scope::from_tokens(text.split_whitespace()).unwrap()
}

#[test]
fn all_that_is_known_is_told_by_its_name_and_type() {
    assert_eq!(serde_json::to_value(person().released(|_| true)).unwrap(), everything());
    assert_eq!(everything().as_object().unwrap().len(), StandardClaim::ALL.len());
    assert!(UserClaims::default().released(|_| true).is_empty());
}

#[test]
fn a_scope_asks_for_its_claims() {
    for (granted, told) in [
        ("", vec![]),
        ("openid", vec![]),
        ("openid email", vec!["email", "email_verified"]),
        ("openid phone", vec!["phone_number", "phone_number_verified"]),
        ("openid address", vec!["address"]),
        ("openid emails profiles", vec![]),
    ] {
        let released = person().released_for(&scope(granted), &RequestedClaims::default(), &scope("profile email"));
        assert_eq!(names(&released), told, "{granted}");
    }
    let profile = person().released_for(&scope("profile"), &RequestedClaims::default(), &Scope::empty());
    assert_eq!(names(&profile).len(), 14);
    assert!(names(&profile).contains(&"updated_at") && !names(&profile).contains(&"email"));
}

#[test]
fn a_single_claim_needs_a_scope_that_is_permitted() {
    let asked = requested(&["email", "name", "sub", "iss", "password", "unknown"]);
    for (permitted, told) in [
        ("", vec![]),
        ("openid", vec![]),
        ("email", vec!["email"]),
        ("profile", vec!["name"]),
        ("email profile", vec!["email", "name"]),
    ] {
        let released = person().released_for(&scope("openid"), &asked, &scope(permitted));
        let mut released = names(&released);
        released.sort_unstable();
        assert_eq!(released, told, "{permitted}");
    }
    assert_eq!(scopes_of(&asked).collect::<Vec<_>>(), ["email", "profile"]);
    assert_eq!(scopes_of(&requested(&["sub"])).count(), 0);
}

#[test]
fn the_answer_names_the_subject_and_says_nothing_that_is_not_known() {
    let some = UserClaims { email: Some("a@c.example".to_owned()), ..UserClaims::default() };
    let claims = UserinfoClaims { sub: "u1", iss: None, aud: None, person: some.released(|_| true) };
    assert_eq!(serde_json::to_string(&claims).unwrap(), r#"{"sub":"u1","email":"a@c.example"}"#);
    let signed = UserinfoClaims { iss: Some("https://id.example/a/b"), aud: Some("c1"), ..claims };
    let signed = serde_json::to_value(signed).unwrap();
    assert_eq!((&signed["iss"], &signed["aud"]), (&json!("https://id.example/a/b"), &json!("c1")));
}
