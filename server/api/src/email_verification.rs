//! `…/users/{user_id}/email-verification`: a one-time link by which somebody shows that an e-mail address is theirs.

use cardea_protocol::{id::WorkspaceId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Body of `POST …/email-verification`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewEmailVerification {
    /// The workspace where the page is shown: one that uses the user's pool; `admin` when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub workspace_id: Option<WorkspaceId>,
}

/// A link that was sent, or else is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmailVerificationView {
    /// Whether it is on its way to the address; it is where the server can send mail.
    pub sent: bool,
    /// Where to confirm the address, when it was not sent; whoever has it can. Another link for the same user ends it, and so does
    /// another address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// From when on it is no longer good.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}
