//! What an access token says: RFC 9068 §2.2; and what introspection says of it: RFC 7662 §2.2.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::response::TokenType;

pub mod id_token;
pub mod logout_token;
pub mod request;
pub mod standard;

pub use id_token::{IdTokenClaims, IdTokenHint, half_hash};
pub use logout_token::LogoutTokenClaims;
pub use request::ClaimsRequest;
pub use standard::{StandardClaim, UserClaims, UserinfoClaims};

/// The claims of an access token. `S` is `String` when they are read and `&str` when they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "S: Deserialize<'de>, Audience<S>: Deserialize<'de>"))]
pub struct AccessTokenClaims<S = String> {
    /// The workspace that issued it.
    pub iss: S,
    /// Whom it speaks of: a user, or the client itself.
    pub sub: S,
    /// For which services it is.
    pub aud: Audience<S>,
    /// The client it was issued to.
    pub client_id: S,
    /// What it is good for.
    #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
    pub scope: Option<S>,
    /// When it was issued, in seconds.
    pub iat: i64,
    /// When it expires, in seconds.
    pub exp: i64,
    /// Its own identifier.
    pub jti: S,
    /// What whoever uses it must hold, where it is bound to something (RFC 8705 §3.1).
    #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
    pub cnf: Option<Confirmation>,
}

/// What a token is bound to (RFC 7800 §3.1): here the client certificate with which it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// SHA-256 of the certificate's DER, base64url (RFC 8705 §3.1).
    #[serde(rename = "x5t#S256")]
    pub x5t_s256: String,
}

/// The services a token is for: on the wire a string when it is one, else an array (RFC 7519 §4.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience<S = String> {
    /// One service.
    One(S),
    /// Several services.
    Many(Vec<S>),
}

impl<S: AsRef<str>> Audience<S> {
    /// The services in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.as_slice().iter().map(S::as_ref)
    }

    /// Whether the token is for this service.
    #[must_use]
    pub fn contains(&self, service: &str) -> bool {
        self.iter().any(|own| own == service)
    }
}

impl<S> Audience<S> {
    const fn as_slice(&self) -> &[S] {
        match self {
            Self::One(service) => std::slice::from_ref(service),
            Self::Many(services) => services.as_slice(),
        }
    }
}

impl<S> From<Vec<S>> for Audience<S> {
    fn from(mut services: Vec<S>) -> Self {
        match services.pop() {
            Some(only) if services.is_empty() => Self::One(only),
            last => {
                services.extend(last);
                Self::Many(services)
            }
        }
    }
}

impl<S> FromIterator<S> for Audience<S> {
    fn from_iter<I: IntoIterator<Item = S>>(services: I) -> Self {
        services.into_iter().collect::<Vec<_>>().into()
    }
}

impl<S: Serialize> Serialize for Audience<S> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        match self.as_slice() {
            [only] => only.serialize(serializer),
            services => serializer.collect_seq(services),
        }
    }
}

impl<'de> Deserialize<'de> for Audience {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Services;
        impl<'de> de::Visitor<'de> for Services {
            type Value = Audience;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or an array of strings")
            }
            fn visit_str<E: de::Error>(self, service: &str) -> Result<Audience, E> {
                Ok(Audience::One(service.to_owned()))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut sequence: A) -> Result<Audience, A::Error> {
                let mut services = Vec::new();
                while let Some(service) = sequence.next_element::<String>()? {
                    services.push(service);
                }
                Ok(services.into())
            }
        }
        deserializer.deserialize_any(Services)
    }
}

/// The answer of the introspection endpoint; of a token that is not active it says nothing but that.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Introspection<'a> {
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<TokenType>,
    #[serde(flatten)]
    claims: Option<&'a AccessTokenClaims>,
}

impl<'a> Introspection<'a> {
    /// Of a token that is active, and that the caller may see.
    #[must_use]
    pub const fn active(claims: &'a AccessTokenClaims, token_type: TokenType) -> Self {
        Self { active: true, token_type: Some(token_type), claims: Some(claims) }
    }

