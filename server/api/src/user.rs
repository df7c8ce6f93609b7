//! `…/pools/{id}/users`: the people who can sign in.

use cardea_protocol::{claims::standard::Address, status::Status, time::Timestamp};
use serde::{Deserialize, Serialize};

mod body;

pub use body::{NewUser, UserPatch};

/// What can be set about a user, besides the password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserSettings {
    /// What they sign in with. Unique in the pool in any case and spelling, also among e-mail addresses.
    pub username: String,
    /// Their e-mail address, with which they sign in as well; nobody else's name or address.
    #[serde(default)]
    pub email: Option<String>,
    /// Whether they have shown that the address is theirs; another address is not, until that is said.
    #[serde(default)]
    pub email_verified: bool,
    /// Their whole name, as it is shown.
    #[serde(default)]
    pub name: Option<String>,
    /// Their given names.
    #[serde(default)]
    pub given_name: Option<String>,
    /// Their family names.
    #[serde(default)]
    pub family_name: Option<String>,
    /// Their language (RFC 5646).
    #[serde(default)]
    pub locale: Option<String>,
    /// What else is known of them.
    #[serde(default)]
    pub claims: OtherClaims,
    /// Who is inactive is signed out everywhere, and cannot sign in.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Status))]
    pub status: Status,
}

/// The standard claims (OIDC Core §5.1) that are no members of the user themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct OtherClaims {
    /// Middle names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// What friends say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
    /// A page about them: an `http` or `https` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// A picture of them: an `http` or `https` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// Their own page: an `http` or `https` URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// In their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    /// `YYYY-MM-DD`, with `0000` for a year that is not told, or `YYYY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthdate: Option<String>,
    /// A time zone of the IANA database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoneinfo: Option<String>,
    /// A postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Address>))]
    pub address: Option<Address>,
    /// A telephone number (E.164).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// Whether they have shown that the number is theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number_verified: Option<bool>,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    /// Names them in paths, and in tokens where subjects are public; generated.
    pub id: String,
    /// What is set.
    #[serde(flatten)]
    pub settings: UserSettings,
    /// Since when they have their password; `null` when they have none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub password_set_at: Option<Timestamp>,
    /// When they were added.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When they were last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
    /// When they last signed in.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_signed_in_at: Option<Timestamp>,
}

impl UserView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &["id", "password_set_at", "created_at", "updated_at", "last_signed_in_at"];
}
