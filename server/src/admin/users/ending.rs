//! What ends with a password, or with somebody's being let in: their sessions, of which clients are to hear (OIDC Back-Channel Logout
//! 1.0), all that was granted through them, and the links that would give them another password.

use cardea_store::{StoreError, Tx};

use super::Place;
use crate::app::App;
use crate::authorization::ending::revoke_and_tell;

/// What a one-time link for another password is good for.
pub(crate) const PASSWORD_RESET: &str = "password_reset";

/// Signs a user out everywhere and revokes their tokens; answers how many sessions that were. Whoever commits wakes the delivery
/// by [`App::logouts`].
///
/// # Errors
/// When the store is down.
pub(crate) async fn end_all(app: &App, tx: &Tx, place: Place<'_>, user_id: &str) -> Result<usize, StoreError> {
    end_all_but(app, tx, place, user_id, None).await
}

/// The same, but for the session with the hash `except`, in which they stay signed in.
///
/// # Errors
/// When the store is down.
pub(crate) async fn end_all_but(
    app: &App,
    tx: &Tx,
    place: Place<'_>,
    user_id: &str,
    except: Option<&[u8; 32]>,
) -> Result<usize, StoreError> {
    let pool = tx.pool(place.tenant_id, place.pool_id.as_str());
    let ended = pool.delete_sessions_of(user_id, except).await?;
    for sid in &ended {
        revoke_and_tell(app, tx, place.tenant_id, place.pool_id.as_str(), sid).await?;
    }
    pool.revoke_families_of_user(user_id, app.clock.now()).await?;
    pool.delete_links_of(user_id, PASSWORD_RESET).await?;
    Ok(ended.len())
}
