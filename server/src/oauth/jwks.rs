//! The workspace's public keys (RFC 7517 §5): next, current and retired.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::app::App;
use crate::http::failure::OAuthFailure;
use crate::http::{headers, workspace};

/// Keys are published ahead of their use; after two rotations in a row, or a revocation, this is how long a cache is behind.
const MAX_AGE: u32 = 60;

/// `GET /{tid}/{aid}/.well-known/jwks.json`.
///
/// # Errors
/// 404 for an unknown workspace, 503 when the store is down.
pub async fn jwks(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let workspace = workspace::find(&app, &request).await?;
    Ok(headers::public(MAX_AGE).body(workspace.keys.jwks().clone()))
}