    /// Of every other, exactly `{"active":false}`: why, is nobody's business (RFC 7662 §2.2).
    #[must_use]
    pub const fn inactive() -> Self {
        Self { active: false, token_type: None, claims: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims<'a>(aud: Audience<&'a str>, scope: Option<&'a str>) -> AccessTokenClaims<&'a str> {
        AccessTokenClaims {
            iss: "https://id.example/a/b",
            sub: "c1",
            aud,
            client_id: "c1",
            scope,
            iat: 1,
            exp: 2,
            jti: "j",
            cnf: None,
        }
    }

    #[test]
    fn claims_are_written_borrowed_and_read_owned() {
        let text = serde_json::to_string(&claims(Audience::One("urn:api"), Some("read"))).unwrap();
        assert_eq!(
            text,
            r#"{"iss":"https://id.example/a/b","sub":"c1","aud":"urn:api","client_id":"c1","scope":"read","iat":1,"exp":2,"jti":"j"}"#
        );
        let read: AccessTokenClaims = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        assert!(!serde_json::to_string(&claims(Audience::One("urn:api"), None)).unwrap().contains("scope"));
        let cnf = Some(Confirmation { x5t_s256: "abc".to_owned() });
        let bound = serde_json::to_value(AccessTokenClaims { cnf, ..read }).unwrap();
        assert_eq!(bound["cnf"], serde_json::json!({"x5t#S256": "abc"}));
    }

    #[test]
    fn claims_that_miss_one_or_confuse_a_type_are_refused() {
        let good = serde_json::to_value(claims(Audience::One("urn:api"), None)).unwrap();
        for name in ["iss", "sub", "aud", "client_id", "iat", "exp", "jti"] {
            let mut bad = good.clone();
            bad.as_object_mut().unwrap().remove(name);
            assert!(serde_json::from_value::<AccessTokenClaims>(bad).is_err(), "{name}");
            let mut bad = good.clone();
            bad[name] = serde_json::json!({"x": 1});
            assert!(serde_json::from_value::<AccessTokenClaims>(bad).is_err(), "{name}");
        }
        let mut bad = good.clone();
        bad["exp"] = serde_json::json!("2");
        assert!(serde_json::from_value::<AccessTokenClaims>(bad).is_err());
        assert!(serde_json::from_value::<AccessTokenClaims>(good).is_ok());
    }

    #[test]
    fn one_service_is_a_string_and_several_are_an_array() {
        for (services, text) in [(vec!["a"], r#""a""#), (vec!["a", "b", "c"], r#"["a","b","c"]"#), (vec![], "[]")] {
            let audience = Audience::from(services.clone());
            assert_eq!(serde_json::to_string(&audience).unwrap(), text);
            assert_eq!(serde_json::to_string(&Audience::Many(services.clone())).unwrap(), text);
            let read: Audience = serde_json::from_str(text).unwrap();
            assert_eq!(read.iter().collect::<Vec<_>>(), services);
        }
        assert_eq!(serde_json::from_str::<Audience>(r#"["a"]"#).unwrap(), Audience::One("a".to_owned()));
        assert!(serde_json::from_str::<Audience>("[1]").is_err() && serde_json::from_str::<Audience>("null").is_err());
        let audience: Audience<&str> = ["a", "b"].into_iter().collect();
        assert!(audience.contains("b") && !audience.contains("c") && !audience.contains(""));
    }

    #[test]
    fn introspection_of_an_inactive_token_says_nothing_else() {
        assert_eq!(serde_json::to_string(&Introspection::inactive()).unwrap(), r#"{"active":false}"#);
        let text = serde_json::to_string(&claims(Audience::One("urn:api"), None)).unwrap();
        let claims: AccessTokenClaims = serde_json::from_str(&text).unwrap();
        let active = serde_json::to_value(Introspection::active(&claims, TokenType::Bearer)).unwrap();
        assert_eq!(active["active"], true);
        assert_eq!(
            (&active["token_type"], &active["aud"], &active["exp"]),
            (&"Bearer".into(), &"urn:api".into(), &2.into())
        );
    }
}
