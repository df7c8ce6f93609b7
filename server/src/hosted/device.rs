//! Somebody lets a device in (RFC 8628 §3.3): they enter its code, sign in, see once more which application it is and what it may do,
//! and decide. `GET` shows; nothing is decided but by `POST` from the page that names the device (§5.4).

mod decision;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::UserCode;
use cardea_protocol::params::Params;

use super::pages::{DeviceCodeError, DeviceDone};
use crate::app::App;
use crate::authorization::asked::Refused;
use crate::authorization::device::{self, Device, USER_CODE};
use crate::authorization::errand::Errand;
use crate::authorization::show::{self, REQUEST};
use crate::authorization::visit::{Visit, see_other};
use crate::authorization::{consent, session};
use crate::http::failure::OAuthFailure;
use crate::http::form;

/// Where it ends.
const DONE: &str = "/device/done";

/// `GET /{tid}/{aid}/device`.
///
/// # Errors
/// 404 for an unknown workspace.
pub async fn show(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let answer = open(&visit, http.query_string()).await.unwrap_or_else(|refused| visit.refuse(refused));
    Ok(visit.end(answer))
}

/// `POST /{tid}/{aid}/device`: a code, or a decision.
///
/// # Errors
/// 404 for an unknown workspace, `invalid_request` for a body that is no form.
pub async fn decide(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    let answer = match params.get(REQUEST) {
        Some(carried) => decision::take(&visit, carried, &params).await,
        None => enter(&visit, &params).await,
    };
    let answer = answer.unwrap_or_else(|refused| visit.refuse(refused));
    Ok(visit.end(answer))
}

/// `GET /{tid}/{aid}/device/done`.
///
/// # Errors
/// 404 for an unknown workspace, 503 when the store is down.
pub async fn done(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let query = http.query_string();
    let (carried, token) = query.rsplit_once("&begun=").unwrap_or((query, ""));
    let params = Params::from_form(carried.as_bytes()).ok().filter(|_| visit.begun(carried, Some(token)).is_some());
    let client = match params.as_ref().and_then(|params| params.get("client_id")) {
        Some(client_id) => app.client(&visit.workspace, client_id).await?,
        None => None,
    };
    let answer = match (params, &client) {
        (Some(params), Some(client)) => {
            let is_connected = params.get("outcome") == Some(decision::CONNECTED);
            DeviceDone { client: client.name(), is_connected }.respond(&visit.frame(&[]))
        }
        _ => see_other(&visit.workspace.issuer.url(device::PATH)),
    };
    Ok(visit.end(answer))
}

/// Asks for the code; once it was typed, for who is there; and then whether the device may.
async fn open(visit: &Visit<'_>, query: &str) -> Result<HttpResponse, Refused> {
    if !device::is_enabled(&visit.workspace) {
        return Ok(visit.error(StatusCode::NOT_FOUND, "No devices are connected here."));
    }
    let params = Params::from_form(query.as_bytes()).map_err(|why| Refused::page(why.description()))?;
    let typed = params.get(USER_CODE).unwrap_or_default();
    let Some(token) = params.get("begun") else {
        // From a link (`verification_uri_complete`): whether there is such a code is told to who sends the form.
        let code = UserCode::typed(typed).map(|code| code.to_string()).unwrap_or_default();
        return Ok(show::user_code(visit, &code, None));
    };
    let device = Device::resume(visit, typed, Some(token)).await?;
    let Some(person) = session::current(visit.app, &visit.workspace, &visit.browser).await? else {
        let begun = device.begun;
        return Ok(show::sign_in(visit, &Errand::Device(Box::new(device)), begun, None, None));
    };
    let consent = consent::find(visit, &device.client.id, &person).await?;
    Ok(show::device(visit, &device, &person, consent.as_ref()))
}

async fn enter(visit: &Visit<'_>, params: &Params<'_>) -> Result<HttpResponse, Refused> {
    let typed = params.get(USER_CODE).unwrap_or_default();
    if visit.begun(device::PATH, params.get("csrf")).is_none() || !visit.is_from_here() {
        return Err(Refused::AskUserCode(typed.to_owned(), DeviceCodeError::FormExpired));
    }
    let device = Device::of_typed(visit, typed).await?;
    Ok(device.onwards(visit, device.begun))
}
