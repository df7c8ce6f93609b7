//! Somebody's own account: where they are signed in, which applications they have let in, and their password. `GET` shows; whatever
//! changes is a `POST` from the page, and leads back to it.

mod listing;
mod password;
mod user_agent;
mod withdrawing;

use std::sync::Arc;

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::params::Params;

use super::pages::{AccountError, AccountNews};
use crate::app::App;
use crate::authorization::asked::Refused;
use crate::authorization::errand::Errand;
use crate::authorization::form_token::Begun;
use crate::authorization::session::{self, SignedIn};
use crate::authorization::visit::{Visit, see_other};
use crate::authorization::{account, ending, show};
use crate::failure::Failure;
use crate::http::failure::OAuthFailure;
use crate::http::form;

/// The parameter that says what was done just now.
const DONE: &str = "done=";

/// `GET /{tid}/{aid}/account`.
///
/// # Errors
/// 404 for an unknown workspace.
pub async fn show(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let answer = open(&visit, http.query_string()).await.unwrap_or_else(|refused| visit.refuse(refused));
    Ok(visit.end(answer))
}

/// `POST /{tid}/{aid}/account`: one of the forms of the page.
///
/// # Errors
/// 404 for an unknown workspace, `invalid_request` for a body that is no form.
pub async fn change(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    let answer = decide(&visit, &params).await.unwrap_or_else(|refused| visit.refuse(refused));
    Ok(visit.end(answer))
}

async fn open(visit: &Visit<'_>, query: &str) -> Result<HttpResponse, Refused> {
    let Some(person) = session::current(visit.app, &visit.workspace, &visit.browser).await? else {
        let begun = Begun::now(visit.app.clock.now(), false);
        return Ok(show::sign_in(visit, &Errand::Account(None), begun, None, None));
    };
    let (carried, token) = query.rsplit_once("&begun=").unwrap_or((query, ""));
    // Only what happened in this browser is told: a link cannot say that something was done.
    let done = carried.strip_prefix(DONE).filter(|_| visit.begun(carried, Some(token)).is_some());
    listing::page(visit, &person, done.and_then(AccountNews::parse), None).await
}

async fn decide(visit: &Visit<'_>, params: &Params<'_>) -> Result<HttpResponse, Refused> {
    // Nobody there any more: the sign-in is next.
    let Some(person) = session::current(visit.app, &visit.workspace, &visit.browser).await? else {
        return Ok(account::open(visit));
    };
    if !account::is_own(visit, &person, params.get("csrf")) {
        return listing::page(visit, &person, None, Some(AccountError::FormExpired)).await;
    }
    match params.get("action") {
        Some("sign-out") => sign_out(visit, &person).await,
        Some("end-session") => {
            let sid = params.get("sid").unwrap_or_default();
            if sid == person.session.sid {
                sign_out(visit, &person).await
            } else {
                withdrawing::session(visit, &person, sid).await
            }
        }
        Some("end-others") => withdrawing::other_sessions(visit, &person).await,
        Some("withdraw") => withdrawing::consent(visit, &person, params.get("client_id").unwrap_or_default()).await,
        Some("change-password") => password::change(visit, &person, params).await,
        _ => Ok(account::open(visit)),
    }
}

async fn sign_out(visit: &Visit<'_>, person: &SignedIn) -> Result<HttpResponse, Refused> {
    ending::end(visit, person).await?;
    let mut response = see_other(&visit.workspace.issuer.url("/oidc/logout"));
    // The cookie is well-formed.
    let _ = response.add_cookie(&visit.browser.sign_out());
    Ok(response)
}

/// Back to the page, which says what was done.
fn done(visit: &Visit<'_>, news: AccountNews) -> HttpResponse {
    let carried = format!("{DONE}{}", news.as_str());
    visit.onwards(account::PATH, &carried, Begun::now(visit.app.clock.now(), false))
}

fn failed(error: cardea_store::StoreError) -> Refused {
    Refused::Failed(Arc::new(Failure::from(error)))
}
