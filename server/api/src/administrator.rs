//! `/tenants/{tid}/administrators`: who may do what in a tenant.

use cardea_protocol::{
    id::{ClientId, WorkspaceId},
    role::Role,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of `POST …/administrators`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewAdministrator {
    /// A client of the tenant's `admin` workspace, where no user is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub client_id: Option<ClientId>,
    /// A user of the pool of the tenant's `admin` workspace, where no client is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// What it may do.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Role))]
    pub role: Role,
    /// Where a workspace role holds; absent for the roles of a whole tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub workspace_id: Option<WorkspaceId>,
}

/// An administrator: one principal in one role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AdministratorView {
    /// Names it in paths; generated.
    pub id: String,
    /// The client that holds the role, when a client does.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub client_id: Option<ClientId>,
    /// The user that holds the role, when a user does.
    pub user_id: Option<String>,
    /// What it may do.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Role))]
    pub role: Role,
    /// Where a workspace role holds.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub workspace_id: Option<WorkspaceId>,
    /// When it was granted.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}
