//! Sets of keys (RFC 7517 §5): strict when an administrator gives one, lenient when it comes from a `jwks_uri`.

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;

use super::{Jwk, JwkError, parse};
use crate::{algorithm::SigningAlg, strict_json};

/// A registered set has no more keys than this.
pub const MAX_REGISTERED_KEYS: usize = 20;

/// No more keys than this are read from a fetched set.
pub const MAX_FETCHED_KEYS: usize = 100;

/// The public keys of one owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    keys: Vec<Jwk>,
}

impl JwkSet {
    /// Reads a `jwks` that is about to be registered: every key must be one that we can verify with.
    ///
    /// # Errors
    /// At the first key that is not, or unless there are 1 to 20.
    pub fn parse_registered(value: &Value) -> Result<Self, JwkError> {
        let keys = list(value)?;
        if !(1..=MAX_REGISTERED_KEYS).contains(&keys.len()) {
            return Err(JwkError { pointer: "/keys".to_owned(), message: "must be 1 to 20 keys".to_owned() });
        }
        let keys = keys.iter().enumerate().map(|(index, key)| parse::jwk(key, format!("/keys/{index}")));
        Ok(Self { keys: keys.collect::<Result<_, _>>()? })
    }

    /// Reads the document of a `jwks_uri`. Keys that we cannot verify with are passed over (RFC 7517 §5), and so are those
    /// beyond the first 100.
    ///
    /// # Errors
    /// When the document is no JWK Set at all.
    pub fn parse_fetched(document: &[u8]) -> Result<Self, JwkError> {
        let value = strict_json::parse(document).map_err(|_| JwkError {
            pointer: String::new(),
            message: "not JSON, or a member comes twice".to_owned(),
        })?;
        let keys = list(&value)?.iter().take(MAX_FETCHED_KEYS);
        Ok(Self { keys: keys.filter_map(|key| parse::jwk(key, String::new()).ok()).collect() })
    }

    /// The keys in the order they were given.
    #[must_use]
    pub fn keys(&self) -> &[Jwk] {
        &self.keys
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys that may have made a signature of this algorithm. A `kid` only selects: keys of another name are left out.
    pub fn candidates(&self, kid: Option<&str>, alg: SigningAlg) -> impl Iterator<Item = &Jwk> {
        let named = move |key: &&Jwk| kid.is_none() || key.kid().is_none() || key.kid() == kid;
        self.keys.iter().filter(named).filter(move |key| key.fits(alg))
    }
}

impl<'de> Deserialize<'de> for JwkSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse_registered(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

fn list(value: &Value) -> Result<&Vec<Value>, JwkError> {
    let malformed =
        |pointer: &str, message: &str| JwkError { pointer: pointer.to_owned(), message: message.to_owned() };
    let Value::Object(members) = value else {
        return Err(malformed("", "a JWK Set is an object with the member keys"));
    };
    match members.get("keys") {
        Some(Value::Array(keys)) => Ok(keys),
        _ => Err(malformed("/keys", "must be an array of keys")),
    }
}
