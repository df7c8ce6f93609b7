//! What a person has agreed that a client may have: asked once, kept, and asked again for what is new.

use std::sync::Arc;

use cardea_protocol::{ClientId, Scope};
use cardea_store::{ConsentRecord, NewAuditEvent, Tx};

use super::session::SignedIn;
use super::visit::Visit;
use crate::failure::Failure;

/// What the person has agreed that the client may have.
///
/// # Errors
/// When the store is down.
pub async fn find(
    visit: &Visit<'_>,
    client_id: &ClientId,
    person: &SignedIn,
) -> Result<Option<ConsentRecord>, Arc<Failure>> {
    let scoped = visit.workspace.scoped(&visit.app.store);
    let found = scoped.find_consent(&person.user.id, client_id).await;
    let found = found.map_err(|error| Arc::new(Failure::from(error)))?;
    // A workspace that changed its pool has other people now.
    Ok(found.filter(|consent| consent.pool_id == visit.workspace.pool_id()))
}

/// Keeps what the person has agreed to, once `tx` is committed.
///
/// # Errors
/// When the store is down.
pub async fn keep(
    visit: &Visit<'_>,
    tx: &Tx,
    client_id: &ClientId,
    person: &SignedIn,
    scope: &Scope,
) -> Result<(), Arc<Failure>> {
    let (workspace, now) = (&visit.workspace, visit.app.clock.now());
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    let kept = scoped.grant_consent(workspace.pool_id(), &person.user.id, client_id, scope, now).await;
    kept.map_err(|error| Arc::new(Failure::from(error)))?;
    Ok(())
}

/// Tells the audit log of it.
pub fn record(visit: &Visit<'_>, client_id: &ClientId, person: &SignedIn, scope: &Scope) {
    let detail = serde_json::json!({"scope": scope.as_str()});
    let event = visit.event("consent.granted", Some(client_id), Some(&person.user.id));
    visit.app.audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
}
