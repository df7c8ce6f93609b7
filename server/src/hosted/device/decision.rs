//! What somebody decides about a device: by a form that was shown to them, in their browser, for this device.

use std::sync::Arc;

use actix_web::HttpResponse;
use cardea_protocol::params::Params;
use cardea_store::{DeviceApproval, NewAuditEvent};
use serde_json::json;

use super::DONE;
use crate::authorization::asked::Refused;
use crate::authorization::device::{Device, USER_CODE};
use crate::authorization::errand::Errand;
use crate::authorization::session::{self, ACR_PASSWORD, SignedIn};
use crate::authorization::visit::Visit;
use crate::authorization::{consent, show};
use crate::failure::Failure;
use crate::hosted::pages::DeviceCodeError;
use crate::random;

/// What became of a device that was let in.
pub(super) const CONNECTED: &str = "connected";
const DENIED: &str = "denied";

/// Takes the decision that `params` hold about the device that the page has carried along.
pub(super) async fn take(visit: &Visit<'_>, carried: &str, params: &Params<'_>) -> Result<HttpResponse, Refused> {
    let request = Params::from_form(carried.as_bytes()).map_err(|why| Refused::page(why.description()))?;
    let typed = request.get(USER_CODE).unwrap_or_default();
    let device = Device::resume(visit, typed, params.get("csrf")).await?;
    if !visit.is_from_here() {
        return Err(device.asked_anew(DeviceCodeError::FormExpired));
    }
    let begun = device.begun;
    // Nobody there any more: the sign-in is next.
    let Some(person) = session::current(visit.app, &visit.workspace, &visit.browser).await? else {
        return Ok(device.onwards(visit, begun));
    };
    match params.get("action") {
        Some("confirm") => approve(visit, &device, &person).await,
        Some("deny") => deny(visit, &device, &person).await,
        Some("switch") => Ok(show::sign_in(visit, &Errand::Device(Box::new(device)), begun, None, None)),
        _ => Ok(device.onwards(visit, begun)),
    }
}

/// The person agrees to what the page has named, and to nothing else.
async fn approve(visit: &Visit<'_>, device: &Device, person: &SignedIn) -> Result<HttpResponse, Refused> {
    let (app, workspace, now) = (visit.app, &visit.workspace, visit.app.clock.now());
    let (client_id, scope) = (&device.client.id, &device.record.scope);
    let approval = DeviceApproval {
        family_id: random::token_id(),
        pool_id: workspace.pool_id().to_owned(),
        user_id: person.user.id.clone(),
        sid: Some(person.session.sid.clone()),
        auth_time: person.session.auth_time,
        acr: Some(ACR_PASSWORD.to_owned()),
        amr: person.session.amr.clone(),
    };
    let tx = app.store.begin(now).await.map_err(failed)?;
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    let code = device.user_code.as_str();
    if !scoped.approve_device_code(code, client_id, scope, &approval, now).await.map_err(failed)? {
        return Err(device.asked_anew(DeviceCodeError::Unknown));
    }
    consent::keep(visit, &tx, client_id, person, scope).await?;
    app.commit(tx).await.map_err(failed)?;
    consent::record(visit, client_id, person, scope);
    let detail = json!({"scope": scope.as_str(), "family": approval.family_id});
    let event = visit.event("device.approved", Some(client_id), Some(&person.user.id));
    app.audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
    Ok(done(visit, device, CONNECTED))
}

async fn deny(visit: &Visit<'_>, device: &Device, person: &SignedIn) -> Result<HttpResponse, Refused> {
    let (app, workspace, now) = (visit.app, &visit.workspace, visit.app.clock.now());
    let tx = app.store.begin(now).await.map_err(failed)?;
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    if !scoped.deny_device_code(device.user_code.as_str(), now).await.map_err(failed)? {
        return Err(device.asked_anew(DeviceCodeError::Unknown));
    }
    app.commit(tx).await.map_err(failed)?;
    let event = visit.event("device.denied", Some(&device.client.id), Some(&person.user.id));
    app.audit.record_success(NewAuditEvent { detail: None, ..event });
    Ok(done(visit, device, DENIED))
}

/// On to the page that says what became of it, and which can be loaded again.
fn done(visit: &Visit<'_>, device: &Device, outcome: &str) -> HttpResponse {
    let mut carried = url::form_urlencoded::Serializer::new(String::new());
    let carried = carried.append_pair("client_id", device.client.id.as_str()).append_pair("outcome", outcome).finish();
    visit.onwards(DONE, &carried, device.begun)
}

fn failed(error: cardea_store::StoreError) -> Refused {
    Refused::Failed(Arc::new(Failure::from(error)))
}
