//! Token revocation (RFC 7009): a client takes back a token of its own.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::{ErrorCode, Timestamp};
use cardea_store::{NewAuditEvent, Outcome};
use serde_json::json;

use super::client_auth;
use super::request::{Endpoint, Request};
use crate::app::App;
use crate::audit;
use crate::http::failure::OAuthFailure;
use crate::http::{form, headers, workspace};
use crate::tokens::verify::{self, ActiveToken};
use crate::workspace::client::hash;

/// `POST /{tid}/{aid}/oauth2/revoke`.
///
/// # Errors
/// Those of client authentication; `invalid_request` without a token; `unauthorized_client` for somebody else's; 503 when
/// the store is down (RFC 7009 §2.2.1), never 200.
pub async fn revoke(app: Data<App>, request: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let workspace = workspace::find(&app, &request).await?;
    let body = form::body(payload).await?;
    let params = form::params(&request, &body)?;
    let request = Request::new(&app, workspace, &request, params, Endpoint::Revocation);
    let client = client_auth::authenticate(&request).await?;
    let token = request
        .params
        .get("token")
        .ok_or_else(|| OAuthFailure::new(ErrorCode::InvalidRequest, "The token parameter is missing."))?;
    // RFC 7009 §2.2: an invalid token is as good as revoked.
    if let Some(active) = verify::active(&app, &request.workspace, token).await? {
        if active.client.id != client.client().id {
            let description = "The token was issued to another client.";
            return Err(OAuthFailure::new(ErrorCode::UnauthorizedClient, description));
        }
        take_back(&request, token, &active).await?;
    }
    Ok(headers::private(StatusCode::OK).finish())
}

async fn take_back(request: &Request<'_>, token: &str, active: &ActiveToken) -> Result<(), OAuthFailure> {
    let (app, workspace) = (request.app, &request.workspace);
    let tx = app.store.begin(app.clock.now()).await?;
    let rows = tx.scoped(&workspace.tenant_id, &workspace.id);
    if active.is_jwt {
        // Revoked twice is revoked.
        let _ = rows.revoke_jwt(&active.claims.jti, Timestamp::from_secs(active.claims.exp)).await?;
    } else {
        rows.delete_opaque_token(&hash(token)).await?;
    }
    let event = audit::of_client(request, "token.revoked", &active.client.id);
    let detail = Some(json!({"token": active.claims.jti}).into());
    tx.record(NewAuditEvent { outcome: Outcome::Success, detail, ..event }).await?;
    tx.commit().await?;
    Ok(())
}
