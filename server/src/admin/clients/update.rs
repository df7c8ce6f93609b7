//! Changing clients; also for the command line.

use cardea_api::client::ClientView;
use cardea_protocol::ClientId;
use cardea_store::{ClientRecord, Detail, NewAuditEvent, WorkspaceRecord};
use serde_json::{Map, Value, json};

use super::super::event::{client_event, difference};
use super::super::platform::Watch;
use super::super::{ATTEMPTS, members};
use super::view;
use crate::app::App;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::keys::lifecycle;
use crate::registration::built_in;
use crate::registration::credential::{self, Credential, Purpose, Turn};
use crate::registration::rules::{canonical, refused, validate};

/// Changes a client by a merge patch. Answers a secret when the change made one.
///
/// # Errors
/// When a rule is broken, it is at another version, or built in.
pub async fn update(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    client_id: &ClientId,
    patch: Map<String, Value>,
    if_match: &IfMatch,
) -> Result<(ClientRecord, Option<Credential>), Refusal> {
    built_in::check_own(&workspace.id, client_id)?;
    let scoped = app.store.scoped(&workspace.tenant_id, &workspace.id);
    for _ in 0..ATTEMPTS {
        let before = scoped.find_client(client_id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(before.version)?;
        let after = patched(app, &before, patch.clone(), workspace)?;
        if after.metadata == before.metadata {
            return Ok((before, None));
        }
        lifecycle::prepare_for(app, &workspace.tenant_id, &workspace.id, &workspace.settings, &after.metadata).await?;
        let purpose = Purpose { workspace, client_id, metadata: &after.metadata };
        let turn =
            credential::turn(before.metadata.token_endpoint_auth_method, after.metadata.token_endpoint_auth_method);
        let secret = match turn {
            Turn::Drop => None,
            Turn::Replace => Some(credential::make(app, purpose, "first".to_owned(), None, None).await?),
            Turn::Keep => {
                credential::check_sealed(app, &purpose, &scoped.secrets_of(client_id).await?)?;
                None
            }
        };
        let after = ClientRecord { updated_at: app.clock.now(), ..after };
        if store(app, author, workspace, (&before, &after), turn, secret.as_ref()).await? {
            return Ok((ClientRecord { version: after.version + 1, ..after }, secret));
        }
    }
    Err(Refusal::contended())
}

fn patched(
    app: &App,
    before: &ClientRecord,
    patch: Map<String, Value>,
    workspace: &WorkspaceRecord,
) -> Result<ClientRecord, Refusal> {
    let settable =
        members::patched(&view(app, &workspace.id, before.clone()), patch, ClientView::READ_ONLY).map_err(refused)?;
    let metadata = canonical(strict::read(settable).map_err(refused)?);
    let after = ClientRecord { metadata, ..before.clone() };
    if after.metadata != before.metadata {
        validate(&after.metadata, &workspace.settings)?;
    }
    Ok(after)
}

/// Answers whether the client was still at the version of `before`.
async fn store(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    (before, after): (&ClientRecord, &ClientRecord),
    turn: Turn,
    secret: Option<&Credential>,
) -> Result<bool, Refusal> {
    let place = (&workspace.tenant_id, &workspace.id);
    let mut watch = Watch::over(app, place.0, place.1).await?;
    let mut tx = app.store.begin(app.clock.now()).await?;
    watch.lock(&tx).await?;
    let scoped = tx.scoped(place.0, place.1);
    if !scoped.update_client(after).await? {
        return Ok(false);
    }
    let mut changed = difference(&before.metadata, &after.metadata);
    if turn != Turn::Keep && scoped.delete_secrets(&after.client_id).await? > 0 {
        changed.insert("client_secret".to_owned(), json!("deleted"));
    }
    if let Some(secret) = secret {
        let _ = scoped.insert_secret(&secret.record).await?;
        changed.insert("client_secret".to_owned(), json!("replaced"));
    }
    // Nobody can tell whether a client is ready for another method.
    let is_moved = before.metadata.token_endpoint_auth_method != after.metadata.token_endpoint_auth_method;
    watch.stays(&tx, is_moved.then_some(&after.client_id)).await?;
    let event = client_event(app, author, place, "client.updated", &after.client_id);
    tx.record(NewAuditEvent { detail: Detail::of(&changed), ..event }).await?;
    tx.changed(place.0, place.1, Some(&after.client_id));
    app.commit(tx).await?;
    Ok(true)
}
