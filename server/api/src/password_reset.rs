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
    /// Whether the link is sent to the user's verified e-mail address, and not shown here.
    #[serde(default)]
    pub send: bool,
}

/// A link that is shown once, or was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordResetView {
    /// Whether it is on its way to the user's e-mail address.
    pub sent: bool,
    /// Where to choose the password, when it was not sent; whoever has it can. Another link for the same user ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// From when on it is no longer good.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}
