//! The page where an administrator of the platform is made, by a one-time link.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::params::Params;
use cardea_protocol::{Secret, TenantId, UserPoolId};
use cardea_store::{Principal, UserRecord};

use super::one_time_link::{author, broken, csrf, is_own, pool, token};
use super::pages::{Form, Link, Message, Setup};
use crate::app::App;
use crate::authorization::session::{self, SignIn};
use crate::authorization::visit::{Visit, see_other};
use crate::http::failure::OAuthFailure;
use crate::http::form;
use crate::http::problem::Refusal;
use crate::passwords::policy;
use crate::setup::{self, Newcomer};

const NOT_GOOD: &str = "This setup link was used already, has expired, or was never one. Whoever has the machine gets a new one \
                        there with the command `cardea setup-url`.";
const EXPIRED: &str = "This page was open for too long. Please try again.";

/// `GET /system/admin/setup/{token}`.
///
/// # Errors
/// 404 for every other workspace.
pub async fn show(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = begin(&app, &http).await?;
    let answer = match setup::is_good(&app, token(&http)).await {
        Ok(true) => page(&visit, token(&http), Setup::default()).await,
        Ok(false) => Ok(visit.error(StatusCode::NOT_FOUND, NOT_GOOD)),
        Err(refusal) => Err(refusal),
    };
    Ok(visit.end(answer.unwrap_or_else(|refusal| broken(&visit, refusal))))
}

/// `POST /system/admin/setup/{token}`.
///
/// # Errors
/// 404 for every other workspace, `invalid_request` for a body that is no form.
pub async fn create(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let visit = begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    let answer = decide(&visit, token(&http), &params).await;
    Ok(visit.end(answer.unwrap_or_else(|refusal| broken(&visit, refusal))))
}

/// `GET /system/admin/setup`: what to do now, or how to get here.
///
/// # Errors
/// 404 for every other workspace.
pub async fn done(app: Data<App>, http: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let visit = begin(&app, &http).await?;
    let person = session::current(&app, &visit.workspace, &visit.browser).await?;
    let administrator = match person {
        Some(person) => {
            let roles = app.store.roles_of(&TenantId::system(), &Principal::User(person.user.id.clone())).await?;
            roles.iter().any(|held| held.role.is_platform()).then_some(person.user)
        }
        None => None,
    };
    Ok(visit.end(administrator.map_or_else(|| how(&visit), |user| welcome(&visit, &user))))
}

async fn begin<'a>(app: &'a App, http: &'a HttpRequest) -> Result<Visit<'a>, OAuthFailure> {
    let visit = Visit::begin(app, http).await?;
    let is_platform = visit.workspace.is_admin() && visit.workspace.tenant_id == TenantId::system();
    if is_platform { Ok(visit) } else { Err(OAuthFailure::not_found()) }
}

async fn page(visit: &Visit<'_>, token: &str, shown: Setup<'_>) -> Result<HttpResponse, Refusal> {
    let (action, csrf) = (visit.workspace.issuer.url(&format!("/setup/{token}")), csrf(visit, token));
    let policy = policy::in_words(policy::of(&pool(visit).await?));
    let form = Form { action: &action, csrf: &csrf, hidden: &[] };
    Ok(Setup { form, policy: &policy, ..shown }.respond(&visit.frame(&[])))
}

async fn decide(visit: &Visit<'_>, token: &str, params: &Params<'_>) -> Result<HttpResponse, Refusal> {
    let given = |name| params.get(name).unwrap_or_default();
    let (username, email) = (given("username"), given("email"));
    let filled = Setup { username, email, ..Setup::default() };
    if !setup::is_good(visit.app, token).await? {
        return Ok(visit.error(StatusCode::NOT_FOUND, NOT_GOOD));
    }
    if !is_own(visit, token, params) {
        return page(visit, token, Setup { error: Some(EXPIRED), ..filled }).await;
    }
    let password = Secret::new(params.credential("password").unwrap_or_default().to_owned());
    let pool_id = UserPoolId::parse(visit.workspace.pool_id()).map_err(|_| Refusal::NotFound)?;
    let author = author(visit, "setup_link".to_owned());
    match setup::claim(visit.app, &author, &pool_id, token, Newcomer { username, email, password }).await {
        Ok(Some(user)) => welcome_in(visit, &user).await,
        Ok(None) => Ok(visit.error(StatusCode::NOT_FOUND, NOT_GOOD)),
        Err(refusal) => corrected(visit, token, filled, refusal).await,
    }
}

/// The form once more, with what is wrong beside each field.
async fn corrected(
    visit: &Visit<'_>,
    token: &str,
    filled: Setup<'_>,
    refusal: Refusal,
) -> Result<HttpResponse, Refusal> {
    match &refusal {
        Refusal::Invalid { violations, .. } => {
            let about = |member: &str| {
                let found = violations.iter().find(|violation| violation.pointer == member);
                found.map(|violation| violation.message.as_str())
            };
            let shown = Setup {
                username_error: about("/username"),
                email_error: about("/email"),
                password_error: about("/password"),
                ..filled
            };
            page(visit, token, shown).await
        }
        Refusal::Conflict { code: "email_taken", detail } => {
            page(visit, token, Setup { email_error: Some(detail), ..filled }).await
        }
        Refusal::Conflict { code: "username_taken", detail } => {
            page(visit, token, Setup { username_error: Some(detail), ..filled }).await
        }
        _ => Err(refusal),
    }
}

/// Signs the new administrator in.
async fn welcome_in(visit: &Visit<'_>, user: &UserRecord) -> Result<HttpResponse, Refusal> {
    let ip = visit.peer.ip.map(|ip| ip.to_string());
    let sign_in = SignIn { user, amr: &["pwd"], ip, user_agent: visit.user_agent() };
    let session = session::begin(visit.app, &visit.workspace, &visit.browser, sign_in).await?;
    visit.app.audit.record_success(visit.event("user.authenticated", None, Some(&user.id)));
    let mut onwards = see_other(&visit.workspace.issuer.url("/setup"));
    // The cookie is well-formed.
    let _ = onwards.add_cookie(&visit.browser.sign_in(session));
    Ok(onwards)
}

fn welcome(visit: &Visit<'_>, user: &UserRecord) -> HttpResponse {
    let text = format!(
        "You are signed in as {}, and administer the whole platform. The console takes it from here: a workspace, its methods, \
         a first client.",
        user.username
    );
    let href = format!("{}/console/welcome", visit.app.public_url());
    let link = Some(Link { href: &href, text: "Open the console" });
    Message { status: StatusCode::OK, title: "Cardea is set up", text: &text, link }.respond(&visit.frame(&[]))
}

fn how(visit: &Visit<'_>) -> HttpResponse {
    let text = "An administrator is made by a one-time link. `cardea serve` prints one while there is none who can sign in; the \
                command `cardea setup-url`, on the machine, prints a new one at any time.";
    Message { status: StatusCode::OK, title: "Set up", text, link: None }.respond(&visit.frame(&[]))
}
