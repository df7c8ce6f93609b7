//! The page where somebody who came by a one-time link confirms their e-mail address. `GET` shows, and only `POST` confirms: programs
//! that open every link in a letter use nothing up.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::params::Params;

use super::one_time_link::{author, broken, csrf, is_own, token};
use super::pages::{EmailVerification, Form, Message};
use crate::app::App;
use crate::authorization::visit::{Visit, see_other};
use crate::email_verification::{self, Claim};
use crate::http::failure::OAuthFailure;
use crate::http::form;
use crate::http::problem::Refusal;

const NOT_GOOD: &str = "This link to confirm an e-mail address was used already, has expired, was replaced by a newer one, or is about \
                        an address that is no longer that of the account.";

/// `GET /{tid}/{aid}/verify-email/{token}`.
///
/// # Errors
/// 404 for an unknown workspace.
pub async fn show(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let answer = match email_verification::find(&app, &visit.workspace, token(&http)).await {
        Ok(Some(claim)) => page(&visit, token(&http), &claim, false),
        Ok(None) => visit.error(StatusCode::NOT_FOUND, NOT_GOOD),
        Err(refusal) => broken(&visit, refusal),
    };
    Ok(visit.end(answer))
}

/// `POST /{tid}/{aid}/verify-email/{token}`.
///
/// # Errors
/// 404 for an unknown workspace, `invalid_request` for a body that is no form.
pub async fn verify(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    let answer = decide(&visit, token(&http), &params).await;
    Ok(visit.end(answer.unwrap_or_else(|refusal| broken(&visit, refusal))))
}

/// `GET /{tid}/{aid}/verify-email`: where the form leads.
///
/// # Errors
/// 404 for an unknown workspace.
pub async fn done(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let title = "Your e-mail address is confirmed";
    let message = Message { status: StatusCode::OK, title, text: "Thank you. You can close this page.", link: None };
    Ok(visit.end(message.respond(&visit.frame(&[]))))
}

fn page(visit: &Visit<'_>, token: &str, claim: &Claim, is_expired: bool) -> HttpResponse {
    let (action, csrf) = (visit.workspace.issuer.url(&format!("/verify-email/{token}")), csrf(visit, token));
    let form = Form { action: &action, csrf: &csrf, hidden: &[] };
    EmailVerification { form, email: &claim.email, is_expired }.respond(&visit.frame(&[]))
}

async fn decide(visit: &Visit<'_>, token: &str, params: &Params<'_>) -> Result<HttpResponse, Refusal> {
    let (app, workspace) = (visit.app, &visit.workspace);
    let not_good = || Ok(visit.error(StatusCode::NOT_FOUND, NOT_GOOD));
    let Some(claim) = email_verification::find(app, workspace, token).await? else { return not_good() };
    if !is_own(visit, token, params) {
        return Ok(page(visit, token, &claim, true));
    }
    let author = author(visit, format!("user:{}/{}", workspace.tenant_id, claim.user.id));
    if email_verification::claim(app, &author, workspace, token, &claim).await? {
        Ok(see_other(&workspace.issuer.url("/verify-email")))
    } else {
        not_good()
    }
}
