//! Whether a workspace has signed a token: which of its keys to ask, and with what parameters (WebCrypto, RFC 7518 §3).

use serde_json::{Value, json};

use cardea_protocol::SigningAlg;

use super::kind::Kind;
use super::parse::Token;

/// What is known of a signature before any key is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plan {
    /// This key decides.
    Ask(Box<Check>),
    /// It cannot be good.
    Bad(String),
    /// It is not the workspace's to make: whether it is good is not known here.
    Elsewhere(String),
}

/// What WebCrypto is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Check {
    /// Which of the workspace's keys it is.
    pub(super) kid: String,
    /// The public key, and of it nothing but the key.
    pub(super) jwk: Value,
    /// The parameters under which the key is read.
    pub(super) import: Value,
    /// The parameters under which the signature is checked.
    pub(super) verify: Value,
}

/// How to check the signature of `token` with the workspace's `keys`.
pub(super) fn plan(token: &Token, kind: Kind, keys: &[Value]) -> Plan {
    let alg = match token.header("alg") {
        Some(alg) if !alg.eq_ignore_ascii_case("none") => alg,
        _ => return Plan::Bad("It is not signed at all (alg is none). Nobody may believe it.".to_owned()),
    };
    if token.signature.is_empty() {
        return Plan::Bad("Its signature is empty. Nobody may believe it.".to_owned());
    }
    let Some(alg) = SigningAlg::parse(alg) else {
        return Plan::Bad(format!("It is signed with {alg}, which no workspace uses."));
    };
    if kind.is_of_client() {
        return Plan::Elsewhere("The application signs it, not the workspace: whether the signature is right is told by the keys or the secret registered for the client.".to_owned());
    }
    if alg.is_hmac() {
        return Plan::Bad(format!("It is signed with {alg}, a shared secret; a workspace signs with its keys only."));
    }
    let kid = token.header("kid");
    let fits = |key: &&Value| kid.is_none_or(|kid| text(key, "kid") == Some(kid)) && fits(key, alg);
    let Some(key) = keys.iter().find(fits) else {
        return Plan::Bad(match kid {
            Some(kid) => format!(
                "None of the keys that this workspace publishes is called {kid}. Another issuer has signed it, or with a key that has been withdrawn or has left the key set since."
            ),
            None => "It names no key (kid), and none of this workspace's fits.".to_owned(),
        });
    };
    let (import, verify) = parameters(alg);
    let kid = text(key, "kid").unwrap_or_default().to_owned();
    Plan::Ask(Box::new(Check { kid, jwk: bare(key), import, verify }))
}

fn text<'v>(key: &'v Value, member: &str) -> Option<&'v str> {
    key.get(member).and_then(Value::as_str)
}

/// Whether a signature by `alg` can be of this key.
fn fits(key: &Value, alg: SigningAlg) -> bool {
    let (kty, crv) = match alg {
        SigningAlg::ES256 => ("EC", Some("P-256")),
        SigningAlg::ES384 => ("EC", Some("P-384")),
        SigningAlg::EdDSA => ("OKP", Some("Ed25519")),
        _ => ("RSA", None),
    };
    let declared = text(key, "alg").and_then(SigningAlg::parse);
    text(key, "kty") == Some(kty)
        && (crv.is_none() || text(key, "crv") == crv)
        && declared.is_none_or(|declared| declared == alg)
}

/// The members that make the key; browsers quarrel about the others.
fn bare(key: &Value) -> Value {
    let members = ["kty", "crv", "x", "y", "n", "e"].into_iter();
    members.filter_map(|name| Some((name.to_owned(), key.get(name)?.clone()))).collect()
}

fn parameters(alg: SigningAlg) -> (Value, Value) {
    let hash = format!("SHA-{}", alg.hash_bytes() * 8);
    match alg {
        SigningAlg::ES256 => (json!({"name": "ECDSA", "namedCurve": "P-256"}), json!({"name": "ECDSA", "hash": hash})),
        SigningAlg::ES384 => (json!({"name": "ECDSA", "namedCurve": "P-384"}), json!({"name": "ECDSA", "hash": hash})),
        SigningAlg::EdDSA => (json!({"name": "Ed25519"}), json!({"name": "Ed25519"})),
        SigningAlg::PS256 | SigningAlg::PS384 | SigningAlg::PS512 => {
            (json!({"name": "RSA-PSS", "hash": hash}), json!({"name": "RSA-PSS", "saltLength": alg.hash_bytes()}))
        }
        _ => (json!({"name": "RSASSA-PKCS1-v1_5", "hash": hash}), json!({"name": "RSASSA-PKCS1-v1_5"})),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::{read, tests::token};
    use super::*;

    fn keys() -> Vec<Value> {
        vec![
            json!({"kid": "r", "kty": "RSA", "alg": "RS256", "n": "n", "e": "AQAB", "use": "sig"}),
            json!({"kid": "e", "kty": "EC", "crv": "P-256", "alg": "ES256", "x": "x", "y": "y", "use": "sig"}),
        ]
    }

    fn planned(header: Value, claims: Value) -> Plan {
        let token = read(&token(&header, &claims)).unwrap();
        plan(&token, Kind::of(&token), &keys())
    }

    #[test]
    fn the_key_that_is_named_is_asked_and_nothing_but_the_key() {
        let Plan::Ask(check) = planned(json!({"alg": "ES256", "kid": "e", "typ": "at+jwt"}), json!({})) else {
            panic!()
        };
        assert_eq!(check.kid, "e");
        assert_eq!(check.jwk, json!({"kty": "EC", "crv": "P-256", "x": "x", "y": "y"}));
        assert_eq!(check.verify, json!({"name": "ECDSA", "hash": "SHA-256"}));
        assert!(matches!(planned(json!({"alg": "RS256", "typ": "at+jwt"}), json!({})), Plan::Ask(_)), "without a kid");
    }

    #[test]
    fn what_cannot_be_good_is_bad_whatever_it_claims() {
        for header in [
            json!({"alg": "none"}),
            json!({"alg": "NONE"}),
            json!({}),
            json!({"alg": "HS256", "kid": "e"}),
            json!({"alg": "ES256K", "kid": "e"}),
            json!({"alg": "ES256", "kid": "other"}),
            json!({"alg": "RS256", "kid": "e"}),
            json!({"alg": "PS256", "kid": "r"}),
        ] {
            assert!(matches!(planned(header.clone(), json!({"scope": "a"})), Plan::Bad(_)), "{header}");
        }
        assert!(matches!(planned(json!({"alg": "none"}), json!({"iss": "c", "sub": "c"})), Plan::Bad(_)));
    }

    #[test]
    fn what_an_application_signs_is_not_judged_here() {
        assert!(matches!(planned(json!({"alg": "HS256"}), json!({"iss": "c", "sub": "c"})), Plan::Elsewhere(_)));
    }
}
