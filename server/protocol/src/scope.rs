//! Scopes: RFC 6749 §3.3.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// More tokens than this in one scope are refused: comparing scopes takes the product of their lengths.
pub const MAX_TOKENS: usize = 256;

/// The longest scope token.
pub const MAX_TOKEN_LEN: usize = 255;

/// Asks for an ID token (OIDC Core §3.1.2.1).
pub const OPENID: &str = "openid";

/// Asks for a refresh token that outlives the session (OIDC Core §11).
pub const OFFLINE_ACCESS: &str = "offline_access";

/// A list of scope tokens, each once, in the order given. Order means nothing (RFC 6749 §3.3): compare with [`Scope::is_subset_of`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope(String);

/// The text is no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidScope;

impl fmt::Display for InvalidScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a scope is a list of tokens of printable ASCII without quote and backslash, parted by single spaces",
        )
    }
}

impl std::error::Error for InvalidScope {}

/// Whether a text is one scope token: `1*( %x21 / %x23-5B / %x5D-7E )`.
#[must_use]
pub fn is_scope_token(text: &str) -> bool {
    (1..=MAX_TOKEN_LEN).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E))
}

impl Scope {
    /// Reads a scope parameter: at least one token, single spaces between, none around.
    ///
    /// # Errors
    /// When the grammar is not kept or there are more than [`MAX_TOKENS`].
    pub fn parse(text: &str) -> Result<Self, InvalidScope> {
        Self::from_tokens(text.split(' '))
    }

    /// The scope of these tokens, each once, in their order; of none it is empty.
    ///
    /// # Errors
    /// When one is no token or there are more than [`MAX_TOKENS`].
    pub fn from_tokens<'t>(tokens: impl IntoIterator<Item = &'t str>) -> Result<Self, InvalidScope> {
        let mut scope = Self::empty();
        for (index, token) in tokens.into_iter().enumerate() {
            if index >= MAX_TOKENS || !is_scope_token(token) {
                return Err(InvalidScope);
            }
            if !scope.contains(token) {
                if !scope.is_empty() {
                    scope.0.push(' ');
                }
                scope.0.push_str(token);
            }
        }
        Ok(scope)
    }

    /// No scope at all.
    #[must_use]
    pub const fn empty() -> Self {
        Self(String::new())
    }

    /// The scope as the wire writes it; empty when there is none.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tokens in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.split(' ').filter(|token| !token.is_empty())
    }

    /// Whether this token is in the scope.
    #[must_use]
    pub fn contains(&self, token: &str) -> bool {
        self.iter().any(|own| own == token)
    }

    /// Whether every token of this scope is in the other.
    #[must_use]
    pub fn is_subset_of(&self, other: &Self) -> bool {
        self.iter().all(|token| other.contains(token))
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The empty string is the empty scope here: so it is stored.
impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tokens;
        impl de::Visitor<'_> for Tokens {
            type Value = Scope;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("scope tokens in one string, parted by spaces")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Scope, E> {
                if text.is_empty() { Ok(Scope::empty()) } else { Scope::parse(text).map_err(E::custom) }
            }
        }
        deserializer.deserialize_str(Tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_keeps_its_order_and_each_token_once() {
        let scope = Scope::parse("read write read admin:all write").unwrap();
        assert_eq!(scope.to_string(), "read write admin:all");
        assert_eq!(scope.iter().collect::<Vec<_>>(), ["read", "write", "admin:all"]);
        assert!(
            scope.contains("write") && !scope.contains("rea") && !scope.contains("") && !scope.contains("read write")
        );
    }

    #[test]
    fn what_breaks_the_grammar_is_refused() {
        for bad in ["", " ", " a", "a ", "a  b", "a\tb", "a\nb", "a\"b", "a\\b", "ä", "a\u{7f}", "a\0", "a\u{a0}b"] {
            assert_eq!(Scope::parse(bad), Err(InvalidScope), "{bad:?}");
        }
        for good in ["a", "!", "#[]~", "https://api.example/read urn:x:y", "openid profile"] {
            assert_eq!(Scope::parse(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn a_scope_has_an_upper_bound() {
        let tokens = |count: usize| (0..count).map(|n| format!("s{n}")).collect::<Vec<_>>().join(" ");
        assert!(Scope::parse(&tokens(MAX_TOKENS + 1)).is_err());
        assert_eq!(Scope::parse(&tokens(MAX_TOKENS)).unwrap().iter().count(), MAX_TOKENS);
        assert!(Scope::parse(&"a".repeat(MAX_TOKEN_LEN + 1)).is_err());
        assert!(Scope::parse(&"a".repeat(MAX_TOKEN_LEN)).is_ok());
    }

    #[test]
    fn a_scope_is_a_set() {
        let (small, large) = (Scope::parse("b a").unwrap(), Scope::parse("a c b").unwrap());
        assert!(small.is_subset_of(&large) && !large.is_subset_of(&small));
        assert!(Scope::empty().is_subset_of(&small) && Scope::empty().is_empty() && Scope::empty().iter().count() == 0);
        assert_eq!(Scope::from_tokens(small.iter().filter(|token| *token != "a")).unwrap().as_str(), "b");
    }

    #[test]
    fn in_json_a_scope_is_one_string() {
        assert!(serde_json::from_str::<Scope>(r#"["a"]"#).is_err());
        assert!(serde_json::from_str::<Scope>(r#""a  b""#).is_err());
        assert_eq!(serde_json::from_str::<Scope>(r#""""#).unwrap(), Scope::empty());
        let scope: Scope = serde_json::from_str(r#""a b""#).unwrap();
        assert_eq!(serde_json::to_string(&scope).unwrap(), r#""a b""#);
    }
}
