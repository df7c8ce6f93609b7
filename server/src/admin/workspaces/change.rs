//! Creating, changing and deleting workspaces; also for the command line.

use cardea_api::workspace::{NewWorkspace, WorkspaceDetails, WorkspaceView};
use cardea_protocol::{SigningAlg, TenantId, WorkspaceId, WorkspaceSettings};
use cardea_store::{Detail, InsertOutcome, KeyRecord, NewAuditEvent, Tx, WorkspaceRecord};
use serde_json::{Map, Value};

use super::super::event::{difference, event};
use super::super::platform::Watch;
use super::super::{ATTEMPTS, members, pools};
use super::{settings, view};
use crate::app::App;
use crate::failure::Failure;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::keys::lifecycle;
use crate::random;
use crate::registration::built_in;

/// A workspace with its first keys, not yet stored.
pub struct Prepared {
    workspace: WorkspaceRecord,
    keys: [KeyRecord; 2],
}

fn object(tenant_id: &TenantId, id: &WorkspaceId) -> String {
    format!("workspace:{tenant_id}/{id}")
}

/// Checks a workspace and makes its keys (ES256; others are made when they are first needed), before any transaction begins.
///
/// # Errors
/// When a rule is broken.
pub async fn prepare(
    app: &App,
    tenant_id: &TenantId,
    id: WorkspaceId,
    details: WorkspaceDetails,
    settings: WorkspaceSettings,
) -> Result<Prepared, Refusal> {
    settings::validate(&id, &details, &settings)?;
    let keys = lifecycle::first_keys(app, tenant_id, &id, SigningAlg::ES256).await.map_err(Failure::from)?;
    let now = app.clock.now();
    let workspace = WorkspaceRecord {
        tenant_id: tenant_id.clone(),
        name: details.name.unwrap_or_else(|| id.to_string()),
        id,
        description: details.description,
        status: details.status,
        settings,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    Ok(Prepared { workspace, keys })
}

/// Stores a prepared workspace, as part of a transaction.
///
/// # Errors
/// When the tenant is gone or the store is down.
pub async fn insert(app: &App, tx: &mut Tx, author: &Author, new: &Prepared) -> Result<InsertOutcome, Refusal> {
    let Prepared { workspace, keys } = new;
    let (tenant_id, id) = (&workspace.tenant_id, &workspace.id);
    let outcome = tx.insert_workspace(workspace).await?;
    if outcome.is_inserted() {
        for key in keys {
            // The workspace is new: nobody else can have made its keys.
            let _ = tx.scoped(tenant_id, id).insert_key(key).await?;
        }
        if *id == WorkspaceId::admin() {
            let _ = tx.scoped(tenant_id, id).insert_client(&built_in::console(workspace.created_at)).await?;
        }
        tx.record(event(app, author, (tenant_id, id), "workspace.created", object(tenant_id, id))).await?;
        tx.changed(tenant_id, id, None);
    }
    Ok(outcome)
}

/// Creates a workspace.
///
/// # Errors
/// When a rule is broken, the id is taken or the tenant is gone.
pub async fn create(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    new: NewWorkspace,
) -> Result<WorkspaceRecord, Refusal> {
    let id = match new.id {
        Some(id) => id,
        None => WorkspaceId::parse(&random::slug("w")).map_err(|_| Refusal::contended())?,
    };
    let prepared = prepare(app, tenant_id, id, new.details, new.settings).await?;
    let mut tx = app.store.begin(app.clock.now()).await?;
    pools::named(&tx, tenant_id, &prepared.workspace.settings).await?;
    if !insert(app, &mut tx, author, &prepared).await?.is_inserted() {
        return Err(Refusal::already_exists(&format!("workspace {}", prepared.workspace.id)));
    }
    app.commit(tx).await?;
    Ok(prepared.workspace)
}

/// Changes a workspace by a merge patch. Whose people it serves is the tenant's to say.
///
/// # Errors
/// When a rule is broken, the author may not, or it is at another version.
pub async fn update(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    id: &WorkspaceId,
    patch: Map<String, Value>,
    if_match: &IfMatch,
) -> Result<WorkspaceRecord, Refusal> {
    for _ in 0..ATTEMPTS {
        let before = app.store.find_workspace(tenant_id, id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(before.version)?;
        let shown = view(app, before.clone());
        let settable = members::patched(&shown, patch.clone(), WorkspaceView::READ_ONLY)?;
        let (details, settings) = settings::read(settable)?;
        settings::validate(id, &details, &settings)?;
        settings::keeps_console(id, &before.settings, &settings)?;
        let name = details.name.unwrap_or_else(|| id.to_string());
        let after = WorkspaceRecord {
            name,
            description: details.description,
            status: details.status,
            settings,
            ..before.clone()
        };
        let changed = difference(&shown, &view(app, after.clone()));
        if changed.is_empty() {
            return Ok(before);
        }
        let after = WorkspaceRecord { updated_at: app.clock.now(), ..after };
        let mut watch = Watch::over(app, tenant_id, id).await?;
        let mut tx = app.store.begin(app.clock.now()).await?;
        watch.lock(&tx).await?;
        if after.settings.user_pool_id != before.settings.user_pool_id {
            pools::named_by(author, &tx, tenant_id, &after.settings).await?;
        }
        if tx.update_workspace(&after).await? {
            watch.stays_with(&tx, &after.settings).await?;
            let event = event(app, author, (tenant_id, id), "workspace.updated", object(tenant_id, id));
            tx.record(NewAuditEvent { detail: Detail::of(&changed), ..event }).await?;
            tx.changed(tenant_id, id, None);
            app.commit(tx).await?;
            return Ok(WorkspaceRecord { version: after.version + 1, ..after });
        }
    }
    Err(Refusal::contended())
}

/// Deletes a workspace and everything in it but its events, which no later workspace of this id is shown.
///
/// # Errors
/// When it is an `admin` workspace, or at another version.
pub async fn delete(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    id: &WorkspaceId,
    if_match: &IfMatch,
) -> Result<(), Refusal> {
    if *id == WorkspaceId::admin() {
        return Err(Refusal::protected("the workspace that protects the management API cannot be deleted"));
    }
    for _ in 0..ATTEMPTS {
        let workspace = app.store.find_workspace(tenant_id, id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(workspace.version)?;
        let mut tx = app.store.begin(app.clock.now()).await?;
        // Locks the row, and with it whoever changes the workspace, or grants a role in it, meanwhile.
        if tx.update_workspace(&workspace).await? && tx.delete_workspace(tenant_id, id).await? {
            let place = (tenant_id, &WorkspaceId::admin());
            tx.record(event(app, author, place, "workspace.deleted", object(tenant_id, id))).await?;
            tx.changed(tenant_id, id, None);
            app.commit(tx).await?;
            return Ok(());
        }
    }
    Err(Refusal::contended())
}
