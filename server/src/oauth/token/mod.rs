//! The token endpoint (RFC 6749 §3.2): *find the workspace, authenticate the client, exchange the grant, issue, answer.*

mod authorization_code;
mod binding;
mod client_credentials;
mod device_code;
mod family;
mod grant_request;
mod record;
mod refresh_token;

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::{ErrorCode, TokenResponse, TokenType};

use self::grant_request::GrantRequest;
use super::client_auth::{self, AuthenticatedClient};
use super::request::{Endpoint, Request};
use crate::app::App;
use crate::http::failure::OAuthFailure;
use crate::http::{form, headers, workspace};
use crate::tokens::issue::{self, Granted};

/// `POST /{tid}/{aid}/oauth2/token`.
///
/// # Errors
/// Every row of RFC 6749 §5.2, and 404 for an unknown workspace.
pub async fn token(app: Data<App>, request: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let workspace = workspace::find(&app, &request).await?;
    let body = form::body(payload).await?;
    let params = form::params(&request, &body)?;
    let request = Request::new(&app, workspace, &request, params, Endpoint::Token);
    let client = client_auth::authenticate(&request).await?;
    match exchange_and_issue(&request, &client).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            record::refused(&request, &client, &failure);
            Err(failure)
        }
    }
}

async fn exchange_and_issue(request: &Request<'_>, client: &AuthenticatedClient) -> Result<HttpResponse, OAuthFailure> {
    let granted = exchange(request, client).await?;
    let issued = issue::tokens(request.app, &request.workspace, &granted).await?;
    record::issued(request, client, &issued);
    let response = TokenResponse {
        access_token: &issued.access_token,
        token_type: TokenType::Bearer,
        expires_in: issued.expires_in,
        scope: &issued.scope,
        refresh_token: issued.refresh_token.as_deref(),
        id_token: issued.id_token.as_deref(),
    };
    Ok(headers::private_json(&response))
}

async fn exchange(request: &Request<'_>, client: &AuthenticatedClient) -> Result<Granted, OAuthFailure> {
    let grant = GrantRequest::parse(&request.params, &request.workspace.settings)?;
    if !client.client().metadata.grant_types.contains(&grant.grant_type()) {
        return Err(OAuthFailure::new(
            ErrorCode::UnauthorizedClient,
            "The client is not registered for this grant type.",
        ));
    }
    let binding = binding::of(request, client)?;
    match grant {
        GrantRequest::AuthorizationCode(grant) => authorization_code::exchange(request, client, &grant, binding).await,
        GrantRequest::RefreshToken(grant) => refresh_token::exchange(request, client, &grant, binding).await,
        GrantRequest::ClientCredentials(grant) => client_credentials::exchange(request, client, &grant, binding),
        GrantRequest::DeviceCode(grant) => device_code::exchange(request, client, &grant, binding).await,
    }
}
