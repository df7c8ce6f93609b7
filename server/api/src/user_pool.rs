//! `/tenants/{tid}/pools`: who can sign in together, and what holds for all of them.

use cardea_protocol::{id::UserPoolId, password::PasswordPolicy, time::Timestamp};
use serde::{Deserialize, Serialize};

fn password_min_length() -> u8 {
    PasswordPolicy::default().min_length
}

/// What can be set about a user pool; also the body of `PATCH …/pools/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserPoolSettings {
    /// What people call it; the id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many characters a password has at least; those there are stay as they are.
    #[serde(default = "password_min_length")]
    #[cfg_attr(feature = "openapi", schema(minimum = 8, maximum = 64))]
    pub password_min_length: u8,
}

impl Default for UserPoolSettings {
    fn default() -> Self {
        Self { name: None, password_min_length: password_min_length() }
    }
}

/// Body of `POST …/pools`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewUserPool {
    /// What workspaces name it by; generated when absent, never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub id: Option<UserPoolId>,
    /// Everything else.
    #[serde(flatten)]
    pub settings: UserPoolSettings,
}

/// A user pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserPoolView {
    /// What workspaces name it by.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How many characters a password has at least.
    pub password_min_length: u8,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}

impl UserPoolView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &["id", "created_at", "updated_at"];
}
