//! `…/users/{user_id}/password-reset`: a one-time link by which somebody chooses a new password.

use cardea_protocol::{id::WorkspaceId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Body of `POST …/password-reset`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPasswordReset {
    /// The workspace where the page is shown: one that uses the user's pool; `admin` when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub workspace_id: Option<WorkspaceId>,
}

/// A link, shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordResetView {
    /// Where to choose the password; whoever has it can. Another link for the same user ends it.
    pub url: String,
    /// From when on it is no longer good.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}
