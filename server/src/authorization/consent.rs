//! What a person has agreed that a client may have: asked once, kept, asked again for what is new, and taken back.

use std::sync::Arc;

use cardea_protocol::{ClientId, Scope, TenantId, Timestamp, WorkspaceId};
use cardea_store::{ConsentRecord, NewAuditEvent, Outcome, StoreError, Tx};

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

/// A consent that is to be taken back.
#[derive(Clone, Copy)]
pub struct Withdrawal<'a> {
    /// The tenant of the workspace.
    pub tenant_id: &'a TenantId,
    /// The workspace of the client.
    pub workspace_id: &'a WorkspaceId,
    /// Who has agreed.
    pub user_id: &'a str,
    /// The client.
    pub client_id: &'a ClientId,
}

/// Takes it back, and with it all tokens that came of it; `event` says who does so. Answers whether there was a consent.
///
/// # Errors
/// When the store is down.
pub async fn withdraw(
    tx: &Tx,
    which: Withdrawal<'_>,
    event: NewAuditEvent,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let scoped = tx.scoped(which.tenant_id, which.workspace_id);
    let Some(families) = scoped.withdraw_consent(which.user_id, which.client_id, now).await? else {
        return Ok(false);
    };
    let detail = serde_json::json!({"families_revoked": families});
    let (client_id, user_id) = (which.client_id.as_str().to_owned(), which.user_id.to_owned());
    tx.record(NewAuditEvent {
        client_id: Some(client_id),
        user_id: Some(user_id),
        detail: Some(detail.into()),
        outcome: Outcome::Success,
        ..event
    })
    .await?;
    Ok(true)
}

/// Tells the audit log of what was kept.
pub fn record(visit: &Visit<'_>, client_id: &ClientId, person: &SignedIn, scope: &Scope) {
    let detail = serde_json::json!({"scope": scope.as_str()});
    let event = visit.event("consent.granted", Some(client_id), Some(&person.user.id));
    visit.app.audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
}
