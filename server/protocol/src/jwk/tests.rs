//! Keys of the RFCs, and keys that nobody should register.

use serde_json::{Value, json};

use super::*;

/// RFC 7638 §3.1.
const N: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
/// RFC 7517 App. A.1.
const X: &str = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
const Y: &str = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
/// RFC 8037 App. A.2.
const ED: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

fn rsa() -> Value {
    json!({"kty": "RSA", "n": N, "e": "AQAB"})
}

fn ec() -> Value {
    json!({"kty": "EC", "crv": "P-256", "x": X, "y": Y})
}

fn ed() -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "x": ED})
}

fn with(mut key: Value, name: &str, value: Value) -> Value {
    key[name] = value;
    key
}

fn p384() -> Value {
    let coordinate = base64url(&[7; 48]);
    json!({"kty": "EC", "crv": "P-384", "x": coordinate, "y": coordinate})
}

#[test]
fn thumbprints_are_those_of_the_rfcs() {
    for (key, thumbprint) in [
        (with(rsa(), "kid", json!("2011-04-29")), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (ed(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
    ] {
        assert_eq!(Jwk::parse(&key).unwrap().thumbprint(), thumbprint);
    }
}

#[test]
fn a_key_fits_the_algorithms_of_its_kind_and_curve() {
    use SigningAlg::*;
    for (key, fitting) in [
        (rsa(), &[RS256, RS384, RS512, PS256, PS384, PS512][..]),
        (ec(), &[ES256]),
        (p384(), &[ES384]),
        (ed(), &[EdDSA]),
        (with(rsa(), "alg", json!("PS256")), &[PS256]),
        (with(ed(), "alg", json!("Ed25519")), &[EdDSA]),
        (with(rsa(), "alg", json!("RSA-OAEP")), &[]),
        (with(rsa(), "alg", json!("none")), &[]),
        (with(ec(), "alg", json!("HS256")), &[]),
        (with(ec(), "use", json!("enc")), &[]),
        (with(ec(), "use", json!("sig")), &[ES256]),
        (with(ec(), "key_ops", json!(["sign"])), &[]),
        (with(ec(), "key_ops", json!([])), &[]),
        (with(ec(), "key_ops", json!(["verify"])), &[ES256]),
    ] {
        let jwk = Jwk::parse(&key).unwrap();
        let fits: Vec<_> = SigningAlg::ALL.iter().copied().filter(|alg| jwk.fits(*alg)).collect();
        assert_eq!(fits, fitting, "{key}");
    }
}

#[test]
fn a_private_or_symmetric_key_is_refused() {
    for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        let error = Jwk::parse(&with(rsa(), name, json!("AQAB"))).unwrap_err();
        assert_eq!(error.pointer, format!("/{name}"));
        assert!(Jwk::parse(&with(ec(), name, Value::Null)).is_err(), "{name}");
    }
    assert!(Jwk::parse(&json!({"kty": "oct", "k": "AQAB"})).is_err());
    assert!(Jwk::parse(&json!({"kty": "oct"})).is_err());
    assert!(Jwk::parse(&with(rsa(), "x5u", json!("https://client.example"))).is_ok());
}

#[test]
fn a_malformed_key_is_refused_with_its_place() {
    let weak = base64url(&[0xff; 255]);
    let even = base64url(&[0xfe; 256]);
    let huge = base64url(&[0xff; 1025]);
    for (key, pointer) in [
        (json!([]), ""),
        (json!("x"), ""),
        (json!({}), "/kty"),
        (json!({"kty": 1}), "/kty"),
        (json!({"kty": "rsa", "n": N, "e": "AQAB"}), "/kty"),
        (json!({"kty": "RSA", "e": "AQAB"}), "/n"),
        (with(rsa(), "n", json!(1)), "/n"),
        (with(rsa(), "n", json!(format!("{N}="))), "/n"),
        (with(rsa(), "n", json!(N.replace('_', "/"))), "/n"),
        (with(rsa(), "n", json!(weak)), ""),
        (with(rsa(), "n", json!(even)), ""),
        (with(rsa(), "n", json!(huge)), ""),
        (with(rsa(), "n", json!("")), ""),
        (with(rsa(), "e", json!("AQ")), ""),
        (with(rsa(), "e", json!("Ag")), ""),
        (with(rsa(), "e", json!("")), ""),
        (with(rsa(), "e", json!("AQAAAAAAAAAB")), ""),
        (with(ec(), "crv", json!("P-521")), "/crv"),
        (with(ec(), "crv", json!("secp256k1")), "/crv"),
        (with(ec(), "x", json!("AQAB")), ""),
        (with(p384(), "crv", json!("P-256")), ""),
        (json!({"kty": "EC", "crv": "P-256", "x": X}), "/y"),
        (with(ed(), "crv", json!("X25519")), "/crv"),
        (with(ed(), "crv", json!("Ed448")), "/crv"),
        (with(ed(), "x", json!("AQAB")), ""),
        (with(ec(), "kid", json!(7)), "/kid"),
        (with(ec(), "kid", json!("k".repeat(256))), "/kid"),
        (with(ec(), "use", json!(["sig"])), "/use"),
        (with(ec(), "key_ops", json!("verify")), "/key_ops"),
        (with(ec(), "alg", Value::Null), "/alg"),
        (with(ec(), "x5c", json!([])), "/x5c"),
        (with(ec(), "x5c", json!(["-----BEGIN CERTIFICATE-----"])), "/x5c"),
        (with(ec(), "x5c", json!(["Q-_="])), "/x5c"),
        (with(ec(), "x5c", json!(vec!["QQ=="; 11])), "/x5c"),
    ] {
        assert_eq!(Jwk::parse(&key).map_err(|error| error.pointer), Err(pointer.to_owned()), "{key}");
    }
    for key in [rsa(), ec(), p384(), ed(), with(ec(), "x5c", json!(["QQ=="])), with(ec(), "nobody_knows", json!({}))] {
        assert!(Jwk::parse(&key).is_ok(), "{key}");
    }
}

#[test]
fn a_sign_octet_before_a_modulus_does_not_change_the_key() {
    let mut octets = vec![0];
    octets.extend(crate::encoding::base64url_decoded(N).unwrap());
    assert_eq!(Jwk::parse(&with(rsa(), "n", json!(base64url(&octets)))), Jwk::parse(&rsa()));
}

#[test]
fn a_key_is_written_as_it_was_read_without_what_we_do_not_know() {
    let key = json!({"kty": "EC", "crv": "P-256", "x": X, "y": Y, "kid": "1", "use": "sig", "key_ops": ["verify"], "alg": "ES256", "x5c": ["QQ=="]});
    let jwk: Jwk = serde_json::from_value(with(key.clone(), "extra", json!(1))).unwrap();
    assert_eq!(serde_json::to_value(&jwk).unwrap(), key);
    assert_eq!(jwk.x5c().collect::<Vec<_>>(), ["QQ=="]);
    let PublicKey::Ec { curve: Curve::P256, x, .. } = jwk.key() else { panic!("an EC key") };
    assert_eq!((x.as_base64url(), x.as_bytes().len()), (X, 32));
    let own = Jwk::for_signing(jwk.key().clone(), jwk.thumbprint(), SigningAlg::ES256);
    assert_eq!((own.alg(), own.kid(), own.fits(SigningAlg::ES256)), (Some("ES256"), Some(&*jwk.thumbprint()), true));
}

#[test]
fn a_registered_set_is_refused_for_one_bad_key() {
    for (set, pointer) in [
        (json!(null), ""),
        (json!([ec()]), ""),
        (ec(), "/keys"),
        (json!({"keys": ec()}), "/keys"),
        (json!({"keys": []}), "/keys"),
        (json!({"keys": vec![ec(); MAX_REGISTERED_KEYS + 1]}), "/keys"),
        (json!({"keys": [ec(), with(ec(), "d", json!("AQAB"))]}), "/keys/1/d"),
        (json!({"keys": [null]}), "/keys/0"),
    ] {
        assert_eq!(JwkSet::parse_registered(&set).unwrap_err().pointer, pointer, "{set}");
        assert!(serde_json::from_value::<JwkSet>(set).is_err());
    }
    let set = json!({"keys": vec![ec(); MAX_REGISTERED_KEYS]});
    assert_eq!(serde_json::to_value(JwkSet::parse_registered(&set).unwrap()).unwrap(), set);
}

#[test]
fn a_fetched_set_passes_over_what_we_cannot_use() {
    let document = json!({"keys": [with(ec(), "d", json!("x")), 1, {"kty": "oct"}, with(ec(), "kid", json!("a")), {"kty": "EC", "crv": "P-521"}, ed()]});
    let set = JwkSet::parse_fetched(document.to_string().as_bytes()).unwrap();
    assert_eq!(set.keys().len(), 2);
    assert!(JwkSet::parse_fetched(br#"{"keys":[]}"#).unwrap().is_empty());
    let many = json!({"keys": vec![ec(); MAX_FETCHED_KEYS + 1]}).to_string();
    assert_eq!(JwkSet::parse_fetched(many.as_bytes()).unwrap().keys().len(), MAX_FETCHED_KEYS);
    for bad in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[],"keys":[]}"#, "<html>", r#"{"keys":[]} x"#] {
        assert!(JwkSet::parse_fetched(bad.as_bytes()).is_err(), "{bad}");
    }
}

#[test]
fn a_kid_selects_among_the_keys_that_fit() {
    let named = |kid: &str| with(ec(), "kid", json!(kid));
    let set = json!({"keys": [named("a"), named("b"), ec(), with(rsa(), "kid", json!("a"))]});
    let set = JwkSet::parse_registered(&set).unwrap();
    let found = |kid, alg| set.candidates(kid, alg).map(|key| key.kid().unwrap_or("-")).collect::<Vec<_>>();
    assert_eq!(found(None, SigningAlg::ES256), ["a", "b", "-"]);
    assert_eq!(found(Some("a"), SigningAlg::ES256), ["a", "-"]);
    assert_eq!(found(Some("c"), SigningAlg::ES256), ["-"]);
    assert_eq!(found(Some("a"), SigningAlg::RS256), ["a"]);
    assert_eq!(found(Some("b"), SigningAlg::RS256), Vec::<&str>::new());
    assert_eq!(found(None, SigningAlg::HS256), Vec::<&str>::new());
}
