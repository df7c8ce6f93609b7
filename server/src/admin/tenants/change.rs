//! Creating, changing and deleting tenants; also for the command line. What happens to a tenant as a whole is told in
//! `system/admin`, where it can be read after the tenant is gone.

use cardea_api::permission::Permission;
use cardea_api::tenant::{NewTenant, TenantSettings, TenantView};
use cardea_protocol::violation::Violation;
use cardea_protocol::{TenantId, WorkspaceId, WorkspaceSettings};
use cardea_store::{Detail, NewAuditEvent, TenantRecord};
use serde_json::{Map, Value};

use super::super::event::{difference, event};
use super::super::{ATTEMPTS, members, pools, text, workspaces};
use super::view;
use crate::app::App;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::http::standing::{Target, Verdict};
use crate::http::strict;
use crate::random;

fn tenant_event(app: &App, author: &Author, kind: &'static str, id: &TenantId) -> NewAuditEvent {
    event(app, author, (&TenantId::system(), &WorkspaceId::admin()), kind, format!("tenant:{id}"))
}

fn validate(id: &TenantId, settings: &TenantSettings) -> Result<(), Vec<Violation>> {
    let mut violations = Vec::new();
    if let Some(name) = &settings.name {
        text::name("/name", name, &mut violations);
    }
    if *id == TenantId::system() && !settings.status.is_active() {
        violations.push(Violation::new("/status", "protected", "the platform's own tenant stays active"));
    }
    strict::none(violations)
}

fn name_of(id: &TenantId, settings: &TenantSettings) -> String {
    settings.name.clone().unwrap_or_else(|| id.to_string())
}

/// Creates a tenant, its user pool `default` and its `admin` workspace.
///
/// # Errors
/// When a rule is broken or the id is taken.
pub async fn create(app: &App, author: &Author, new: NewTenant) -> Result<TenantRecord, Refusal> {
    let id = match new.id {
        Some(id) => id,
        None => TenantId::parse(&random::slug("t")).map_err(|_| Refusal::contended())?,
    };
    validate(&id, &new.settings)?;
    let now = app.clock.now();
    let name = name_of(&id, &new.settings);
    let status = new.settings.status;
    let tenant = TenantRecord { id, name, status, version: 1, created_at: now, updated_at: now };
    let admin =
        workspaces::prepare(app, &tenant.id, WorkspaceId::admin(), Default::default(), WorkspaceSettings::default())
            .await?;
    let mut tx = app.store.begin(now).await?;
    if !tx.insert_tenant(&tenant).await?.is_inserted() {
        return Err(Refusal::already_exists(&format!("tenant {}", tenant.id)));
    }
    tx.record(tenant_event(app, author, "tenant.created", &tenant.id)).await?;
    if !pools::insert_default(app, &tx, &tenant.id).await?.is_inserted()
        || !workspaces::insert(app, &mut tx, author, &admin).await?.is_inserted()
    {
        return Err(Refusal::contended());
    }
    tx.tenant_changed(&tenant.id);
    app.commit(tx).await?;
    Ok(tenant)
}

/// Changes a tenant by a merge patch.
///
/// # Errors
/// When a rule is broken, the author may not, or it is at another version.
pub async fn update(
    app: &App,
    author: &Author,
    id: &TenantId,
    patch: Map<String, Value>,
    if_match: &IfMatch,
) -> Result<TenantRecord, Refusal> {
    for _ in 0..ATTEMPTS {
        let before = app.store.find_tenant(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(before.version)?;
        let settable = members::patched(&view(before.clone()), patch.clone(), TenantView::READ_ONLY)?;
        let settings: TenantSettings = strict::read(settable)?;
        validate(id, &settings)?;
        let after = TenantRecord { name: name_of(id, &settings), status: settings.status, ..before.clone() };
        if after == before {
            return Ok(before);
        }
        if after.status != before.status
            && author.standing.judge(Permission::TenantsDelete, Target::Tenant(id)) != Verdict::Allowed
        {
            return Err(Refusal::Forbidden(Permission::TenantsDelete));
        }
        let after = TenantRecord { updated_at: app.clock.now(), ..after };
        let mut tx = app.store.begin(app.clock.now()).await?;
        if tx.update_tenant(&after).await? {
            let detail = Detail::of(&difference(&view(before), &view(after.clone())));
            tx.record(NewAuditEvent { detail, ..tenant_event(app, author, "tenant.updated", id) }).await?;
            tx.tenant_changed(id);
            app.commit(tx).await?;
            return Ok(TenantRecord { version: after.version + 1, ..after });
        }
    }
    Err(Refusal::contended())
}

/// Deletes a tenant and everything in it but its events, which no later tenant of this id is shown.
///
/// # Errors
/// When it is the platform's own, or at another version.
pub async fn delete(app: &App, author: &Author, id: &TenantId, if_match: &IfMatch) -> Result<(), Refusal> {
    if *id == TenantId::system() {
        return Err(Refusal::protected("the platform's own tenant cannot be deleted"));
    }
    for _ in 0..ATTEMPTS {
        let tenant = app.store.find_tenant(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(tenant.version)?;
        let mut tx = app.store.begin(app.clock.now()).await?;
        // Locks the row, and with it whoever changes the tenant meanwhile.
        if tx.update_tenant(&tenant).await? && tx.delete_tenant(id).await? {
            tx.record(tenant_event(app, author, "tenant.deleted", id)).await?;
            tx.tenant_changed(id);
            app.commit(tx).await?;
            return Ok(());
        }
    }
    Err(Refusal::contended())
}
