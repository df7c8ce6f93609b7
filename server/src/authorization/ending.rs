//! A session ends: nobody is signed in any more, and the tokens that live with it die (OpenID Connect RP-Initiated Logout 1.0 §2;
//! those with `offline_access` live on).

use std::sync::Arc;

use cardea_store::NewAuditEvent;

use super::session::SignedIn;
use super::visit::Visit;
use crate::failure::Failure;

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
    pool.revoke_families_of_session(&person.session.sid, now).await.map_err(failed)?;
    app.commit(tx).await.map_err(failed)?;
    let event = visit.event("user.signed_out", None, Some(&person.user.id));
    app.audit.record_success(NewAuditEvent { detail: None, ..event });
    Ok(())
}
