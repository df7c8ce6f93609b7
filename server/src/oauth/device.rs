//! The device authorization endpoint (RFC 8628 §3.1, §3.2): a device without a browser asks for two codes. With one it will ask for
//! its tokens; the other somebody types where they can sign in.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::device::{DEFAULT_INTERVAL_SECS, DeviceAuthorizationResponse};
use cardea_protocol::{AuthMethod, ErrorCode, GrantType, Scope, UserCode};
use cardea_store::{DeviceCodeRecord, NewAuditEvent};
use serde_json::json;

use super::client_auth::{self, AuthenticatedClient};
use super::request::{Endpoint, Request};
use crate::app::App;
use crate::audit;
use crate::authorization::device::{self, LIFETIME};
use crate::authorization::target::{self, OnBehalf};
use crate::http::failure::OAuthFailure;
use crate::http::{form, headers, workspace};
use crate::random;
use crate::workspace::client::hash;

/// So often another user code is tried when it is another device's. One of 25,600,000,000 seldom is.
const ATTEMPTS: u32 = 5;

/// `POST /{tid}/{aid}/oauth2/device/authorize`.
///
/// # Errors
/// Those of client authentication; `unauthorized_client`, `invalid_scope`, `invalid_target`; 429 for a public client that has too many
/// codes already; 503 when the store is down.
pub async fn authorize(app: Data<App>, request: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let workspace = workspace::find(&app, &request).await?;
    let body = form::body(payload).await?;
    let params = form::params(&request, &body)?;
    let request = Request::new(&app, workspace, &request, params, Endpoint::DeviceAuthorization);
    let client = client_auth::authenticate(&request).await?;
    let issued = issue(&request, &client).await;
    if let Err(failure) = &issued {
        refused(&request, &client, failure);
    }
    issued
}

async fn issue(request: &Request<'_>, client: &AuthenticatedClient) -> Result<HttpResponse, OAuthFailure> {
    let (scope, resource) = asked(request, client)?;
    count(request, client)?;
    let (device_code, now) = (random::secret(), request.app.clock.now());
    let record = |user_code: &UserCode| DeviceCodeRecord {
        hash: hash(&device_code),
        user_code: user_code.as_str().to_owned(),
        client_id: client.client().id.clone(),
        scope: scope.clone(),
        resource: resource.clone(),
        approval: None,
        interval_secs: DEFAULT_INTERVAL_SECS.into(),
        created_at: now,
        expires_at: now.plus_secs(LIFETIME.into()),
    };
    let user_code = insert(request, record).await?;
    let event = audit::of_client(request, "device.authorized", &client.client().id);
    let detail = json!({"method": client.method().as_str(), "scope": scope.as_str()});
    request.app.audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
    let verification_uri = request.workspace.issuer.url(device::PATH);
    let complete = format!("{verification_uri}?{}={user_code}", device::USER_CODE);
    Ok(headers::private_json(&DeviceAuthorizationResponse {
        device_code: &device_code,
        user_code: &user_code.to_string(),
        verification_uri: &verification_uri,
        verification_uri_complete: Some(&complete),
        expires_in: LIFETIME,
        interval: DEFAULT_INTERVAL_SECS,
    }))
}

/// What the device asks for, and for which services, if it could be granted.
fn asked(request: &Request<'_>, client: &AuthenticatedClient) -> Result<(Scope, Vec<String>), OAuthFailure> {
    let (workspace, metadata) = (&request.workspace, &client.client().metadata);
    if !device::is_enabled(workspace) || !metadata.grant_types.contains(&GrantType::DeviceCode) {
        let description = "The client is not registered for the device grant, or it is not enabled here.";
        return Err(OAuthFailure::new(ErrorCode::UnauthorizedClient, description));
    }
    let mut resource: Vec<&str> = Vec::new();
    for named in request.params.all("resource") {
        if !resource.contains(&named) {
            resource.push(named);
        }
    }
    let asked = request.params.get("scope");
    let scope = target::scope(workspace, request.app, metadata, asked, &resource, OnBehalf::OfAPerson)?;
    Ok((scope, resource.into_iter().map(str::to_owned).collect()))
}

/// Anybody can say that they are a public client: from one source it gets so many codes, until they expire. Elsewhere it does not
/// notice, so nobody can spend what all its devices have.
fn count(request: &Request<'_>, client: &AuthenticatedClient) -> Result<(), OAuthFailure> {
    if client.method() != AuthMethod::None {
        return Ok(());
    }
    let codes = &request.app.device_codes;
    let verdict = codes.failed(codes.attempt(&request.workspace.key, client.client().id.as_str(), request.peer.ip));
    verdict.retry_after.map_or(Ok(()), |seconds| Err(OAuthFailure::too_many_codes(seconds)))
}

/// Writes down what `record` makes of a user code that no other device has; answers that code.
async fn insert(
    request: &Request<'_>,
    record: impl Fn(&UserCode) -> DeviceCodeRecord,
) -> Result<UserCode, OAuthFailure> {
    let (app, workspace) = (request.app, &request.workspace);
    for _ in 0..ATTEMPTS {
        let Some(user_code) = UserCode::from_random(&random::bytes()) else { continue };
        let tx = app.store.begin(app.clock.now()).await?;
        let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
        if scoped.insert_device_code(&record(&user_code)).await?.is_inserted() {
            app.commit(tx).await?;
            return Ok(user_code);
        }
    }
    Err(OAuthFailure::new(ErrorCode::ServerError, "No code could be made."))
}

fn refused(request: &Request<'_>, client: &AuthenticatedClient, failure: &OAuthFailure) {
    let client_id = &client.client().id;
    if !request.app.throttle.failed(request.repeated_refusal(client_id.as_str())).record {
        return;
    }
    let detail = json!({"endpoint": request.endpoint.as_str(), "message": failure.to_string()});
    let event = audit::of_client(request, "device.authorized", client_id);
    let reason = Some(failure.reason().into());
    request.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
}
