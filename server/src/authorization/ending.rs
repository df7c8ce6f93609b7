//! A session ends: nobody is signed in any more, the tokens that live with it die (OpenID Connect RP-Initiated Logout 1.0 §2; those
//! with `offline_access` live on), and the clients that it was good for are to hear of it (Back-Channel Logout 1.0 §2.5).

use std::sync::Arc;

use cardea_protocol::TenantId;
use cardea_store::{LogoutDelivery, NewAuditEvent, StoreError, Tx};

use super::session::SignedIn;
use super::visit::Visit;
use crate::app::App;
use crate::failure::Failure;
use crate::random;

/// Ends the session of `person` in this browser.
///
/// # Errors
/// When the store is down; the session goes on then.
pub async fn end(visit: &Visit<'_>, person: &SignedIn) -> Result<(), Arc<Failure>> {
    let (app, workspace, now) = (visit.app, &visit.workspace, visit.app.clock.now());
    let failed = |error| Arc::new(Failure::from(error));
    let tx = app.store.begin(now).await.map_err(failed)?;
    let pool = tx.pool(&workspace.tenant_id, workspace.pool_id());
    pool.delete_session(&person.session.hash).await.map_err(failed)?;
    let sid = &person.session.sid;
    revoke_and_tell(app, &tx, &workspace.tenant_id, workspace.pool_id(), sid).await.map_err(failed)?;
    app.commit(tx).await.map_err(failed)?;
    app.logouts.notify_one();
    let event = visit.event("user.signed_out", None, Some(&person.user.id));
    app.audit.record_success(NewAuditEvent { detail: None, ..event });
    Ok(())
}

/// Revokes what was granted in the session `sid`, and writes down which clients are to hear that it has ended. Whoever commits
/// `tx` wakes the delivery by [`App::logouts`].
///
/// # Errors
/// When the store is down.
pub async fn revoke_and_tell(
    app: &App,
    tx: &Tx,
    tenant_id: &TenantId,
    pool_id: &str,
    sid: &str,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    for concerned in tx.pool(tenant_id, pool_id).revoke_families_of_session(sid, now).await? {
        let delivery = LogoutDelivery {
            tenant_id: tenant_id.clone(),
            workspace_id: concerned.workspace_id,
            id: random::id(),
            client_id: concerned.client_id,
            user_id: concerned.user_id,
            sid: sid.to_owned(),
            attempts: 0,
            due_at: now,
            created_at: now,
        };
        tx.scoped(tenant_id, &delivery.workspace_id).insert_logout_delivery(&delivery).await?;
    }
    Ok(())
}
