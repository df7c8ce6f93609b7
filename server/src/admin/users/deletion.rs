//! Deleting users; also for the command line.

use cardea_protocol::WorkspaceId;
use cardea_store::{NewAuditEvent, UserOutcome};
use serde_json::json;

use super::super::ATTEMPTS;
use super::super::platform::Watch;
use super::change::{Place, user_event};
use super::ending;
use crate::app::App;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;

/// Deletes a user, their sessions, their tokens and the roles they hold.
///
/// # Errors
/// When it is at another version, or nobody would be left to administer the platform.
pub async fn delete(app: &App, author: &Author, place: Place<'_>, id: &str, if_match: &IfMatch) -> Result<(), Refusal> {
    let (tenant_id, pool_id) = (place.tenant_id, place.pool_id.as_str());
    for _ in 0..ATTEMPTS {
        let user = app.store.pool(tenant_id, pool_id).find_user(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(user.version)?;
        let mut watch = Watch::over(app, tenant_id, &WorkspaceId::admin()).await?;
        let tx = app.store.begin(app.clock.now()).await?;
        watch.lock(&tx).await?;
        let pool = tx.pool(tenant_id, pool_id);
        // Locks the row, and with it whoever changes the user meanwhile.
        if pool.update_user(&user).await? != UserOutcome::Written {
            continue;
        }
        let ended = ending::end_all(app, &tx, place, id).await?;
        if !pool.delete_user(id).await? {
            continue;
        }
        watch.stays(&tx, None).await?;
        let detail = json!({"username": user.username, "pool_id": pool_id, "sessions_ended": ended});
        let event = user_event(app, author, place, "user.deleted", id);
        tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?;
        app.commit(tx).await?;
        app.logouts.notify_one();
        return Ok(());
    }
    Err(Refusal::contended())
}
