//! Token revocation (RFC 7009): a client takes back a token of its own.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::{ErrorCode, Timestamp};
use cardea_store::{NewAuditEvent, Outcome};
use serde_json::json;

use super::client_auth::{self, AuthenticatedClient};
use super::request::{Endpoint, Request};
use crate::app::App;
use crate::audit;
use crate::http::failure::OAuthFailure;
use crate::http::{form, headers, workspace};
use crate::tokens::refresh_token::RefreshToken;
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
    if let Some(refresh_token) = RefreshToken::read(token, &app.vault, &request.workspace) {
        end_family(&request, &client, &refresh_token).await?;
        return Ok(headers::private(StatusCode::OK).finish());
    }
    // RFC 7009 §2.2: an invalid token is as good as revoked.
    if let Some(active) = verify::active(&app, &request.workspace, token).await? {
        if active.client.id != client.client().id {
            return Err(another_clients());
        }
        take_back(&request, token, &active).await?;
    }
    Ok(headers::private(StatusCode::OK).finish())
}

fn another_clients() -> OAuthFailure {
    OAuthFailure::new(ErrorCode::UnauthorizedClient, "The token was issued to another client.")
}

/// RFC 7009 §2.1: with a refresh token go the access tokens of the same grant.
async fn end_family(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    refresh_token: &RefreshToken,
) -> Result<(), OAuthFailure> {
    let (app, workspace, now) = (request.app, &request.workspace, request.app.clock.now());
    let family = workspace.scoped(&app.store).find_family(&refresh_token.family_id).await?;
    let Some(family) = family else { return Ok(()) };
    if family.client_id != client.client().id {
        return Err(another_clients());
    }
    let tx = app.store.begin(now).await?;
    let _ = tx.scoped(&workspace.tenant_id, &workspace.id).revoke_family(&family.id, now).await?;
    let event = audit::of_client(request, "token.revoked", &client.client().id);
    let detail = Some(json!({"family": family.id}).into());
    tx.record(NewAuditEvent { outcome: Outcome::Success, detail, ..event }).await?;
    tx.commit().await?;
    Ok(())
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
