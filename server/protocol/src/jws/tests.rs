//! What can be read, and what is refused.

use serde_json::json;

use super::*;
use crate::encoding::base64url;

fn jwt(header: &Value, claims: &str) -> String {
    format!("{}.{}.c2ln", base64url(header.to_string().as_bytes()), base64url(claims.as_bytes()))
}

#[test]
fn a_jwt_is_read_as_it_stands() {
    let text = jwt(&json!({"alg": "ES256", "kid": "k", "typ": "JWT"}), r#"{"a":1}"#);
    let jws = UnverifiedJws::parse(&text, "x+jwt").unwrap();
    assert_eq!((jws.alg(), jws.kid(), jws.signature()), (SigningAlg::ES256, Some("k"), "c2ln"));
    assert_eq!(jws.claims().get("a"), Some(&json!(1)));
    assert_eq!(format!("{}.{}", jws.signing_input(), jws.signature()), text);
}

#[test]
fn what_is_not_a_plain_signed_jwt_is_refused() {
    let head = json!({"alg": "ES256"});
    let good = jwt(&head, "{}");
    for bad in [
        "",
        ".",
        "..",
        "a.b.c",
        &good.replace(".c2ln", "."),
        &good.replace(".c2ln", ""),
        &format!("{good}="),
        &format!("{good}.a.b"),
        &format!("{good}.a"),
        &format!(" {good}"),
        &jwt(&json!([]), "{}"),
        &jwt(&head, "[]"),
        &jwt(&head, r#"{"a":1,"a":2}"#),
        &jwt(&head, "{}x"),
        &jwt(&json!({"alg": "ES256", "crit": ["exp"]}), "{}"),
        &jwt(&json!({"alg": "ES256", "b64": false}), "{}"),
        &jwt(&json!({"alg": "ES256", "zip": "DEF"}), "{}"),
        &jwt(&json!({"alg": "ES256", "kid": 7}), "{}"),
        &jwt(&json!({"alg": "ES256", "typ": "at+jwt"}), "{}"),
        &jwt(&json!({"alg": "ES256", "typ": 7}), "{}"),
        &jwt(&json!({"alg": 7}), "{}"),
        &jwt(&json!({}), "{}"),
        &jwt(&head, &" ".repeat(MAX_LEN)),
    ] {
        assert!(matches!(UnverifiedJws::parse(bad, "x+jwt"), Err(MalformedJws::Malformed(_))), "{bad}");
    }
    for alg in ["none", "None", "nOnE", "ES512", ""] {
        let text = jwt(&json!({"alg": alg}), "{}");
        assert!(matches!(UnverifiedJws::parse(&text, "x+jwt"), Err(MalformedJws::Algorithm(_))), "{alg}");
    }
    for typ in ["x+jwt", "X+JWT", "application/x+jwt", "jwt", "application/JWT"] {
        assert!(UnverifiedJws::parse(&jwt(&json!({"alg": "ES256", "typ": typ}), "{}"), "x+jwt").is_ok(), "{typ}");
    }
}
