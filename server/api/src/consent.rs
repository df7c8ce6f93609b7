//! `…/consents`: what people have agreed that clients may have.

use cardea_protocol::id::{ClientId, WorkspaceId};
use cardea_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a user has agreed that a client may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentView {
    /// The workspace of the client.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub workspace_id: WorkspaceId,
    /// The client.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub client_id: ClientId,
    /// What people call the client.
    pub client_name: Option<String>,
    /// The pool of the user.
    pub user_pool_id: String,
    /// The user.
    pub user_id: String,
    /// The name that the user signs in with; absent for who may not see users.
    pub username: Option<String>,
    /// What the client may have.
    pub scopes: Vec<String>,
    /// When the user first agreed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub granted_at: Timestamp,
    /// When the user last agreed, to the same or to more.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}
