//! Who are you: a username and a password (argon2id, bounded), or who is signed in already. The page is shown wherever somebody has
//! to be known; what is posted decides here, and what they came for goes on there.

use std::sync::Arc;

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::ClientId;
use cardea_protocol::params::Params;
use cardea_protocol::user::LoginKey;
use cardea_store::{NewAuditEvent, UserRecord};

use super::pages::SignInError;
use super::password_check::{self, BREATHER, Checked};
use super::rehashing;
use crate::app::App;
use crate::authorization::asked::Refused;
use crate::authorization::errand::Errand;
use crate::authorization::form_token::Begun;
use crate::authorization::session::{self, SignIn};
use crate::authorization::show::{self, Attempt, REQUEST};
use crate::authorization::visit::Visit;
use crate::failure::Failure;
use crate::http::failure::OAuthFailure;
use crate::http::form;

/// RFC 8176.
const PASSWORD: &[&str] = &["pwd"];
/// What the password of a user who does not exist is checked against: argon2id as we make it, of nothing that anybody knows.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGhhcyB0aGlz$c2FsdHMgYW5kIGhhc2hlcyBvZiBub2JvZHkgYXQgYWw";

/// `POST /{tid}/{aid}/login`.
///
/// # Errors
/// 404 for an unknown workspace, `invalid_request` for a body that is no form.
pub async fn sign_in(app: Data<App>, http: HttpRequest, payload: Payload) -> Result<HttpResponse, OAuthFailure> {
    let visit = Visit::begin(&app, &http).await?;
    let body = form::body(payload).await?;
    let params = form::params(&http, &body)?;
    let answer = match decide(&app, &visit, &params).await {
        Ok(answer) => answer,
        Err(refused) => visit.refuse(refused),
    };
    Ok(visit.end(answer))
}

async fn decide(app: &Data<App>, visit: &Visit<'_>, params: &Params<'_>) -> Result<HttpResponse, Refused> {
    let errand = Errand::read(visit, params.get(REQUEST).unwrap_or_default(), params.get("csrf")).await?;
    let username = params.get("username").unwrap_or_default();
    let begun = errand.begun().filter(|_| visit.is_from_here());
    let Some(begun) = begun else {
        // A page that was open too long, or another site: the form is shown anew, and nothing of it counts.
        let begun = Begun::now(visit.app.clock.now(), errand.is_signed());
        let attempt = Attempt { username, error: SignInError::Expired };
        return Ok(show::sign_in(visit, &errand, begun, None, Some(attempt)));
    };
    match params.get("action") {
        Some("cancel") => errand.cancelled(visit),
        Some("continue") => Ok(errand.onwards(visit, Begun { chosen: true, ..begun })),
        _ => {
            let password = params.credential("password").unwrap_or_default();
            let answer = by_password(visit, &errand, begun, username, password).await?;
            Ok(match answer {
                Ok((user, onwards)) => {
                    rehashing::begin(app.clone(), &visit.workspace, user, password);
                    onwards
                }
                Err(again) => again,
            })
        }
    }
}

/// Who signed in, and where they go on; or the form once more.
async fn by_password(
    visit: &Visit<'_>,
    errand: &Errand,
    begun: Begun,
    username: &str,
    password: &str,
) -> Result<Result<(UserRecord, HttpResponse), HttpResponse>, Refused> {
    let user = match check(visit, errand, username, password).await? {
        Ok(user) => user,
        Err(error) => {
            return Ok(Err(show::sign_in(visit, errand, begun, None, Some(Attempt { username, error }))));
        }
    };
    let ip = visit.peer.ip.map(|ip| ip.to_string());
    let sign_in = SignIn { user: &user, amr: PASSWORD, ip, user_agent: visit.user_agent() };
    let session = session::begin(visit.app, &visit.workspace, &visit.browser, sign_in).await?;
    visit.app.audit.record_success(visit.event("user.authenticated", client_id(errand), Some(&user.id)));
    let mut onwards = errand.onwards(visit, begun);
    // The cookie is well-formed.
    let _ = onwards.add_cookie(&visit.browser.sign_in(session));
    Ok(Ok((user, onwards)))
}

fn client_id(errand: &Errand) -> Option<&ClientId> {
    errand.client().map(|client| &client.id)
}

/// The user whose password it is. Who does not exist costs as much; who fails too often, from where they are, waits.
async fn check(
    visit: &Visit<'_>,
    errand: &Errand,
    username: &str,
    password: &str,
) -> Result<Result<UserRecord, SignInError>, Refused> {
    let (app, workspace) = (visit.app, &visit.workspace);
    let key = LoginKey::typed(username);
    let name = key.as_ref().map_or("", LoginKey::as_str);
    let pool = app.store.pool(&workspace.tenant_id, workspace.pool_id());
    let found = pool.find_user_by_login(name, name).await.map_err(|error| Arc::new(Failure::from(error)))?;
    let attempt = app.throttle.attempt(&password_check::place(workspace), name, visit.peer.ip);
    let hash = found.as_ref().and_then(|user| user.password.as_ref()).map_or(NOBODY, |hash| hash.as_str());
    let Some(Checked { is_right, verdict }) = password_check::verify(app, attempt, password, hash).await else {
        return Ok(Err(SignInError::TooMany { seconds: BREATHER }));
    };
    let reason = match (&found, is_right) {
        (None, _) => "unknown_user",
        (Some(_), false) => "password_mismatch",
        (Some(user), true) if !user.status.is_active() => "user_disabled",
        (Some(_), true) => {
            app.throttle.forgive(attempt);
            return found.ok_or(SignInError::Wrong).map_or_else(|error| Ok(Err(error)), |user| Ok(Ok(user)));
        }
    };
    if verdict.record {
        let detail = serde_json::json!({"endpoint": "sign-in", "slowed": verdict.retry_after.is_some()});
        let event = visit.event("user.authenticated", client_id(errand), found.as_ref().map(|user| user.id.as_str()));
        app.audit.record_failure(NewAuditEvent { reason: Some(reason.into()), detail: Some(detail.into()), ..event });
    }
    Ok(Err(verdict.retry_after.map_or(SignInError::Wrong, |seconds| SignInError::TooMany { seconds })))
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::phc::PasswordHash;

    use super::*;

    #[test]
    fn who_does_not_exist_is_checked_like_anybody() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let parameters = "$argon2id$v=19$m=19456,t=2,p=1$";
        assert!(nobody.hash.is_some() && nobody.salt.is_some() && NOBODY.starts_with(parameters));
    }
}
