//! An address that is shown to be one's own, by a one-time link: an administrator asks for it, and whoever reads the mail of the address
//! confirms it.

use cardea_protocol::{Timestamp, UserPoolId};
use cardea_store::{NewAuditEvent, UserLinkRecord, UserRecord};
use serde_json::json;

use crate::admin::users::{Place, user_event};
use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::random;
use crate::workspace::Workspace;
use crate::workspace::client::hash;

/// Seconds for which a link is good.
const LIFETIME: i64 = 24 * 3_600;
/// What such a link is good for.
const EMAIL_VERIFICATION: &str = "email_verification";

/// What a link is about.
pub struct Claim {
    /// Whose link it is.
    pub user: UserRecord,
    /// The address.
    pub email: String,
}

/// Makes a link for a user's address to a page of a workspace that uses their pool; those before it end.
///
/// # Errors
/// When there is no address to be verified, or the user may not sign in, or is gone.
pub async fn make(
    app: &App,
    author: &Author,
    place: Place<'_>,
    workspace: &Workspace,
    user: &UserRecord,
    by_mail: bool,
) -> Result<(String, Timestamp), Refusal> {
    let refused = |code, detail: &str| Err(Refusal::Conflict { code, detail: detail.to_owned() });
    let Some(email) = &user.email else { return refused("no_email", "this user has no e-mail address") };
    if user.email_verified {
        return refused("email_verified", "this e-mail address is verified already");
    }
    if !user.status.is_active() {
        return refused("user_inactive", "this user is inactive");
    }
    let (token, now) = (random::secret(), app.clock.now());
    let expires_at = now.plus_secs(LIFETIME);
    let link = UserLinkRecord {
        hash: hash(&token),
        purpose: EMAIL_VERIFICATION.to_owned(),
        user_id: user.id.clone(),
        email: Some(email.clone()),
        expires_at,
    };
    let tx = app.store.begin(now).await?;
    let pool = tx.pool(place.tenant_id, place.pool_id.as_str());
    // First the user's row, as whoever changes or deletes the user: neither waits for the other for ever.
    pool.lock_user(&user.id).await?.ok_or(Refusal::NotFound)?;
    pool.delete_links_of(&user.id, EMAIL_VERIFICATION).await?;
    let _ = pool.insert_link(&link).await?;
    let detail = json!({
        "username": user.username, "workspace_id": workspace.id, "expires_at": expires_at, "by_mail": by_mail,
    });
    let event = user_event(app, author, place, "user.email_verification_requested", &user.id);
    tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?;
    app.commit(tx).await?;
    Ok((workspace.issuer.url(&format!("/verify-email/{token}")), expires_at))
}

/// What this link is about, if it is good here. What follows from it is for [`claim`] to allow.
///
/// # Errors
/// When the store is down.
pub async fn find(app: &App, workspace: &Workspace, token: &str) -> Result<Option<Claim>, Refusal> {
    let pool = app.store.pool(&workspace.tenant_id, workspace.pool_id());
    let Some(link) = pool.find_link(&hash(token), EMAIL_VERIFICATION, app.clock.now()).await? else { return Ok(None) };
    let user = pool.find_user(&link.user_id).await?;
    let user = user.filter(|user| user.status.is_active() && link.email.is_some() && user.email == link.email);
    Ok(user.zip(link.email).map(|(user, email)| Claim { user, email }))
}

/// Notes that the address is the user's, and ends the link; answers whether the link was still good.
///
/// # Errors
/// When the store is down.
pub async fn claim(
    app: &App,
    author: &Author,
    workspace: &Workspace,
    token: &str,
    claim: &Claim,
) -> Result<bool, Refusal> {
    let pool_id = UserPoolId::parse(workspace.pool_id()).map_err(|_| Refusal::NotFound)?;
    let place = Place { tenant_id: &workspace.tenant_id, pool_id: &pool_id };
    let (user, now) = (&claim.user, app.clock.now());
    let tx = app.store.begin(now).await?;
    let pool = tx.pool(place.tenant_id, place.pool_id.as_str());
    // First the user's row, and then the link's, as whoever changes the user: neither waits for the other for ever.
    let is_theirs = pool.verify_email(&user.id, &claim.email, now).await?;
    let claimed = pool.claim_link(&hash(token), EMAIL_VERIFICATION, now).await?;
    if !is_theirs || claimed.is_none_or(|link| link.user_id != user.id || link.email.as_ref() != Some(&claim.email)) {
        return Ok(false);
    }
    let detail = json!({"username": user.username, "by": "one-time link"});
    let event = user_event(app, author, place, "user.email_verified", &user.id);
    tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?;
    app.commit(tx).await?;
    Ok(true)
}
