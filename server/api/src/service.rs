//! `…/services` and `…/scopes`: the APIs that tokens of a workspace are for.

use cardea_protocol::{id::ClientId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A scope as a member of its service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceScope {
    /// The scope token (RFC 6749 §3.3), unique in the workspace.
    pub name: String,
    /// For the consent page.
    #[serde(default)]
    pub display_name: String,
    /// For the consent page.
    #[serde(default)]
    pub description: String,
}

/// What can be set about a service; all of it, as `POST …/services` takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceSettings {
    /// What people call it.
    pub name: String,
    /// The `aud` of its tokens: an absolute URI without a fragment (RFC 8707 §2), unique in the workspace.
    pub audience: String,
    /// Its scopes; a `PATCH` replaces the whole list.
    #[serde(default)]
    pub scopes: Vec<ServiceScope>,
    /// The clients that may introspect tokens meant for this service.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub introspection_client_ids: Vec<ClientId>,
}

/// Body of `PATCH …/services/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ServicePatch {
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The `aud` of its tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The whole new list of scopes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<ServiceScope>>,
    /// The whole new list of clients that may introspect.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<String>>))]
    pub introspection_client_ids: Option<Vec<ClientId>>,
}

/// A service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceView {
    /// Names it in paths; generated.
    pub id: String,
    /// What is set.
    #[serde(flatten)]
    pub settings: ServiceSettings,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}

impl ServiceView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &["id", "created_at", "updated_at"];
}

/// A scope of the workspace, with the service it belongs to; also the body of `POST …/scopes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeView {
    /// The service.
    pub service_id: String,
    /// The scope token (RFC 6749 §3.3), unique in the workspace.
    pub name: String,
    /// For the consent page.
    #[serde(default)]
    pub display_name: String,
    /// For the consent page.
    #[serde(default)]
    pub description: String,
}

impl ScopeView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &["service_id", "name"];
}

/// Body of `PATCH …/scopes/{name}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeSettings {
    /// For the consent page.
    #[serde(default)]
    pub display_name: String,
    /// For the consent page.
    #[serde(default)]
    pub description: String,
}
