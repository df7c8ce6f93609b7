//! The names of tenants, workspaces and clients, checked once at the door. Cheap to clone: all share their text.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Our own fixed paths begin with these words, so no tenant may be called so.
pub const RESERVED_TENANT_IDS: &[&str] =
    &["console", "api", "health", "metrics", "assets", ".well-known", "static", "setup", "oauth2", "oidc", "docs"];

/// Why a text is no id: a sentence for the one who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidId(&'static str);

impl InvalidId {
    /// The sentence.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidId {}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $check:path) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks a text and takes it as an id.
            ///
            /// # Errors
            /// When the text does not follow the rules of this id.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                $check(text)?;
                Ok(Self(Arc::from(text)))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an id as a string")
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::parse(text).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}

id!(
    /// A tenant: a slug that is none of our own paths.
    TenantId, tenant
);
id!(
    /// A workspace: a slug, unique in its tenant.
    WorkspaceId, slug
);
id!(
    /// A user pool: a slug, unique in its tenant.
    UserPoolId, slug
);
id!(
    /// A client: RFC 6749 §2.2, 1 to 255 characters of `%x20-7E`. Never `usr_…`: so begin the subjects of users, and a client
    /// that could choose the name of one would be taken for that user (RFC 9068 §5, RFC 9700 §4.15).
    ClientId, client
);

impl TenantId {
    /// The platform's own tenant, `system`.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::from("system"))
    }

    /// The tenant made on the first start, `default`.
    #[must_use]
    pub fn default_tenant() -> Self {
        Self(Arc::from("default"))
    }
}

impl ClientId {
    /// The browser application on the management API, a client of every workspace `admin`: `console`.
    #[must_use]
    pub fn console() -> Self {
        Self(Arc::from("console"))
    }
}

impl WorkspaceId {
    /// The workspace of each tenant that protects the management API, `admin`.
    #[must_use]
    pub fn admin() -> Self {
        Self(Arc::from("admin"))
    }

    /// The workspace made on the first start, `default`.
    #[must_use]
    pub fn default_workspace() -> Self {
        Self(Arc::from("default"))
    }
}

fn tenant(text: &str) -> Result<(), InvalidId> {
    if RESERVED_TENANT_IDS.contains(&text) {
        return Err(InvalidId("this word is reserved"));
    }
    slug(text)
}

fn slug(text: &str) -> Result<(), InvalidId> {
    let word = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !(1..=63).contains(&text.len()) || !word || text.starts_with('-') || text.ends_with('-') {
        return Err(InvalidId("an id is 1 to 63 of a-z, 0-9 and -, and neither begins nor ends with -"));
    }
    Ok(())
}

fn client(text: &str) -> Result<(), InvalidId> {
    if !(1..=255).contains(&text.len()) || !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(InvalidId("a client_id is 1 to 255 printable ASCII characters"));
    }
    if text.starts_with("usr_") {
        return Err(InvalidId("a client_id must not begin with usr_"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_lower_case_and_at_most_63_long() {
        let longest = "a".repeat(63);
        for good in ["a", "0", "acme", "a-b", "a--b", "default", longest.as_str()] {
            assert!(TenantId::parse(good).is_ok(), "{good}");
            assert!(WorkspaceId::parse(good).is_ok(), "{good}");
        }
        let longer = "a".repeat(64);
        for bad in ["", "-", "-a", "a-", "A", "a_b", "a.b", "a b", "ä", "a/b", "..", "a\0", "a\n", longer.as_str()] {
            assert!(TenantId::parse(bad).is_err(), "{bad:?}");
            assert!(WorkspaceId::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn no_tenant_is_called_like_one_of_our_paths() {
        for word in RESERVED_TENANT_IDS {
            assert!(TenantId::parse(word).is_err(), "{word}");
        }
        assert!(TenantId::parse("console2").is_ok());
        assert!(WorkspaceId::parse("console").is_ok());
    }

    #[test]
    fn a_client_id_is_printable_ascii_and_no_user_subject() {
        let (longest, longer) = ("x".repeat(255), "x".repeat(256));
        for good in ["a", " ", "1PpG/Q 1", "https://client.example/~", "USR_1", "my_usr_", longest.as_str()] {
            assert!(ClientId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "usr_1", "usr_", "a\u{7f}", "a\n", "\0", "ä", longer.as_str()] {
            assert!(ClientId::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_id_is_checked_when_it_is_read_from_json() {
        assert!(serde_json::from_str::<TenantId>(r#""api""#).is_err());
        assert!(serde_json::from_str::<ClientId>("7").is_err());
        let id: ClientId = serde_json::from_str(r#""s6BhdRkqt3""#).unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""s6BhdRkqt3""#);
        assert_eq!(format!("{id} {id:?}"), r#"s6BhdRkqt3 "s6BhdRkqt3""#);
    }

    #[test]
    fn the_ids_of_the_first_start_keep_the_rules() {
        for id in [TenantId::system(), TenantId::default_tenant()] {
            assert_eq!(TenantId::parse(id.as_str()), Ok(id));
        }
        for id in [WorkspaceId::admin(), WorkspaceId::default_workspace()] {
            assert_eq!(WorkspaceId::parse(id.as_str()), Ok(id));
        }
        assert_eq!(ClientId::parse("console"), Ok(ClientId::console()));
    }
}
