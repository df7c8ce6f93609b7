//! The seven client authentication methods: RFC 7591 §2, OIDC Core §9, RFC 8705 §2; and sets of them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeSeq};

use crate::words::words;

words! {
    /// How a client proves at the token endpoint who it is (`token_endpoint_auth_method`).
    pub enum AuthMethod {
        /// RFC 6749 §2.3.1, in the `Authorization` header.
        ClientSecretBasic = "client_secret_basic",
        /// RFC 6749 §2.3.1, in the body.
        ClientSecretPost = "client_secret_post",
        /// RFC 7523 §2.2 and OIDC Core §9, signed with the secret.
        ClientSecretJwt = "client_secret_jwt",
        /// RFC 7523 §2.2 and OIDC Core §9, signed with a private key.
        PrivateKeyJwt = "private_key_jwt",
        /// RFC 8705 §2.1, a certificate of a trusted authority.
        TlsClientAuth = "tls_client_auth",
        /// RFC 8705 §2.2, a registered certificate.
        SelfSignedTlsClientAuth = "self_signed_tls_client_auth",
        /// A public client (RFC 6749 §2.1): none.
        None = "none",
    }
}

impl AuthMethod {
    /// Whether a client of this method holds secrets that we know.
    #[must_use]
    pub const fn has_secret(self) -> bool {
        matches!(self, Self::ClientSecretBasic | Self::ClientSecretPost | Self::ClientSecretJwt)
    }

    /// Whether we must be able to read the secret again, because it is a key (RFC 7518 §3.2) and not a password.
    #[must_use]
    pub const fn has_recoverable_secret(self) -> bool {
        matches!(self, Self::ClientSecretJwt)
    }

    /// Whether the client sends a signed assertion.
    #[must_use]
    pub const fn is_assertion(self) -> bool {
        matches!(self, Self::ClientSecretJwt | Self::PrivateKeyJwt)
    }

    /// Whether the client presents a TLS certificate.
    #[must_use]
    pub const fn is_tls(self) -> bool {
        matches!(self, Self::TlsClientAuth | Self::SelfSignedTlsClientAuth)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of methods: what a workspace enables. In JSON an array in canonical order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct AuthMethods(u8);

impl AuthMethods {
    /// All seven.
    #[must_use]
    pub fn all() -> Self {
        AuthMethod::ALL.iter().copied().collect()
    }

    /// No method.
    #[must_use]
    pub const fn empty() -> Self {
        Self(0)
    }

    /// Whether the method is in the set.
    #[must_use]
    pub const fn contains(self, method: AuthMethod) -> bool {
        self.0 & method.bit() != 0
    }

    /// Adds a method; tells whether it was not there before.
    pub const fn insert(&mut self, method: AuthMethod) -> bool {
        let added = !self.contains(method);
        self.0 |= method.bit();
        added
    }

    /// Takes a method out; tells whether it was there.
    pub const fn remove(&mut self, method: AuthMethod) -> bool {
        let there = self.contains(method);
        self.0 &= !method.bit();
        there
    }

    /// Whether no method is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many methods are in the set.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The methods of this set that are not in the other: what a change from this to that would disable.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every method of this set is in the other.
    #[must_use]
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.without(other).is_empty()
    }

    /// The methods in canonical order.
    pub fn iter(self) -> impl Iterator<Item = AuthMethod> + Clone {
        AuthMethod::ALL.iter().copied().filter(move |method| self.contains(*method))
    }
}

impl FromIterator<AuthMethod> for AuthMethods {
    fn from_iter<I: IntoIterator<Item = AuthMethod>>(methods: I) -> Self {
        methods.into_iter().fold(Self::empty(), |mut set, method| {
            set.insert(method);
            set
        })
    }
}

impl fmt::Debug for AuthMethods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(AuthMethod::as_str)).finish()
    }
}

impl Serialize for AuthMethods {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.len()))?;
        for method in self.iter() {
            sequence.serialize_element(&method)?;
        }
        sequence.end()
    }
}

impl<'de> Deserialize<'de> for AuthMethods {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Methods;
        impl<'de> de::Visitor<'de> for Methods {
            type Value = AuthMethods;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of client authentication methods")
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut sequence: A) -> Result<AuthMethods, A::Error> {
                let mut set = AuthMethods::empty();
                while let Some(method) = sequence.next_element::<AuthMethod>()? {
                    if !set.insert(method) {
                        return Err(de::Error::custom(format_args!("{method} is named twice")));
                    }
                }
                Ok(set)
            }
        }
        deserializer.deserialize_seq(Methods)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_registry_and_exact() {
        assert_eq!(AuthMethod::ALL.len(), 7);
        for method in AuthMethod::ALL {
            assert_eq!(AuthMethod::parse(method.as_str()), Some(*method));
        }
        for unknown in ["", "None", "client_secret", "private_key_jwt ", "tls_client_auth_subject_dn"] {
            assert_eq!(AuthMethod::parse(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_method_belongs_to_one_kind() {
        for method in AuthMethod::ALL {
            let public = *method == AuthMethod::None;
            assert_eq!(public, !method.has_secret() && !method.is_assertion() && !method.is_tls(), "{method}");
            assert!(!method.has_recoverable_secret() || (method.has_secret() && method.is_assertion()));
        }
    }

    #[test]
    fn a_set_is_written_in_canonical_order_and_read_back() {
        let set: AuthMethods = serde_json::from_str(r#"["none","client_secret_basic","private_key_jwt"]"#).unwrap();
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["client_secret_basic","private_key_jwt","none"]"#);
        assert_eq!((set.len(), set.is_empty()), (3, false));
        assert!(set.is_subset_of(AuthMethods::all()) && !AuthMethods::all().is_subset_of(set));
        assert_eq!(format!("{:?}", AuthMethods::empty()), "{}");
    }

    #[test]
    fn a_set_with_a_duplicate_or_an_unknown_name_is_refused() {
        for bad in [r#"["none","none"]"#, r#"["basic"]"#, r#""none""#, "[1]", "null", "{}"] {
            assert!(serde_json::from_str::<AuthMethods>(bad).is_err(), "{bad}");
        }
        assert_eq!(serde_json::from_str::<AuthMethods>("[]").unwrap(), AuthMethods::empty());
        let text = serde_json::to_string(&AuthMethods::all()).unwrap();
        assert_eq!(serde_json::from_str::<AuthMethods>(&text).unwrap(), AuthMethods::all());
    }

    #[test]
    fn methods_come_and_go() {
        let mut set = AuthMethods::all();
        assert!(set.remove(AuthMethod::None) && !set.remove(AuthMethod::None) && !set.contains(AuthMethod::None));
        assert_eq!(AuthMethods::all().without(set).iter().collect::<Vec<_>>(), [AuthMethod::None]);
        assert!(set.insert(AuthMethod::None) && !set.insert(AuthMethod::None));
        assert_eq!(set, AuthMethods::all());
    }
}
