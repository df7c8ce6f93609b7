//! Another password, for who knows the one that they have: it is asked for, and guessed as slowly as at the sign-in.

use std::sync::Arc;

use actix_web::HttpResponse;
use cardea_protocol::params::Params;
use cardea_protocol::password::normalised;
use cardea_protocol::user::LoginKey;
use cardea_protocol::{Secret, UserPoolId};
use cardea_store::{NewAuditEvent, PasswordHash};
use serde_json::json;

use super::{done, failed, listing};
use crate::admin::users::{Place, end_all_but};
use crate::authorization::asked::Refused;
use crate::authorization::session::SignedIn;
use crate::authorization::visit::Visit;
use crate::failure::Failure;
use crate::hosted::pages::{AccountError, AccountNews};
use crate::hosted::password_check::{self, BREATHER, Checked};
use crate::hosted::password_reset::allowed;
use crate::http::problem::Refusal;

/// Takes the form.
pub(super) async fn change(visit: &Visit<'_>, person: &SignedIn, params: &Params<'_>) -> Result<HttpResponse, Refused> {
    let given = |name| params.credential(name).unwrap_or_default();
    let password = given("password");
    if password != given("password_again") {
        return listing::page(visit, person, None, Some(AccountError::Mismatch)).await;
    }
    if let Err(error) = knows(visit, person, given("current_password")).await {
        return listing::page(visit, person, None, Some(error)).await;
    }
    match allowed(visit, &person.user, password).await {
        Ok(Ok(())) => {}
        Ok(Err(rule)) => return listing::page(visit, person, None, Some(AccountError::Policy(&rule))).await,
        Err(Refusal::Failure(failure)) => return Err(Refused::Failed(failure)),
        Err(_) => return listing::page(visit, person, None, Some(AccountError::FormExpired)).await,
    }
    if save(visit, person, password).await? {
        return Ok(done(visit, AccountNews::PasswordChanged));
    }
    listing::page(visit, person, None, Some(AccountError::FormExpired)).await
}

/// Whether it is the password that they have.
async fn knows(visit: &Visit<'_>, person: &SignedIn, password: &str) -> Result<(), AccountError<'static>> {
    let (app, user) = (visit.app, &person.user);
    let key = LoginKey::typed(&user.username);
    let name = key.as_ref().map_or("", LoginKey::as_str);
    let attempt = app.throttle.attempt(&password_check::place(&visit.workspace), name, visit.peer.ip);
    // Who has none (any more) cannot be signed in by it either.
    let hash = user.password.as_ref().ok_or(AccountError::WrongPassword)?;
    let checked = password_check::verify(app, attempt, password, hash.as_str()).await;
    let Checked { is_right, verdict } = checked.ok_or(AccountError::TooMany { seconds: BREATHER })?;
    if is_right {
        app.throttle.forgive(attempt);
        return Ok(());
    }
    if verdict.record {
        let detail = json!({"endpoint": "account", "slowed": verdict.retry_after.is_some()});
        let event = visit.event("user.password_changed", None, Some(&user.id));
        let reason = Some("password_mismatch".into());
        app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
    }
    Err(verdict.retry_after.map_or(AccountError::WrongPassword, |seconds| AccountError::TooMany { seconds }))
}

/// Keeps it, and signs them out everywhere else; answers whether they still had the one that they knew.
async fn save(visit: &Visit<'_>, person: &SignedIn, password: &str) -> Result<bool, Refused> {
    let (app, workspace, user) = (visit.app, &visit.workspace, &person.user);
    let broken = |failure| Refused::Failed(Arc::new(failure));
    let Ok(pool_id) = UserPoolId::parse(workspace.pool_id()) else { return Ok(false) };
    let place = Place { tenant_id: &workspace.tenant_id, pool_id: &pool_id };
    let password = Secret::new(normalised(password).to_string());
    let hashed = app.passwords.hash(&password).await.map_err(Failure::from).map_err(broken)?;
    let now = app.clock.now();
    let tx = app.store.begin(now).await.map_err(failed)?;
    let pool = tx.pool(place.tenant_id, place.pool_id.as_str());
    let still = pool.find_user(&user.id).await.map_err(failed)?;
    let is_same = still.is_some_and(|still| still.status.is_active() && still.version == user.version);
    if !is_same || !pool.set_password(&user.id, Some(&PasswordHash::new(hashed)), now).await.map_err(failed)? {
        return Ok(false);
    }
    let ended = end_all_but(app, &tx, place, &user.id, Some(&person.session.hash)).await.map_err(failed)?;
    app.commit(tx).await.map_err(failed)?;
    app.logouts.notify_one();
    let detail = json!({
        "username": user.username, "has_password": true, "by": "current password", "sessions_ended": ended,
    });
    let event = visit.event("user.password_changed", None, Some(&user.id));
    app.audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
    Ok(true)
}
