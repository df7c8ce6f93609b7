//! What stands in the braces of this API's paths.

use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::problem::Refusal;

/// `/tenants/{tid}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct TenantPath {
    /// The tenant.
    pub tid: String,
}

/// `/tenants/{tid}/workspaces/{aid}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "only describes the path; the extractor `Can` reads it")]
pub struct WorkspacePath {
    /// The tenant.
    tid: String,
    /// The workspace.
    aid: String,
}

/// `…/clients/{client_id}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ClientPath {
    /// The client, percent-encoded.
    pub client_id: String,
}

/// What else is named by an id: `{id}`.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct IdPath {
    /// The id.
    pub id: String,
}

/// `…/pools/{id}/users/{user_id}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct UserPath {
    /// The user pool.
    pub id: String,
    /// The user.
    pub user_id: String,
}

/// `…/users/{user_id}/sessions/{sid}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SessionPath {
    /// The user pool.
    pub id: String,
    /// The user.
    pub user_id: String,
    /// The session.
    pub sid: String,
}

/// `…/users/{user_id}/consents/{aid}/{client_id}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct UserConsentPath {
    /// The user pool.
    pub id: String,
    /// The user.
    pub user_id: String,
    /// The workspace of the client.
    pub aid: String,
    /// The client, percent-encoded.
    pub client_id: String,
}

/// `…/workspaces/{aid}/consents/{user_id}/{client_id}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ConsentPath {
    /// The user.
    pub user_id: String,
    /// The client, percent-encoded.
    pub client_id: String,
}

/// `…/keys/{kid}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct KeyPath {
    /// The key.
    pub kid: String,
}

/// `…/scopes/{name}`
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ScopePath {
    /// The scope, percent-encoded.
    pub name: String,
}

/// The header of a conditional change.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only describes the header; the extractor `IfMatch` reads it")]
pub struct IfMatchHeader {
    /// The `ETag` of the version that the change was made for; 412 when there is a newer one.
    #[param(rename = "If-Match")]
    if_match: Option<String>,
}

/// A name from a path, as it can be looked up; 404 for what cannot be the name of anything.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(super) fn name(text: &str) -> Result<&str, Refusal> {
    let is_name = (1..=255).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'!'..=b'~'));
    if is_name { Ok(text) } else { Err(Refusal::NotFound) }
}
