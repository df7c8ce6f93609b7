//! Appointing and dismissing administrators; also for the command line. Nobody grants, or takes, more than they hold.

use cardea_api::administrator::NewAdministrator;
use cardea_api::permission::{Permission, may_grant};
use cardea_protocol::violation::Violation;
use cardea_protocol::{Role, TenantId, WorkspaceId};
use cardea_store::{AdministratorRecord, NewAuditEvent, Principal, Tx};
use serde_json::json;

use super::super::event::event;
use super::super::platform::Watch;
use super::super::pools::pool_of;
use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::random;

fn grantable(author: &Author, role: Role) -> Result<(), Refusal> {
    let may = author.standing.roles().iter().any(|(held, _)| may_grant(*held, role));
    if may { Ok(()) } else { Err(Refusal::Forbidden(Permission::AdministratorsWrite)) }
}

fn principal(new: &NewAdministrator) -> Result<Principal, Violation> {
    match (&new.client_id, &new.user_id) {
        (Some(client_id), None) => Ok(Principal::Client(client_id.clone())),
        (None, Some(user_id)) => Ok(Principal::User(user_id.clone())),
        (None, None) => Err(Violation::new("/client_id", "required", "name a client, or a user with user_id")),
        (Some(_), Some(_)) => Err(Violation::new("/user_id", "not_allowed", "a client holds the role, or a user does")),
    }
}

fn validate(tenant_id: &TenantId, new: &NewAdministrator) -> Result<Principal, Vec<Violation>> {
    let mut violations = Vec::new();
    let principal = principal(new).map_err(|violation| violations.push(violation)).ok();
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
    principal.filter(|_| violations.is_empty()).ok_or(violations)
}

/// Refuses who is not there: a client of the tenant's `admin` workspace, or a user of its pool.
async fn exists(tx: &Tx, tenant_id: &TenantId, principal: &Principal) -> Result<(), Refusal> {
    let admin = WorkspaceId::admin();
    match principal {
        // Who deletes the client, or the workspace, meanwhile waits, and then finds the role: it must not be there for the
        // next one to be made under this id.
        Principal::Client(client_id) => match tx.scoped(tenant_id, &admin).lock_client(client_id).await? {
            Some(_) => Ok(()),
            None => {
                let message = "there is no such client in the admin workspace";
                Err(Refusal::violation("/client_id", "not_found", message))
            }
        },
        // No other user is ever given the id of one who is deleted meanwhile. Another pool waits until this is done.
        Principal::User(id) => {
            let settings = tx.lock_workspace(tenant_id, &admin).await?.ok_or(Refusal::NotFound)?.settings;
            match tx.pool(tenant_id, pool_of(&settings)).find_user(id).await? {
                Some(_) => Ok(()),
                None => {
                    let message = "there is no such user in the pool of the admin workspace";
                    Err(Refusal::violation("/user_id", "not_found", message))
                }
            }
        }
    }
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

/// Gives a client of the tenant's `admin` workspace, or a user of its pool, a role.
///
/// # Errors
/// When a rule is broken, the role is above the author's own, or they hold it already.
pub async fn appoint(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    new: NewAdministrator,
) -> Result<AdministratorRecord, Refusal> {
    let principal = validate(tenant_id, &new)?;
    grantable(author, new.role)?;
    let now = app.clock.now();
    let mut tx = app.store.begin(now).await?;
    exists(&tx, tenant_id, &principal).await?;
    if let Some(workspace_id) = &new.workspace_id
        && tx.lock_workspace(tenant_id, workspace_id).await?.is_none()
    {
        let message = "there is no such workspace in this tenant";
        return Err(Refusal::violation("/workspace_id", "not_found", message));
    }
    let administrator = AdministratorRecord {
        id: random::id(),
        tenant_id: tenant_id.clone(),
        principal,
        role: new.role,
        workspace_id: new.workspace_id,
        created_at: now,
    };
    if !tx.insert_administrator(&administrator).await?.is_inserted() {
        let whose = if new.user_id.is_some() { "user" } else { "client" };
        return Err(Refusal::already_exists(&format!("this role of this {whose}")));
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
