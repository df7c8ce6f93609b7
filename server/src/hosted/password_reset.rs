//! The page where somebody who came by a one-time link chooses a new password.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::params::Params;
use cardea_protocol::{Email, Username};
use cardea_store::UserRecord;

use super::one_time_link::{author, broken, csrf, is_own, pool, token};
use super::pages::{Form, Message, PasswordReset, PasswordResetError};
use crate::app::App;
use crate::authorization::visit::{Visit, see_other};
use crate::http::failure::OAuthFailure;
use crate::http::form;
use crate::http::problem::Refusal;
use crate::password_reset;
use crate::passwords::policy;

const NOT_GOOD: &str = "This link to choose a password was used already, has expired, or was replaced by a newer one. Ask whoever \
                        gave it to you for another.";

/// `GET /{tid}/{aid}/reset-password/{token}`.
///
/// # Errors
/// 404 for an unknown workspace.
pub async fn show(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let answer = match password_reset::find(&app, &visit.workspace, token(&http)).await {
        Ok(Some(user)) => page(&visit, token(&http), &user, None).await,
        Ok(None) => Ok(visit.error(StatusCode::NOT_FOUND, NOT_GOOD)),
        Err(refusal) => Err(refusal),
    };
    Ok(visit.end(answer.unwrap_or_else(|refusal| broken(&visit, refusal))))
}

/// `POST /{tid}/{aid}/reset-password/{token}`.
///
/// # Errors
/// 404 for an unknown workspace, `invalid_request` for a body that is no form.
pub async fn save(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    let answer = decide(&visit, token(&http), &params).await;
    Ok(visit.end(answer.unwrap_or_else(|refusal| broken(&visit, refusal))))
}

/// `GET /{tid}/{aid}/reset-password`: where the form leads.
///
/// # Errors
/// 404 for an unknown workspace.
pub async fn done(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let title = "Your password is saved";
    let text = "Go back to the application and sign in with it. Wherever you were signed in before, you are no longer.";
    let message = Message { status: StatusCode::OK, title, text, link: None };
    Ok(visit.end(message.respond(&visit.frame(&[]))))
}

async fn page(
    visit: &Visit<'_>,
    token: &str,
    user: &UserRecord,
    error: Option<PasswordResetError<'_>>,
) -> Result<HttpResponse, Refusal> {
    let (action, csrf) = (visit.workspace.issuer.url(&format!("/reset-password/{token}")), csrf(visit, token));
    let policy = policy::in_words(policy::of(&pool(visit).await?));
    let form = Form { action: &action, csrf: &csrf, hidden: &[] };
    Ok(PasswordReset { form, username: &user.username, policy: &policy, error }.respond(&visit.frame(&[])))
}

async fn decide(visit: &Visit<'_>, token: &str, params: &Params<'_>) -> Result<HttpResponse, Refusal> {
    let (app, workspace) = (visit.app, &visit.workspace);
    let not_good = || Ok(visit.error(StatusCode::NOT_FOUND, NOT_GOOD));
    let Some(user) = password_reset::find(app, workspace, token).await? else { return not_good() };
    if !is_own(visit, token, params) {
        return page(visit, token, &user, Some(PasswordResetError::FormExpired)).await;
    }
    let given = |name| params.credential(name).unwrap_or_default();
    let password = given("password");
    if password != given("password_again") {
        return page(visit, token, &user, Some(PasswordResetError::Mismatch)).await;
    }
    if let Err(rule) = allowed(visit, &user, password).await? {
        return page(visit, token, &user, Some(PasswordResetError::Policy(&rule))).await;
    }
    let author = author(visit, format!("user:{}/{}", workspace.tenant_id, user.id));
    if password_reset::claim(app, &author, workspace, token, &user, password).await? {
        Ok(see_other(&workspace.issuer.url("/reset-password")))
    } else {
        not_good()
    }
}

/// The rule of the pool that the password breaks, in words.
pub(super) async fn allowed(
    visit: &Visit<'_>,
    user: &UserRecord,
    password: &str,
) -> Result<Result<(), String>, Refusal> {
    let policy = policy::of(&pool(visit).await?);
    // They were read when they were stored.
    let Ok(username) = Username::parse(&user.username) else { return Err(Refusal::NotFound) };
    let email = user.email.as_deref().and_then(|email| Email::parse(email).ok());
    Ok(policy.check(password, &username, email.as_ref()).map_err(|refused| refused.to_string()))
}
