//! Deleting clients; also for the command line.

use cardea_protocol::ClientId;
use cardea_store::WorkspaceRecord;

use super::super::ATTEMPTS;
use super::super::event::client_event;
use super::super::platform::Watch;
use crate::app::App;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::registration::built_in;

/// Deletes a client, its secrets and the roles it holds: whoever registers its id again inherits nothing.
///
/// # Errors
/// When it is at another version, built in, or the last platform administrator.
pub async fn delete(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    client_id: &ClientId,
    if_match: &IfMatch,
) -> Result<(), Refusal> {
    let place = (&workspace.tenant_id, &workspace.id);
    built_in::check_own(place.1, client_id)?;
    for _ in 0..ATTEMPTS {
        let found = app.store.scoped(place.0, place.1).find_client(client_id).await?;
        let client = found.ok_or(Refusal::NotFound)?;
        if_match.check(client.version)?;
        let mut watch = Watch::over(app, place.0, place.1).await?;
        let mut tx = app.store.begin(app.clock.now()).await?;
        watch.lock(&tx).await?;
        let scoped = tx.scoped(place.0, place.1);
        // Locks the row, and with it whoever changes the client, or grants it a role, meanwhile.
        if scoped.update_client(&client).await? && scoped.delete_client(client_id).await? {
            watch.stays(&tx, None).await?;
            tx.record(client_event(app, author, place, "client.deleted", client_id)).await?;
            tx.changed(place.0, place.1, Some(client_id));
            app.commit(tx).await?;
            return Ok(());
        }
    }
    Err(Refusal::contended())
}
