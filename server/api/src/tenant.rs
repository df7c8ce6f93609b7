//! `/tenants`: the customers of an installation.

use cardea_protocol::{id::TenantId, status::Status, time::Timestamp};
use serde::{Deserialize, Serialize};

/// What can be set about a tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantSettings {
    /// What people call it; the id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An inactive tenant issues nothing and lets nobody in. Only platform administrators change it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Status))]
    pub status: Status,
}

/// Body of `POST /tenants`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTenant {
    /// The slug in every issuer of the tenant; generated when absent, never changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub id: Option<TenantId>,
    /// Everything else.
    #[serde(flatten)]
    pub settings: TenantSettings,
}

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantView {
    /// The slug in every issuer of the tenant.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: TenantId,
    /// What people call it.
    pub name: String,
    /// Whether it is switched on.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::Status))]
    pub status: Status,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}

impl TenantView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &["id", "created_at", "updated_at"];
}
