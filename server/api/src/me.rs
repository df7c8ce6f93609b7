//! `/me`: who the bearer of a token is, and what they may do where.

use cardea_protocol::{
    id::{TenantId, WorkspaceId},
    role::Role,
};
use serde::{Deserialize, Serialize};

use crate::permission::Permission;

/// The bearer of the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The `sub` of the token.
    pub subject: String,
    /// The client the token was issued to.
    pub client_id: String,
    /// The tenant whose `admin` workspace issued it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub tenant_id: TenantId,
    /// What they sign in with; `null` for a client that acts for itself.
    #[serde(default)]
    pub username: Option<String>,
    /// Their name: of a person as it is shown, of a client that acts for itself its own.
    #[serde(default)]
    pub name: Option<String>,
    /// Their e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// What they may do, and where.
    pub roles: Vec<HeldRole>,
}

/// One role, where it holds, and what it permits there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldRole {
    /// The role.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Role))]
    pub role: Role,
    /// The tenant where it holds; `null` for every tenant.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub tenant_id: Option<TenantId>,
    /// The workspace where it holds; `null` for every workspace of the tenant.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub workspace_id: Option<WorkspaceId>,
    /// What it permits.
    pub permissions: Vec<Permission>,
}
