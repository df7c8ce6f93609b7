//! What is sent about a user. Without `Debug`: there are passwords in it.

use cardea_protocol::status::Status;
use serde::Serialize;

use super::{OtherClaims, UserSettings};

/// Body of `POST …/users`. Without a password nobody can sign in as this user yet.
#[derive(Clone, Default, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUser {
    /// Everything that is shown again.
    #[serde(flatten)]
    pub settings: UserSettings,
    /// Their password, by the policy of the pool; never shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password: Option<String>,
    /// In place of a password: its hash from elsewhere, argon2id as a PHC string (at most 64 MiB, 10 passes, 16 lanes) or bcrypt
    /// (`$2a$`, `$2b$` or `$2y$`, cost 4 to 14); never shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password_hash: Option<String>,
}

/// Body of `PATCH …/users/{user_id}`: `None` leaves, `Some(None)` takes away.
#[derive(Clone, Default, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserPatch {
    /// What they sign in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Their e-mail address; another one is not verified, unless `email_verified` comes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub email: Option<Option<String>>,
    /// Whether they have shown that the address is theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// Their whole name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub name: Option<Option<String>>,
    /// Their given names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub given_name: Option<Option<String>>,
    /// Their family names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub family_name: Option<Option<String>>,
    /// Their language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub locale: Option<Option<String>>,
    /// Those that are named are changed, or with `null` taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<OtherClaims>,
    /// To be made inactive signs them out everywhere, and revokes their tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Status>))]
    pub status: Option<Status>,
    /// Another password, or (`null`) none; signs them out everywhere, and revokes their tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, write_only))]
    pub password: Option<Option<String>>,
    /// In place of a password: its hash, as in a `POST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(write_only))]
    pub password_hash: Option<String>,
}
