//! A new password by a one-time link: an administrator asks for the link, and whoever holds it chooses the password.

use cardea_protocol::password::normalised;
use cardea_protocol::{Secret, Timestamp, UserPoolId};
use cardea_store::{NewAuditEvent, PasswordHash, UserLinkRecord, UserRecord};
use serde_json::json;

use crate::admin::users::{PASSWORD_RESET, Place, end_all, user_event};
use crate::app::App;
use crate::failure::Failure;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::mail::Recipient;
use crate::random;
use crate::workspace::Workspace;
use crate::workspace::client::hash;

/// Seconds for which a link is good.
const LIFETIME: i64 = 3_600;

/// How a link gets to its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Whoever asks for it hands it on.
    HandedOn,
    /// It is sent to the user's address, because an administrator wants it so.
    Mailed,
    /// It is sent to the user's address, because somebody says that they have forgotten their password.
    Asked,
}

/// Makes a link for a user to a page of a workspace that uses their pool. Those before it end, unless anybody may have asked for this
/// one: strangers end nothing that an administrator has handed on.
///
/// # Errors
/// When the user may not sign in, or is gone.
pub async fn make(
    app: &App,
    author: &Author,
    place: Place<'_>,
    workspace: &Workspace,
    user: &UserRecord,
    way: Way,
) -> Result<(String, Timestamp), Refusal> {
    if !user.status.is_active() {
        let detail = "this user is inactive, and could not sign in with another password either".to_owned();
        return Err(Refusal::Conflict { code: "user_inactive", detail });
    }
    let (token, now) = (random::secret(), app.clock.now());
    let expires_at = now.plus_secs(LIFETIME);
    let link = UserLinkRecord {
        hash: hash(&token),
        purpose: PASSWORD_RESET.to_owned(),
        user_id: user.id.clone(),
        email: user.email.clone().filter(|_| way != Way::HandedOn),
        expires_at,
    };
    let tx = app.store.begin(now).await?;
    let pool = tx.pool(place.tenant_id, place.pool_id.as_str());
    // First the user's row, as whoever changes or deletes the user: neither waits for the other for ever.
    pool.lock_user(&user.id).await?.ok_or(Refusal::NotFound)?;
    if way != Way::Asked {
        pool.delete_links_of(&user.id, PASSWORD_RESET).await?;
    }
    let _ = pool.insert_link(&link).await?;
    let detail = json!({
        "username": user.username, "workspace_id": workspace.id, "expires_at": expires_at, "by_mail": link.email.is_some(),
    });
    let event = user_event(app, author, place, "user.password_reset_requested", &user.id);
    tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?;
    app.commit(tx).await?;
    Ok((workspace.issuer.url(&format!("/reset-password/{token}")), expires_at))
}

/// Where links of a user may be sent: to their address, if they have shown that it is theirs.
pub fn recipient(user: &UserRecord) -> Option<Recipient> {
    user.email.as_deref().filter(|_| user.email_verified).and_then(Recipient::parse)
}

/// Whether a link is still its user's: one that was sent is good for as long as the address is theirs.
fn is_theirs(link: &UserLinkRecord, user: &UserRecord) -> bool {
    link.user_id == user.id && (link.email.is_none() || (user.email_verified && link.email == user.email))
}

/// Whose link this is, if it is good here. What follows from it is for [`claim`] to allow.
///
/// # Errors
/// When the store is down.
pub async fn find(app: &App, workspace: &Workspace, token: &str) -> Result<Option<UserRecord>, Refusal> {
    let pool = app.store.pool(&workspace.tenant_id, workspace.pool_id());
    let Some(link) = pool.find_link(&hash(token), PASSWORD_RESET, app.clock.now()).await? else { return Ok(None) };
    Ok(pool.find_user(&link.user_id).await?.filter(|user| user.status.is_active() && is_theirs(&link, user)))
}

/// Gives the user of a link a password that was checked, ends the link and signs them out everywhere; answers whether the link was
/// still good.
///
/// # Errors
/// When the store is down, or too many slow hashes are wanted at once; the link stays good then.
pub async fn claim(
    app: &App,
    author: &Author,
    workspace: &Workspace,
    token: &str,
    user: &UserRecord,
    password: &str,
) -> Result<bool, Refusal> {
    let pool_id = UserPoolId::parse(workspace.pool_id()).map_err(|_| Refusal::NotFound)?;
    let place = Place { tenant_id: &workspace.tenant_id, pool_id: &pool_id };
    let password = Secret::new(normalised(password).to_string());
    let hashed = PasswordHash::new(app.passwords.hash(&password).await.map_err(Failure::from)?);
    let now = app.clock.now();
    let tx = app.store.begin(now).await?;
    let pool = tx.pool(place.tenant_id, place.pool_id.as_str());
    // First the user's row, and then the link's, as whoever changes or disables the user: neither waits for the other for ever.
    let is_there = pool.set_password(&user.id, Some(&hashed), now).await?;
    let claimed = pool.claim_link(&hash(token), PASSWORD_RESET, now).await?;
    let still = pool.find_user(&user.id).await?;
    let is_good = claimed.zip(still).is_some_and(|(link, still)| is_theirs(&link, &still));
    if !is_there || !is_good {
        return Ok(false);
    }
    let ended = end_all(app, &tx, place, &user.id).await?;
    let detail = json!({
        "username": user.username, "has_password": true, "by": "one-time link", "sessions_ended": ended,
    });
    let event = user_event(app, author, place, "user.password_changed", &user.id);
    tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?;
    app.commit(tx).await?;
    app.logouts.notify_one();
    Ok(true)
}
