//! Both encodings of the parameters, and what each refuses.

use super::*;

fn form(body: &str) -> Result<Params<'_>, MalformedParams> {
    Params::from_form(body.as_bytes())
}

fn json(body: &str) -> Result<Params<'_>, MalformedParams> {
    Params::from_json(body.as_bytes())
}

#[test]
fn both_encodings_say_the_same() {
    for params in [
        form("grant_type=client_credentials&scope=a+b%20c&state=%C3%A4&resource=urn:a&resource=urn:b&client_secret=").unwrap(),
        json(
            r#" {"grant_type":"client_credentials","scope":"a b c","state":"\u00e4","resource":["urn:a","urn:b"],"client_secret":""} "#,
        )
        .unwrap(),
    ] {
        assert_eq!(params.get("grant_type"), Some("client_credentials"));
        assert_eq!(params.get("scope"), Some("a b c"));
        assert_eq!(params.get("state"), Some("ä"));
        assert_eq!(params.all("resource").collect::<Vec<_>>(), ["urn:a", "urn:b"]);
        assert_eq!((params.get("client_secret"), params.credential("client_secret")), (None, Some("")));
        assert_eq!((params.get("code"), params.credential("code"), params.contains("code")), (None, None, false));
    }
}

#[test]
fn a_parameter_given_twice_is_refused() {
    for twice in ["a=1&a=1", "a=1&a=2", "a=&a=1", "a&a", "a=1&%61=1", "client_id=x&b=1&client_id=x", "=1&=2"] {
        assert_eq!(form(twice).err(), Some(MalformedParams::TWICE), "{twice}");
    }
    for twice in [
        r#"{"a":"1","a":"1"}"#,
        r#"{"a":"","\u0061":""}"#,
        r#"{"resource":"a","resource":"b"}"#,
        r#"{"resource":[],"resource":"b"}"#,
    ] {
        assert_eq!(json(twice).err(), Some(MalformedParams::TWICE), "{twice}");
    }
    assert!(form("a=1&A=1&resource=a&resource=a&audience=b&audience=c").is_ok());
}

#[test]
fn a_broken_form_is_refused() {
    for bad in ["a=%", "a=%2", "a=%zz", "%=1", "a=%ff", "a=%c3%28", "a=%ed%a0%80"] {
        assert!(form(bad).is_err(), "{bad}");
    }
    assert!(Params::from_form(b"a=\xff").is_err());
    assert_eq!(form("a=b%00").err(), Some(MalformedParams::NUL));
    assert_eq!(form("%00=b").err(), Some(MalformedParams::NUL));
    assert_eq!(form("a=b%01").unwrap().get("a"), Some("b\u{1}"));
}

#[test]
fn what_is_odd_but_legal_in_a_form_is_read() {
    let params = form("&&a=1&b&c=&d=x=y&").unwrap();
    assert_eq!((params.get("a"), params.get("b"), params.credential("b")), (Some("1"), None, Some("")));
    assert_eq!((params.credential("c"), params.get("d")), (Some(""), Some("x=y")));
    assert!(form("").unwrap().get("a").is_none());
}

#[test]
fn json_that_is_not_a_flat_object_of_strings_is_refused() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_member = format!(r#"{{"resource":{}"a"{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    for bad in [
        "",
        "null",
        "[]",
        "1",
        r#""a""#,
        "{",
        r#"{"a":1}"#,
        r#"{"a":null}"#,
        r#"{"a":true}"#,
        r#"{"a":["b"]}"#,
        r#"{"a":{}}"#,
        r#"{"a":"b"} x"#,
        r#"{"a":"b"}{}"#,
        r#"{"a":"b",}"#,
        "{'a':'b'}",
        r#"{"a":NaN}"#,
        r#"{"a":1e999}"#,
        r#"{"resource":[1]}"#,
        r#"{"resource":{}}"#,
        r#"{"resource":null}"#,
        r#"{"audience":[["a"]]}"#,
        r#"{"a":"\ud800"}"#,
        "{\"a\":\"\n\"}",
        &deep,
        &deep_member,
    ] {
        assert_eq!(
            json(bad).err().map(|fault| fault.description()),
            Some("the body is not a flat JSON object of strings")
        );
    }
    assert!(Params::from_json(b"{\"a\":\"\xff\"}").is_err());
    assert_eq!(json(r#"{"a":"\u0000"}"#).err(), Some(MalformedParams::NUL));
    assert_eq!(json(r#"{"a":"b","audience":"c"}"#).unwrap().all("audience").count(), 1);
    assert_eq!(json(r#"{"audience":[]}"#).unwrap().all("audience").count(), 0);
}

#[test]
fn there_is_an_upper_bound() {
    let body = |count: usize| (0..count).map(|n| format!("p{n}=")).collect::<Vec<_>>().join("&");
    assert_eq!(form(&body(MAX_PARAMS + 1)).err(), Some(MalformedParams::TOO_MANY));
    assert!(form(&body(MAX_PARAMS)).is_ok());
    let body = |count: usize| format!(r#"{{"resource":[{}]}}"#, vec![r#""a""#; count].join(","));
    assert_eq!(json(&body(MAX_PARAMS + 1)).err(), Some(MalformedParams::TOO_MANY));
    assert!(json(&body(MAX_PARAMS)).is_ok());
}

#[test]
fn what_holds_no_escape_is_borrowed() {
    let both =
        [form("grant_type=client_credentials").unwrap(), json(r#"{"grant_type":"client_credentials"}"#).unwrap()];
    for params in &both {
        assert!(params.list.iter().all(|(name, value)| matches!((name, value), (Cow::Borrowed(_), Cow::Borrowed(_)))));
    }
}
