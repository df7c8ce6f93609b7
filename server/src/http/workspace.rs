//! From the path to the workspace: found, or 404 at once and without side effects.

use std::sync::Arc;

use actix_web::HttpRequest;

use super::failure::OAuthFailure;
use crate::app::App;
use crate::workspace::Workspace;

/// The workspace that the path of `request` names.
///
/// # Errors
/// 404 when there is none; 503 when the store is down.
pub async fn find(app: &App, request: &HttpRequest) -> Result<Arc<Workspace>, OAuthFailure> {
    let path = request.match_info();
    let (tenant, id) = (path.get("tid").unwrap_or_default(), path.get("aid").unwrap_or_default());
    app.workspace(tenant, id).await?.ok_or_else(OAuthFailure::no_workspace)
}
