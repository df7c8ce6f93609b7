//! Appointing and dismissing administrators; also for the command line. Nobody grants, or takes, more than they hold.

use cardea_api::administrator::NewAdministrator;
use cardea_api::permission::{Permission, may_grant};
use cardea_protocol::violation::Violation;
use cardea_protocol::{Role, TenantId, WorkspaceId};
use cardea_store::{AdministratorRecord, NewAuditEvent, Principal};
use serde_json::json;

use super::super::event::event;
use super::super::platform::Watch;
use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::random;

fn grantable(author: &Author, role: Role) -> Result<(), Refusal> {
    let may = author.standing.roles().iter().any(|(held, _)| may_grant(*held, role));
    if may { Ok(()) } else { Err(Refusal::Forbidden(Permission::AdministratorsWrite)) }
}

fn validate(tenant_id: &TenantId, new: &NewAdministrator) -> Result<(), Vec<Violation>> {
    let mut violations = Vec::new();
    if new.role.is_platform() && *tenant_id != TenantId::system() {
        violations.push(Violation::new("/role", "not_allowed", "this role exists in the platform's own tenant alone"));
    }
    match &new.workspace_id {
        None if new.role.is_workspace() => {
            violations.push(Violation::new("/workspace_id", "required", "name the workspace where this role holds"));
        }
        Some(_) if !new.role.is_workspace() => {
            violations.push(Violation::new("/workspace_id", "not_allowed", "this role holds in the whole tenant"));
        }
        Some(workspace_id) if *workspace_id == WorkspaceId::admin() => {
            let message = "who administers the admin workspace administers the tenant: grant tenant_admin instead";
            violations.push(Violation::new("/workspace_id", "not_allowed", message));
        }
        _ => {}
    }
    strict::none(violations)
}

fn role_event(app: &App, author: &Author, kind: &'static str, administrator: &AdministratorRecord) -> NewAuditEvent {
    let tenant_id = &administrator.tenant_id;
    let (client_id, user_id) = match &administrator.principal {
        Principal::Client(client_id) => (Some(client_id.as_str().to_owned()), None),
        Principal::User(user_id) => (None, Some(user_id.clone())),
    };
    let object = format!("administrator:{tenant_id}/{}", administrator.id);
    let detail = json!({"role": administrator.role, "workspace_id": administrator.workspace_id});
    let event = event(app, author, (tenant_id, &WorkspaceId::admin()), kind, object);
    NewAuditEvent { client_id, user_id, detail: Some(detail.into()), ..event }
}

/// The event of an appointment.
pub(crate) fn appointed(app: &App, author: &Author, administrator: &AdministratorRecord) -> NewAuditEvent {
    role_event(app, author, "administrator.appointed", administrator)
}

/// Gives a client of the tenant's `admin` workspace a role.
///
/// # Errors
/// When a rule is broken, the role is above the author's own, or the client holds it already.
pub async fn appoint(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    new: NewAdministrator,
) -> Result<AdministratorRecord, Refusal> {
    validate(tenant_id, &new)?;
    grantable(author, new.role)?;
    let now = app.clock.now();
    let mut tx = app.store.begin(now).await?;
    // Who deletes the client, or the workspace, meanwhile waits, and then finds the role: it must not be there for the next
    // one to be made under this id.
    if tx.scoped(tenant_id, &WorkspaceId::admin()).lock_client(&new.client_id).await?.is_none() {
        let message = "there is no such client in the admin workspace";
        return Err(Refusal::violation("/client_id", "not_found", message));
    }
    if let Some(workspace_id) = &new.workspace_id
        && tx.lock_workspace(tenant_id, workspace_id).await?.is_none()
    {
        let message = "there is no such workspace in this tenant";
        return Err(Refusal::violation("/workspace_id", "not_found", message));
    }
    let administrator = AdministratorRecord {
        id: random::id(),
        tenant_id: tenant_id.clone(),
        principal: Principal::Client(new.client_id),
        role: new.role,
        workspace_id: new.workspace_id,
        created_at: now,
    };
    if !tx.insert_administrator(&administrator).await?.is_inserted() {
        return Err(Refusal::already_exists("this role of this client"));
    }
    tx.record(appointed(app, author, &administrator)).await?;
    tx.changed(tenant_id, &WorkspaceId::admin(), None);
    app.commit(tx).await?;
    Ok(administrator)
}

/// Takes a role away.
///
/// # Errors
/// When the role is above the author's own, or the last of the platform.
pub async fn dismiss(app: &App, author: &Author, tenant_id: &TenantId, id: &str) -> Result<(), Refusal> {
    let administrator = app.store.find_administrator(tenant_id, id).await?.ok_or(Refusal::NotFound)?;
    grantable(author, administrator.role)?;
    let mut watch = Watch::over(app, tenant_id, &WorkspaceId::admin()).await?;
    let mut tx = app.store.begin(app.clock.now()).await?;
    watch.lock(&tx).await?;
    if !tx.delete_administrator(tenant_id, id).await? {
        return Err(Refusal::NotFound);
    }
    watch.stays(&tx, None).await?;
    tx.record(role_event(app, author, "administrator.dismissed", &administrator)).await?;
    tx.changed(tenant_id, &WorkspaceId::admin(), None);
    Ok(app.commit(tx).await?)
}
