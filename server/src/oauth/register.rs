//! The client registration endpoint (RFC 7591 §3, OpenID Connect Dynamic Client Registration 1.0 §3) and the client configuration
//! endpoint (RFC 7592 §2). Off by default; then both answer 403, to whoever asks, and discovery names neither.
//!
//! Who registers a client holds an initial access token, and who manages its registration holds the token of that registration. A
//! token that is unknown, used up, expired or of another client or workspace is answered 401, always with the same words.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::app::App;
use crate::http::bearer::BearerFailure;
use crate::http::headers;
use crate::http::json_body::JsonBody;

mod call;
mod create;
mod delete;
mod information;
mod metadata;
mod refusal;
mod sector;
mod update;

use call::Call;
use information::Information;

const REGISTERED: &str = "client.registered";
const UPDATED: &str = "client.updated";
const DELETED: &str = "client.deleted";

/// `POST /{tid}/{aid}/oauth2/register`: 201 with all that is registered (RFC 7591 §3.2.1).
///
/// # Errors
/// Those of RFC 7591 §3.2.2, as JSON; 401 for a token that is not good, 403 where registration is off.
pub async fn register(app: Data<App>, request: HttpRequest, body: JsonBody) -> Result<HttpResponse, BearerFailure> {
    let call = Call::begin(&app, &request).await?;
    let token = call.initial_access_token().await?;
    let registered = create::create(&call, &token, body).await;
    let registered = registered.map_err(|refused| call.refused(REGISTERED, None, refused))?;
    Ok(headers::private(StatusCode::CREATED).body(Information::of(&call, registered).to_json()))
}

/// `GET /{tid}/{aid}/oauth2/register/{client_id}`: what is registered (RFC 7592 §2.1). Its secret cannot be shown again: it is not
/// kept.
///
/// # Errors
/// 401 for a token that is not this client's, 403 where registration is off.
pub async fn read(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, BearerFailure> {
    let call = Call::begin(&app, &request).await?;
    let own = call.own_registration("client.read").await?;
    Ok(headers::private(StatusCode::OK).body(Information::of(&call, own.into()).to_json()))
}

/// `PUT /{tid}/{aid}/oauth2/register/{client_id}`: registers the client anew as it says; what it leaves out is as if it had never been
/// said (RFC 7592 §2.2). The answer has a new registration access token, and the old one is no longer good.
///
/// # Errors
/// Those of RFC 7591 §3.2.2, as JSON; 401 for a token that is not this client's, 403 where registration is off.
pub async fn update(app: Data<App>, request: HttpRequest, body: JsonBody) -> Result<HttpResponse, BearerFailure> {
    let call = Call::begin(&app, &request).await?;
    let own = call.own_registration(UPDATED).await?;
    let client_id = own.client.client_id.clone();
    let registered = update::update(&call, own, body).await;
    let registered = registered.map_err(|refused| call.refused(UPDATED, Some(&client_id), refused))?;
    Ok(headers::private(StatusCode::OK).body(Information::of(&call, registered).to_json()))
}

/// `DELETE /{tid}/{aid}/oauth2/register/{client_id}`: the client, its secrets and all that was granted to it are gone (RFC 7592 §2.3).
///
/// # Errors
/// 401 for a token that is not this client's, 403 where registration is off.
pub async fn delete(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, BearerFailure> {
    let call = Call::begin(&app, &request).await?;
    let own = call.own_registration(DELETED).await?;
    let client_id = own.client.client_id.clone();
    delete::delete(&call, &own).await.map_err(|refused| call.refused(DELETED, Some(&client_id), refused))?;
    Ok(headers::private(StatusCode::NO_CONTENT).finish())
}
