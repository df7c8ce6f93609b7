//! Token introspection (RFC 7662): an authenticated client asks about a token that is meant for it, and hears
//! `{"active":false}` about every other.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::{AuthMethod, ErrorCode, Introspection, TokenType};

use super::client_auth::{self, AuthenticatedClient};
use super::request::{Endpoint, Request};
use crate::app::App;
use crate::http::failure::OAuthFailure;
use crate::http::{form, headers, workspace};
use crate::tokens::verify::{self, ActiveToken};
use crate::workspace::Workspace;

/// `POST /{tid}/{aid}/oauth2/introspect`.
///
/// # Errors
/// Those of client authentication; `invalid_request` without a token; 503 when the store is down.
pub async fn introspect(app: Data<App>, request: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let workspace = workspace::find(&app, &request).await?;
    let body = form::body(payload).await?;
    let params = form::params(&request, &body)?;
    let request = Request::new(&app, workspace, &request, params, Endpoint::Introspection);
    let client = client_auth::authenticate(&request).await?;
    // RFC 7662 §2.1: authorization is required, and a name alone is none.
    if client.method() == AuthMethod::None {
        return Err(client_auth::public_client_refused(&request, &client));
    }
    let token = request
        .params
        .get("token")
        .ok_or_else(|| OAuthFailure::new(ErrorCode::InvalidRequest, "The token parameter is missing."))?;
    let active = verify::active(&app, &request.workspace, token).await?;
    let answer = match active.filter(|active| is_meant_for(&request.workspace, &client, active)) {
        Some(active) => headers::private_json(&Introspection::active(&active.claims, TokenType::Bearer)),
        None => headers::private_json(&Introspection::inactive()),
    };
    Ok(answer)
}

/// RFC 7662 §4: its own token, one with it as the audience, or one for a service that it acts for.
fn is_meant_for(workspace: &Workspace, client: &AuthenticatedClient, token: &ActiveToken) -> bool {
    let caller = client.client().id.as_str();
    let acts_for = |audience: &str| {
        let service = workspace.services.by_audience(audience);
        service.is_some_and(|service| service.introspection_client_ids.iter().any(|id| id == caller))
    };
    token.claims.client_id == caller || token.claims.aud.iter().any(|audience| audience == caller || acts_for(audience))
}
