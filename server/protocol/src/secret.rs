//! A secret text: wiped from memory when dropped, and without `Debug`, `Display`, `Serialize` or `==`, so that it cannot slip
//! into a log or be compared in a time that tells where it differs.

use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A client secret or another text that only its owner may see.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text into custody.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself; every use of this word is a place to look at.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the presented text is this secret; the time tells nothing but whether the lengths are equal.
    #[must_use]
    pub fn matches(&self, presented: &str) -> bool {
        self.0.as_bytes().ct_eq(presented.as_bytes()).into()
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_matches_itself_and_nothing_else() {
        let secret = Secret::new("correct horse".to_owned());
        for wrong in ["", "correct", "correct horsf", "Correct horse", "correct horse ", "correct horse\0"] {
            assert!(!secret.matches(wrong), "{wrong:?}");
        }
        assert!(secret.matches("correct horse"));
        assert_eq!(secret.expose(), "correct horse");
    }

    #[test]
    fn a_secret_is_read_from_json_as_a_string_alone() {
        assert!(serde_json::from_str::<Secret>("12345").is_err());
        assert!(serde_json::from_str::<Secret>(r#""12345""#).unwrap().matches("12345"));
    }
}
