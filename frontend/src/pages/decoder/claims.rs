//! The members of a token one by one: what it says, and what that means.

use serde_json::{Map, Value};

use cardea_protocol::time::Timestamp;

use super::names;
use super::parse::seconds;

/// A member in words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Explained {
    /// Its name.
    pub(super) name: String,
    /// What it says.
    pub(super) value: String,
    /// The moment that it says, if it is one.
    pub(super) moment: Option<Timestamp>,
    /// What it means.
    pub(super) meaning: String,
}

/// The members of a header.
pub(super) fn header(header: &Map<String, Value>) -> Vec<Explained> {
    let unknown = "Not a member that OAuth knows; whoever signed it has added it.";
    let explain = |(name, value): (&String, &Value)| Explained {
        name: name.clone(),
        value: plain(value),
        moment: None,
        meaning: names::of_header(name).unwrap_or(unknown).to_owned(),
    };
    header.iter().map(explain).collect()
}

/// The claims.
pub(super) fn claims(claims: &Map<String, Value>) -> Vec<Explained> {
    let unknown = "A claim of the issuer's own; what it means is between it and the application.";
    let explain = |(name, value): (&String, &Value)| {
        let meaning = names::of_claim(name).unwrap_or(unknown);
        let moment = names::is_moment(name).then(|| seconds(value)).flatten();
        Explained {
            name: name.clone(),
            value: plain(value),
            moment: moment.map(Timestamp::from_secs),
            meaning: if name == "cnf" { format!("{meaning} {}", confirmation(value)) } else { meaning.to_owned() },
        }
    };
    claims.iter().map(explain).collect()
}

/// What `cnf` demands (RFC 7800 §3).
pub(super) fn confirmation(cnf: &Value) -> &'static str {
    let has = |name: &str| cnf.get(name).is_some();
    if has("x5t#S256") {
        "It is bound to a client certificate (RFC 8705): an API takes it only over a TLS connection made with the certificate of this SHA-256 thumbprint. Stolen, it is worth nothing without the certificate's key."
    } else if has("jkt") {
        "It is bound to a key (RFC 9449, DPoP): each request needs a proof signed with the key of this thumbprint. Stolen, it is worth nothing without the key."
    } else if has("jwk") {
        "It is bound to this public key: its holder must prove that they have the private one."
    } else {
        "It names no way of proof that is known here."
    }
}

/// A value as it is read: texts bare, the rest as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn one(name: &str, value: Value) -> Explained {
        let mut all = Map::new();
        all.insert(name.to_owned(), value);
        claims(&all).remove(0)
    }

    #[test]
    fn a_moment_is_read_and_anything_else_left_as_it_is() {
        assert_eq!(one("exp", json!(1_700_000_000)).moment, Some(Timestamp::from_secs(1_700_000_000)));
        assert_eq!(one("exp", json!("soon")).moment, None);
        assert_eq!(one("sub", json!("a b")).value, "a b");
        assert_eq!(one("aud", json!(["a"])).value, r#"["a"]"#);
        assert!(one("tier", json!(1)).meaning.contains("own"));
    }

    #[test]
    fn each_way_of_binding_is_explained() {
        assert!(one("cnf", json!({"x5t#S256": "x"})).meaning.contains("RFC 8705"));
        assert!(one("cnf", json!({"jkt": "x"})).meaning.contains("DPoP"));
        assert!(one("cnf", json!({"other": 1})).meaning.contains("no way of proof"));
    }

    #[test]
    fn keys_that_a_token_names_itself_are_not_praised() {
        let all = json!({"alg": "ES256", "jku": "https://evil.example"});
        let all = header(all.as_object().unwrap());
        assert!(all.iter().any(|member| member.name == "jku" && member.meaning.contains("never")));
    }
}
