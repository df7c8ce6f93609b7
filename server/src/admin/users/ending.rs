//! What ends with a password, or with somebody's being let in: their sessions, all that was granted through them, and the links
//! that would give them another password.

use cardea_protocol::Timestamp;
use cardea_store::{PoolTx, StoreError};

/// What a one-time link for another password is good for.
const PASSWORD_RESET: &str = "password_reset";

/// Signs a user out everywhere and revokes their tokens; answers how many sessions that were.
///
/// # Errors
/// When the store is down.
pub(super) async fn end_all(pool: &PoolTx<'_>, user_id: &str, now: Timestamp) -> Result<usize, StoreError> {
    let ended = pool.delete_sessions_of(user_id, None).await?;
    pool.revoke_families_of_user(user_id, now).await?;
    pool.delete_links_of(user_id, PASSWORD_RESET).await?;
    Ok(ended.len())
}
