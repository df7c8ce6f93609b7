//! A client takes its registration back (RFC 7592 §2.3). With it go its secrets, its token, and all that was granted to it: a family
//! that is gone counts as revoked.

use super::DELETED;
use super::call::{Call, OwnRegistration};
use super::refusal::Refused;
use crate::workspace::client::hash;

/// Deletes a client.
///
/// # Errors
/// When the token has been used by somebody else meanwhile.
pub(super) async fn delete(call: &Call<'_>, own: &OwnRegistration) -> Result<(), Refused> {
    let (app, client_id) = (call.app, &own.client.client_id);
    let place = (&call.workspace.tenant_id, &call.workspace.id);
    let mut tx = app.store.begin(app.clock.now()).await?;
    let scoped = tx.scoped(place.0, place.1);
    scoped.lock_client(client_id).await?.ok_or(Refused::Token)?;
    if !scoped.delete_registration_token(client_id, &hash(&own.token)).await? {
        return Err(Refused::Token);
    }
    scoped.delete_client(client_id).await?;
    tx.record(call.event(DELETED, client_id.as_str(), call.name_of("client", client_id.as_str()))).await?;
    tx.changed(place.0, place.1, Some(client_id));
    Ok(app.commit(tx).await?)
}
