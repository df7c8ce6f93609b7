//! Who is signed in in a browser: a session of one user pool, good in each workspace that uses the pool.

use std::sync::Arc;

use cardea_store::{SessionRecord, UserRecord};

use crate::app::App;
use crate::failure::Failure;
use crate::http::browser::Browser;
use crate::random;
use crate::workspace::Workspace;
use crate::workspace::client::hash;

/// Seconds for which nobody need sign in again in the same browser.
const LIFETIME: i64 = 24 * 3_600;

/// Seconds for which a session that was used is not noted to have been used again.
const SEEN: i64 = 300;

/// How strongly a password authenticates (ISO/IEC 29115 level 1): `acr`.
pub const ACR_PASSWORD: &str = "1";

/// Somebody who has signed in.
pub struct SignedIn {
    /// Since when, and how.
    pub session: SessionRecord,
    /// Who.
    pub user: UserRecord,
}

/// Who is signed in in this browser.
///
/// # Errors
/// When the store is down.
pub async fn current(
    app: &App,
    workspace: &Workspace,
    browser: &Browser<'_>,
) -> Result<Option<SignedIn>, Arc<Failure>> {
    let Some(cookie) = browser.session() else { return Ok(None) };
    let pool = app.store.pool(&workspace.tenant_id, workspace.pool_id());
    let failed = |error| Arc::new(Failure::from(error));
    let Some(session) = pool.find_session(&hash(&cookie), app.clock.now()).await.map_err(failed)? else {
        return Ok(None);
    };
    let user = pool.find_user(&session.user_id).await.map_err(failed)?;
    let now = app.clock.now();
    if now >= session.last_seen_at.plus_secs(SEEN) {
        // Nobody waits for it to succeed: the next request notes it as well.
        let _ = pool.touch_session(&session.hash, now).await;
    }
    Ok(user.filter(|user| user.status.is_active()).map(|user| SignedIn { session, user }))
}

/// How somebody has just proved who they are, and where.
pub struct SignIn<'a> {
    /// Who.
    pub user: &'a UserRecord,
    /// How (RFC 8176).
    pub amr: &'a [&'a str],
    /// From where.
    pub ip: Option<String>,
    /// With what.
    pub user_agent: Option<String>,
}

/// Begins a session in a browser, and ends the one that it had: what an attacker may have planted there is worth nothing.
///
/// # Errors
/// When the store is down.
pub async fn begin(
    app: &App,
    workspace: &Workspace,
    browser: &Browser<'_>,
    sign_in: SignIn<'_>,
) -> Result<String, Arc<Failure>> {
    let failed = |error| Arc::new(Failure::from(error));
    let (now, cookie) = (app.clock.now(), random::secret());
    let session = SessionRecord {
        hash: hash(&cookie),
        sid: random::token_id(),
        user_id: sign_in.user.id.clone(),
        auth_time: now,
        amr: sign_in.amr.iter().map(|method| (*method).to_owned()).collect(),
        created_at: now,
        last_seen_at: now,
        expires_at: now.plus_secs(LIFETIME),
        ip: sign_in.ip,
        user_agent: sign_in.user_agent,
    };
    let tx = app.store.begin(now).await.map_err(failed)?;
    let pool = tx.pool(&workspace.tenant_id, workspace.pool_id());
    let _ = pool.insert_session(&session).await.map_err(failed)?;
    pool.touch_last_signed_in(&session.user_id, now).await.map_err(failed)?;
    if let Some(former) = browser.session() {
        pool.delete_session(&hash(&former)).await.map_err(failed)?;
    }
    app.commit(tx).await.map_err(failed)?;
    Ok(cookie)
}
