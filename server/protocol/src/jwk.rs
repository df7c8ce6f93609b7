//! Public keys: JWK and JWK Set (RFC 7517), their parameters (RFC 7518 §6, RFC 8037 §2) and thumbprints (RFC 7638).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeMap};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{algorithm::SigningAlg, encoding::base64url};

mod parse;
mod public_key;
mod set;
#[cfg(test)]
mod tests;

pub use public_key::{Component, Curve, PublicKey};
pub use set::{JwkSet, MAX_FETCHED_KEYS, MAX_REGISTERED_KEYS};

/// A public key that has been checked, with what its owner says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwk {
    key: PublicKey,
    kid: Option<String>,
    key_use: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    x5c: Option<Vec<String>>,
}

/// Why a value is no key or no set of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JwkError {
    /// Where in the document: a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// A sentence for the one who gave it; says nothing of what was in it.
    pub message: String,
}

impl fmt::Display for JwkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

impl std::error::Error for JwkError {}

impl Jwk {
    /// Reads one public key strictly.
    ///
    /// # Errors
    /// When it is private, symmetric, of a kind we do not verify with, or malformed.
    pub fn parse(value: &Value) -> Result<Self, JwkError> {
        parse::jwk(value, String::new())
    }

    /// A key that signs with one algorithm, as our own JWK Set publishes it.
    #[must_use]
    pub fn for_signing(key: PublicKey, kid: String, alg: SigningAlg) -> Self {
        let (key_use, alg) = (Some("sig".to_owned()), Some(alg.as_str().to_owned()));
        Self { key, kid: Some(kid), key_use, key_ops: None, alg, x5c: None }
    }

    /// The key itself.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Its name, which tells it apart from others of its owner and nothing else.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The one algorithm its owner uses it with; maybe one we do not know.
    #[must_use]
    pub fn alg(&self) -> Option<&str> {
        self.alg.as_deref()
    }

    /// Its certificate chain, leaf first, each as base64 of the DER (RFC 7517 §4.7); empty when it has none.
    pub fn x5c(&self) -> impl Iterator<Item = &str> {
        self.x5c.iter().flatten().map(String::as_str)
    }

    /// Whether a signature of this algorithm may be verified with this key: kind and curve, and what its owner says of it.
    #[must_use]
    pub fn fits(&self, alg: SigningAlg) -> bool {
        self.key.fits(alg)
            && self.alg.as_deref().is_none_or(|own| SigningAlg::parse(own) == Some(alg))
            && self.key_use.as_deref().is_none_or(|key_use| key_use == "sig")
            && self.key_ops.as_ref().is_none_or(|ops| ops.iter().any(|op| op == "verify"))
    }

    /// The SHA-256 thumbprint (RFC 7638), base64url.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        base64url(&Sha256::digest(self.key.canonical_json()))
    }
}

impl Serialize for Jwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (name, value) in self.key.members() {
            members.serialize_entry(name, value)?;
        }
        for (name, value) in [("kid", &self.kid), ("use", &self.key_use), ("alg", &self.alg)] {
            if let Some(value) = value {
                members.serialize_entry(name, value)?;
            }
        }
        for (name, list) in [("key_ops", &self.key_ops), ("x5c", &self.x5c)] {
            if let Some(list) = list {
                members.serialize_entry(name, list)?;
            }
        }
        members.end()
    }
}

impl<'de> Deserialize<'de> for Jwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
