//! Do you agree: what is posted decides, is kept, and the request goes on at the authorization endpoint.

use std::sync::Arc;

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::params::Params;
use cardea_protocol::{Error, ErrorCode};

use crate::app::App;
use crate::authorization::asked::{Asked, Refused};
use crate::authorization::consent;
use crate::authorization::errand::Errand;
use crate::authorization::form_token::Begun;
use crate::authorization::session::{self, SignedIn};
use crate::authorization::show::{self, REQUEST};
use crate::authorization::visit::Visit;
use crate::failure::Failure;
use crate::http::failure::OAuthFailure;
use crate::http::form;

/// `POST /{tid}/{aid}/consent`.
///
/// # Errors
/// 404 for an unknown workspace, `invalid_request` for a body that is no form.
pub async fn consent(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    let answer = match decide(&visit, &params).await {
        Ok(answer) => answer,
        Err(refused) => visit.refuse(refused),
    };
    Ok(visit.end(answer))
}

async fn decide(visit: &Visit<'_>, params: &Params<'_>) -> Result<HttpResponse, Refused> {
    let carried = params.get(REQUEST).unwrap_or_default();
    let request = Params::from_form(carried.as_bytes()).map_err(|why| Refused::page(why.description()))?;
    let asked = Asked::read(visit, &request, params.get("csrf")).await?;
    let begun = asked.begun.filter(|_| visit.is_from_here());
    let signed_in = session::current(visit.app, &visit.workspace, &visit.browser).await?;
    // An old form, another site's, or nobody there any more: the request begins anew.
    let (Some(begun), Some(person)) = (begun, signed_in) else {
        let begun = Begun::now(visit.app.clock.now(), false);
        return Ok(asked.onwards(visit, begun));
    };
    match params.get("action") {
        Some("allow") => allow(visit, &asked, &person, begun).await,
        Some("switch") => Ok(show::sign_in(visit, &Errand::Authorization(Box::new(asked)), begun, None, None)),
        _ => Err(asked.refused(Error::new(ErrorCode::AccessDenied, "The person did not agree."))),
    }
}

async fn allow(visit: &Visit<'_>, asked: &Asked, person: &SignedIn, begun: Begun) -> Result<HttpResponse, Refused> {
    let (app, client_id, scope) = (visit.app, &asked.client.id, asked.to_agree());
    let failed = |error| Refused::Failed(Arc::new(Failure::from(error)));
    let tx = app.store.begin(app.clock.now()).await.map_err(failed)?;
    consent::keep(visit, &tx, client_id, person, &scope).await?;
    app.commit(tx).await.map_err(failed)?;
    consent::record(visit, client_id, person, &scope);
    Ok(asked.onwards(visit, begun))
}
