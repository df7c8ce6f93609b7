//! The page where somebody asks for a link to choose a new password: only where mail can be sent. Whoever asks hears the same.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::params::Params;
use cardea_protocol::user::LoginKey;

use super::pages::{ForgottenPassword, ForgottenPasswordError, Form, Message};
use super::password_check;
use crate::app::App;
use crate::authorization::form_token::Begun;
use crate::authorization::visit::{Visit, see_other};
use crate::forgotten_password::Forgotten;
use crate::http::failure::OAuthFailure;
use crate::http::form;
use crate::mail::Mail;

/// Where the page is.
pub const PATH: &str = "/forgot-password";

/// `GET /{tid}/{aid}/forgot-password`.
///
/// # Errors
/// 404 for an unknown workspace, or where no mail can be sent.
pub async fn show(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    mail(&app)?;
    let visit = Visit::begin(&app, &http).await?;
    Ok(visit.end(page(&visit, "", None)))
}

/// `POST /{tid}/{aid}/forgot-password`.
///
/// # Errors
/// 404 for an unknown workspace, or where no mail can be sent; `invalid_request` for a body that is no form.
pub async fn ask(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let mail = mail(&app)?;
    let visit = Visit::begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    Ok(visit.end(decide(&visit, mail, &params)))
}

/// `GET /{tid}/{aid}/forgot-password/sent`: where the form leads.
///
/// # Errors
/// 404 for an unknown workspace, or where no mail can be sent.
pub async fn sent(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    mail(&app)?;
    let visit = Visit::begin(&app, &http).await?;
    let text = "If there is such an account, and its e-mail address is confirmed, a link to choose a new password is on its way there. \
                It is good once, and for an hour. If nothing comes, look among the unwanted mail, or ask whoever runs the application.";
    let message = Message { status: StatusCode::OK, title: "Check your mail", text, link: None };
    Ok(visit.end(message.respond(&visit.frame(&[]))))
}

fn mail(app: &App) -> Result<&Mail, OAuthFailure> {
    app.mail.as_ref().ok_or_else(OAuthFailure::not_found)
}

fn page(visit: &Visit<'_>, username: &str, error: Option<ForgottenPasswordError>) -> HttpResponse {
    let begun = Begun::now(visit.app.clock.now(), false);
    let (action, csrf) = (visit.workspace.issuer.url(PATH), visit.token(PATH, begun));
    let form = Form { action: &action, csrf: &csrf, hidden: &[] };
    ForgottenPassword { form, username, error }.respond(&visit.frame(&[]))
}

/// Counts, and leaves the rest to the task that sends mail: what it finds is not to be told from how long this takes.
fn decide(visit: &Visit<'_>, mail: &Mail, params: &Params<'_>) -> HttpResponse {
    let typed = params.get("username").unwrap_or_default();
    if visit.begun(PATH, params.get("csrf")).is_none() || !visit.is_from_here() {
        return page(visit, typed, Some(ForgottenPasswordError::FormExpired));
    }
    let login = LoginKey::typed(typed);
    let name = login.as_ref().map_or("", LoginKey::as_str);
    let counters = &visit.app.forgotten;
    let verdict = counters.failed(counters.attempt(&password_check::place(&visit.workspace), name, visit.peer.ip));
    if let Some(seconds) = verdict.retry_after {
        return page(visit, typed, Some(ForgottenPasswordError::TooMany { seconds }));
    }
    mail.leave(Forgotten {
        workspace: visit.workspace.clone(),
        login,
        record: verdict.record,
        ip: visit.peer.ip.map(|ip| ip.to_string()),
        request_id: visit.request_id.clone(),
    });
    see_other(&visit.workspace.issuer.url("/forgot-password/sent"))
}
