//! Creating, changing and deleting services; also for the command line.

use cardea_api::service::{ServiceSettings, ServiceView};
use cardea_protocol::TenantId;
use cardea_store::{Detail, NewAuditEvent, ScopeRecord, ServiceOutcome, ServiceRecord, WorkspaceRecord};
use serde_json::{Map, Value};

use super::super::event::{difference, event};
use super::super::{ATTEMPTS, members};
use super::rules::validate;
use super::view;
use crate::app::App;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::random;

/// Services of a workspace, at most: every token request is judged by all of them.
const MAX_SERVICES: u64 = 1_000;

fn service_event(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    kind: &'static str,
    id: &str,
) -> NewAuditEvent {
    let (tenant_id, workspace_id): (&TenantId, _) = (&workspace.tenant_id, &workspace.id);
    event(app, author, (tenant_id, workspace_id), kind, format!("service:{tenant_id}/{workspace_id}/{id}"))
}

fn with_settings(record: ServiceRecord, settings: ServiceSettings) -> ServiceRecord {
    let mut scopes: Vec<_> = settings
        .scopes
        .into_iter()
        .map(|scope| ScopeRecord { name: scope.name, display_name: scope.display_name, description: scope.description })
        .collect();
    // As the store answers them: what is merely in another order has not changed.
    scopes.sort_by(|one, other| one.name.cmp(&other.name));
    let mut introspection_client_ids = settings.introspection_client_ids;
    introspection_client_ids.sort_unstable();
    introspection_client_ids.dedup();
    ServiceRecord { name: settings.name, audience: settings.audience, scopes, introspection_client_ids, ..record }
}

fn taken(outcome: &ServiceOutcome) -> Refusal {
    match outcome {
        ServiceOutcome::AudienceTaken => Refusal::already_exists("a service of this audience"),
        ServiceOutcome::ScopeTaken(name) => Refusal::already_exists(&format!("scope {name}")),
        ServiceOutcome::Written | ServiceOutcome::Stale => Refusal::contended(),
    }
}

/// Creates a service.
///
/// # Errors
/// When a rule is broken, its audience or one of its scopes is taken, or the workspace has too many.
pub async fn create(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    settings: ServiceSettings,
) -> Result<ServiceRecord, Refusal> {
    validate(&settings, &app.public_url().management_audience())?;
    let now = app.clock.now();
    let blank = ServiceRecord {
        id: random::id(),
        name: String::new(),
        audience: String::new(),
        introspection_client_ids: Vec::new(),
        scopes: Vec::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let service = with_settings(blank, settings);
    let mut tx = app.store.begin(now).await?;
    // Of those who create services at the same time, each counts what the others have created.
    tx.lock_workspace(&workspace.tenant_id, &workspace.id).await?.ok_or(Refusal::NotFound)?;
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    if scoped.count_services().await? >= MAX_SERVICES {
        let detail = format!("a workspace has at most {MAX_SERVICES} services");
        return Err(Refusal::Conflict { code: "too_many", detail });
    }
    let outcome = scoped.insert_service(&service).await?;
    if outcome != ServiceOutcome::Written {
        return Err(taken(&outcome));
    }
    let detail = Detail::of(&view(service.clone()).settings);
    tx.record(NewAuditEvent { detail, ..service_event(app, author, workspace, "service.created", &service.id) })
        .await?;
    tx.changed(&workspace.tenant_id, &workspace.id, None);
    app.commit(tx).await?;
    Ok(service)
}

/// Changes a service as `edit` says, which is asked again when others were faster.
///
/// # Errors
/// When a rule is broken, a name is taken, or it is at another version.
pub(in crate::admin) async fn change(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    id: &str,
    if_match: &IfMatch,
    edit: impl Fn(&ServiceRecord) -> Result<ServiceSettings, Refusal>,
) -> Result<ServiceRecord, Refusal> {
    let scoped = app.store.scoped(&workspace.tenant_id, &workspace.id);
    for _ in 0..ATTEMPTS {
        let before = scoped.find_service(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(before.version)?;
        let settings = edit(&before)?;
        validate(&settings, &app.public_url().management_audience())?;
        let after = with_settings(before.clone(), settings);
        if after == before {
            return Ok(before);
        }
        let after = ServiceRecord { updated_at: app.clock.now(), ..after };
        let mut tx = app.store.begin(app.clock.now()).await?;
        match tx.scoped(&workspace.tenant_id, &workspace.id).update_service(&after).await? {
            ServiceOutcome::Written => {}
            ServiceOutcome::Stale => continue,
            outcome => return Err(taken(&outcome)),
        }
        let detail = Detail::of(&difference(&view(before), &view(after.clone())));
        tx.record(NewAuditEvent { detail, ..service_event(app, author, workspace, "service.updated", id) }).await?;
        tx.changed(&workspace.tenant_id, &workspace.id, None);
        app.commit(tx).await?;
        return Ok(ServiceRecord { version: after.version + 1, ..after });
    }
    Err(Refusal::contended())
}

/// Changes a service by a merge patch.
///
/// # Errors
/// When a rule is broken, a name is taken, or it is at another version.
pub async fn update(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    id: &str,
    patch: Map<String, Value>,
    if_match: &IfMatch,
) -> Result<ServiceRecord, Refusal> {
    let edit = |before: &ServiceRecord| {
        let settable = members::patched(&view(before.clone()), patch.clone(), ServiceView::READ_ONLY)?;
        Ok(strict::read(settable)?)
    };
    change(app, author, workspace, id, if_match, edit).await
}

/// Deletes a service and its scopes.
///
/// # Errors
/// When it is at another version.
pub async fn delete(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    id: &str,
    if_match: &IfMatch,
) -> Result<(), Refusal> {
    let place = (&workspace.tenant_id, &workspace.id);
    for _ in 0..ATTEMPTS {
        let service = app.store.scoped(place.0, place.1).find_service(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(service.version)?;
        let mut tx = app.store.begin(app.clock.now()).await?;
        let scoped = tx.scoped(place.0, place.1);
        // Locks the row, and with it whoever changes the service meanwhile.
        if scoped.update_service(&service).await? == ServiceOutcome::Written && scoped.delete_service(id).await? {
            tx.record(service_event(app, author, workspace, "service.deleted", id)).await?;
            tx.changed(place.0, place.1, None);
            app.commit(tx).await?;
            return Ok(());
        }
    }
    Err(Refusal::contended())
}
