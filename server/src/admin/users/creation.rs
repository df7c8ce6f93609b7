//! Adding users; also for the command line.

use cardea_api::user::UserSettings;
use cardea_store::{NewAuditEvent, Tx, UserOutcome, UserRecord};
use serde_json::json;

use super::change::{Place, taken, user_event, with_settings};
use super::password::{Change, Given};
use super::rules;
use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::passwords::policy;
use crate::random;

/// Adds a user to a pool.
///
/// # Errors
/// When there is no such pool, a rule is broken, or the username or the e-mail address is another's.
pub async fn create(
    app: &App,
    author: &Author,
    place: Place<'_>,
    settings: UserSettings,
    given: Given,
) -> Result<UserRecord, Refusal> {
    let user = prepare(app, place, settings, given).await?;
    let tx = app.store.begin(app.clock.now()).await?;
    insert(app, &tx, author, place, &user).await?;
    app.commit(tx).await?;
    Ok(user)
}

/// A user who can be added to a pool: checked, and the password hashed.
///
/// # Errors
/// When there is no such pool, or a rule is broken.
pub async fn prepare(app: &App, place: Place<'_>, settings: UserSettings, given: Given) -> Result<UserRecord, Refusal> {
    let pool = app.store.find_pool(place.tenant_id, place.pool_id.as_str()).await?.ok_or(Refusal::NotFound)?;
    let person = rules::person(&settings)?;
    given.check(policy::of(&pool), &person)?;
    let password = match given.hashed(app).await? {
        Change::None => None,
        Change::To(password) => password,
    };
    let now = app.clock.now();
    let blank = UserRecord {
        // So begin the subjects of users, and no `client_id`.
        id: format!("usr_{}", random::token_id()),
        username: String::new(),
        username_key: String::new(),
        email: None,
        email_key: None,
        email_verified: false,
        name: None,
        given_name: None,
        family_name: None,
        locale: None,
        claims: json!({}),
        status: settings.status,
        password_set_at: password.as_ref().map(|_| now),
        password,
        version: 1,
        created_at: now,
        updated_at: now,
        last_signed_in_at: None,
    };
    Ok(with_settings(blank, settings, person))
}

/// Adds a user to a pool, as part of a transaction.
///
/// # Errors
/// When the username or the e-mail address is another's.
pub async fn insert(app: &App, tx: &Tx, author: &Author, place: Place<'_>, user: &UserRecord) -> Result<(), Refusal> {
    let outcome = tx.pool(place.tenant_id, place.pool_id.as_str()).insert_user(user).await?;
    if outcome != UserOutcome::Written {
        return Err(taken(outcome));
    }
    let detail = json!({"username": user.username, "pool_id": place.pool_id});
    let event = user_event(app, author, place, "user.created", &user.id);
    Ok(tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?)
}
