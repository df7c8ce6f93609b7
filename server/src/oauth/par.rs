//! The pushed authorization request endpoint (RFC 9126): the client authenticates and hands its request in, and gets a name for it that
//! its user's browser may show.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::authorization_request::{
    Conveyance, Conveyed, PARAMETERS, PushedAuthorizationResponse, RequestUri, ReturnTo,
};
use cardea_protocol::params::Params;
use cardea_protocol::{Error, ErrorCode};
use cardea_store::{NewAuditEvent, PushedRequestRecord};

use super::client_auth::{self, AuthenticatedClient};
use super::request::{Endpoint, Request};
use crate::app::App;
use crate::audit;
use crate::authorization::asked;
use crate::authorization::conveyance::{self, Pushed, Unresolved};
use crate::http::failure::OAuthFailure;
use crate::http::{form, headers, workspace};
use crate::random;
use crate::workspace::client::hash;

/// `POST /{tid}/{aid}/oauth2/par`.
///
/// # Errors
/// Those of client authentication, and those of the authorization endpoint, each told to the client (§2.3).
pub async fn push(app: Data<App>, request: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let workspace = workspace::find(&app, &request).await?;
    let body = form::body(payload).await?;
    let params = form::params(&request, &body)?;
    let request = Request::new(&app, workspace, &request, params, Endpoint::PushedAuthorization);
    let client = client_auth::authenticate(&request).await?;
    let pushed = checked(&request, &client).await?;
    let (reference, now) = (random::secret(), app.clock.now());
    let expires_in = request.workspace.settings.pushed_authorization_request_ttl;
    let record = PushedRequestRecord {
        hash: hash(&reference),
        client_id: client.client().id.clone(),
        parameters: serde_json::to_value(&pushed).unwrap_or_default(),
        expires_at: now.plus_secs(expires_in.into()),
    };
    // A reference of 256 random bits is nobody else's.
    let _ = request.workspace.scoped(&app.store).insert_pushed_request(&record).await?;
    let event = audit::of_client(&request, "authorization.pushed", &client.client().id);
    app.audit.record_success(NewAuditEvent { detail: None, ..event });
    let request_uri = RequestUri::of_reference(&reference);
    let request_uri = request_uri.ok_or_else(|| OAuthFailure::new(ErrorCode::ServerError, "No reference."))?;
    let answer = PushedAuthorizationResponse { request_uri, expires_in };
    let json = serde_json::to_string(&answer).unwrap_or_default();
    Ok(headers::private(StatusCode::CREATED).body(json))
}

/// The request, if it could be granted (§2.1): then an attacker can neither change nor invent one in the browser.
async fn checked(request: &Request<'_>, client: &AuthenticatedClient) -> Result<Pushed, OAuthFailure> {
    let (app, workspace, client) = (request.app, &request.workspace, client.client());
    let (form, signed) = match Conveyance::of_pushed(&request.params)? {
        Conveyance::RequestObject(object) => match conveyance::signed(app, workspace, client, object).await {
            Ok(form) => (form, true),
            Err(Unresolved::Refused(error)) => return Err(error.into()),
            Err(Unresolved::Failed(failure)) => return Err(Arc::clone(&failure).into()),
        },
        Conveyance::Plain | Conveyance::Pushed(_) => (with_client_id(&request.params, client.id.as_str()), false),
    };
    let unreadable = |_| Error::new(ErrorCode::InvalidRequest, "The request cannot be read.");
    let params = Params::from_form(form.as_bytes()).map_err(unreadable)?;
    let return_to = ReturnTo::read(&params, &client.metadata).map_err(Error::from)?;
    let conveyed = Conveyed { pushed: true, signed };
    asked::understood(app, workspace, client, &return_to, &params, conveyed)?;
    Ok(Pushed { form, signed })
}

/// Who authenticates by `Authorization` need not name itself in the body.
fn with_client_id(params: &Params<'_>, client_id: &str) -> String {
    let form = params.to_form(PARAMETERS);
    if params.get("client_id").is_some() {
        return form;
    }
    let mut named = url::form_urlencoded::Serializer::new(String::new());
    let named = named.append_pair("client_id", client_id).finish();
    if form.is_empty() { named } else { format!("{named}&{form}") }
}
