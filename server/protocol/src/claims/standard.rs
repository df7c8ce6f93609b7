//! What can be said about a person: OIDC Core §5.1; which scope asks for what: §5.4; and what a client gets of it: §5.3, §5.5.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::request::RequestedClaims;
use crate::{scope::Scope, words::words};

words! {
    /// A standard claim about a person; `sub` is not one of these, it is always said.
    pub enum StandardClaim {
        /// The whole name, as it is shown.
        Name = "name",
        /// Family names.
        FamilyName = "family_name",
        /// Given names.
        GivenName = "given_name",
        /// Middle names.
        MiddleName = "middle_name",
        /// What friends say.
        Nickname = "nickname",
        /// A name to show; not unique and not to be relied on (OIDC Core §5.7).
        PreferredUsername = "preferred_username",
        /// A page about the person.
        Profile = "profile",
        /// A picture.
        Picture = "picture",
        /// The person's own page.
        Website = "website",
        /// In the person's words.
        Gender = "gender",
        /// `YYYY-MM-DD`, with `0000` for a year that is not told.
        Birthdate = "birthdate",
        /// A time zone of the IANA database.
        Zoneinfo = "zoneinfo",
        /// A language (RFC 5646).
        Locale = "locale",
        /// When this was last changed.
        UpdatedAt = "updated_at",
        /// An e-mail address.
        Email = "email",
        /// Whether the person has shown that it is theirs.
        EmailVerified = "email_verified",
        /// A postal address.
        Address = "address",
        /// A telephone number (E.164).
        PhoneNumber = "phone_number",
        /// Whether the person has shown that it is theirs.
        PhoneNumberVerified = "phone_number_verified",
    }
}

impl StandardClaim {
    /// The scope that asks for it (OIDC Core §5.4).
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Email | Self::EmailVerified => "email",
            Self::Address => "address",
            Self::PhoneNumber | Self::PhoneNumberVerified => "phone",
            Self::Name
            | Self::FamilyName
            | Self::GivenName
            | Self::MiddleName
            | Self::Nickname
            | Self::PreferredUsername
            | Self::Profile
            | Self::Picture
            | Self::Website
            | Self::Gender
            | Self::Birthdate
            | Self::Zoneinfo
            | Self::Locale
            | Self::UpdatedAt => "profile",
        }
    }
}

/// What is known about a person. Nothing of it is null on the wire: what is not known is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "StandardClaim tells what each is")]
pub struct UserClaims {
    pub name: Option<String>,
    pub family_name: Option<String>,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub nickname: Option<String>,
    pub preferred_username: Option<String>,
    pub profile: Option<String>,
    pub picture: Option<String>,
    pub website: Option<String>,
    pub gender: Option<String>,
    pub birthdate: Option<String>,
    pub zoneinfo: Option<String>,
    pub locale: Option<String>,
    /// In seconds.
    pub updated_at: Option<i64>,
    pub email: Option<String>,
    pub email_verified: Option<bool>,
    pub address: Option<Address>,
    pub phone_number: Option<String>,
    pub phone_number_verified: Option<bool>,
}

/// A postal address (OIDC Core §5.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// All of it, with line breaks, as on an envelope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formatted: Option<String>,
    /// Street, number, box; with line breaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    /// The town.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// The state or province.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// The country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// What a client gets to know: standard claims alone, so that no member of a token can be overwritten by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ReleasedClaims(Map<String, Value>);

impl ReleasedClaims {
    /// Whether nothing is told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The answer of the userinfo endpoint (OIDC Core §5.3.2).
#[derive(Clone, Debug, Serialize)]
pub struct UserinfoClaims<'a> {
    /// The person, as this client sees them: the `sub` of the ID token.
    pub sub: &'a str,
    /// The issuer; when the answer is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<&'a str>,
    /// The client; when the answer is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<&'a str>,
    /// The rest.
    #[serde(flatten)]
    pub person: ReleasedClaims,
}

impl UserClaims {
    /// What is told for these scopes, and for single claims that were asked for. A single claim must belong to a scope that is
    /// `permitted`, which the client is registered for and the person has agreed to: else the `claims` parameter would be a way around
    /// both.
    #[must_use]
    pub fn released_for(&self, granted: &Scope, requested: &RequestedClaims, permitted: &Scope) -> ReleasedClaims {
        self.released(|claim| {
            granted.contains(claim.scope()) || (requested.contains(claim.as_str()) && permitted.contains(claim.scope()))
        })
    }

    /// Those that are wanted and known.
    #[must_use]
    pub fn released(&self, wanted: impl Fn(StandardClaim) -> bool) -> ReleasedClaims {
        let claims = StandardClaim::ALL.iter().copied().filter(|claim| wanted(*claim));
        ReleasedClaims(claims.filter_map(|claim| Some((claim.to_string(), self.value(claim)?))).collect())
    }

    fn value(&self, claim: StandardClaim) -> Option<Value> {
        let text = match claim {
            StandardClaim::Name => &self.name,
            StandardClaim::FamilyName => &self.family_name,
            StandardClaim::GivenName => &self.given_name,
            StandardClaim::MiddleName => &self.middle_name,
            StandardClaim::Nickname => &self.nickname,
            StandardClaim::PreferredUsername => &self.preferred_username,
            StandardClaim::Profile => &self.profile,
            StandardClaim::Picture => &self.picture,
            StandardClaim::Website => &self.website,
            StandardClaim::Gender => &self.gender,
            StandardClaim::Birthdate => &self.birthdate,
            StandardClaim::Zoneinfo => &self.zoneinfo,
            StandardClaim::Locale => &self.locale,
            StandardClaim::Email => &self.email,
            StandardClaim::PhoneNumber => &self.phone_number,
            StandardClaim::UpdatedAt => return self.updated_at.map(Value::from),
            StandardClaim::EmailVerified => return self.email_verified.map(Value::from),
            StandardClaim::PhoneNumberVerified => return self.phone_number_verified.map(Value::from),
            StandardClaim::Address => return serde_json::to_value(self.address.as_ref()?).ok(),
        };
        text.clone().map(Value::from)
    }
}

/// The scopes whose claims are asked for one by one: what a person must agree to besides the scope that was asked for.
pub fn scopes_of(requested: &RequestedClaims) -> impl Iterator<Item = &'static str> {
    let asked = |claim: &&StandardClaim| requested.contains(claim.as_str());
    let scopes: std::collections::BTreeSet<_> =
        StandardClaim::ALL.iter().filter(asked).map(|claim| claim.scope()).collect();
    scopes.into_iter()
}

#[cfg(test)]
mod tests;
