//! `/tenants/{tid}/workspaces`: authorization servers and their policy.

use cardea_protocol::{
    id::{TenantId, WorkspaceId},
    status::Status,
    time::Timestamp,
    workspace_settings::WorkspaceSettings,
};
use serde::{Deserialize, Serialize};

/// What can be set about a workspace besides its policy ([`WorkspaceSettings`], on the same level in JSON).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkspaceDetails {
    /// What people call it; the id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people.
    #[serde(default)]
    pub description: String,
    /// An inactive workspace answers nothing, and what it issued is no longer valid here.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Status))]
    pub status: Status,
}

impl WorkspaceDetails {
    /// The members of this type, to tell them from the policy's.
    pub const MEMBERS: &[&str] = &["name", "description", "status"];
}

/// Body of `POST …/workspaces`; members left out have the default of the `profile`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewWorkspace {
    /// The slug in the issuer; generated when absent, never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub id: Option<WorkspaceId>,
    /// Name, description, status.
    #[serde(flatten)]
    pub details: WorkspaceDetails,
    /// The policy.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::WorkspaceSettings))]
    pub settings: WorkspaceSettings,
}

/// A workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkspaceView {
    /// The slug in the issuer.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: WorkspaceId,
    /// The tenant it belongs to.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub tenant_id: TenantId,
    /// What people call it.
    pub name: String,
    /// For people.
    pub description: String,
    /// Whether it is switched on.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Status))]
    pub status: Status,
    /// The issuer identifier (RFC 8414 §2): `{public_url}/{tid}/{aid}`.
    pub issuer: String,
    /// The policy.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::WorkspaceSettings))]
    pub settings: WorkspaceSettings,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}

impl WorkspaceView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &["id", "tenant_id", "issuer", "created_at", "updated_at"];
}
