//! Creating, changing and deleting user pools; also for the command line.

use cardea_api::user_pool::{NewUserPool, UserPoolSettings, UserPoolView};
use cardea_protocol::violation::Violation;
use cardea_protocol::{PasswordPolicy, TenantId, UserPoolId, WorkspaceId};
use cardea_store::{DEFAULT_POOL, Detail, InsertOutcome, NewAuditEvent, Tx, UserPoolRecord};
use serde_json::{Map, Value};

use super::super::event::{difference, event};
use super::super::{ATTEMPTS, members, text};
use super::naming::{lock_names, workspace_with};
use super::view;
use crate::app::App;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::passwords::policy;
use crate::random;

fn pool_event(app: &App, author: &Author, kind: &'static str, tenant_id: &TenantId, id: &str) -> NewAuditEvent {
    event(app, author, (tenant_id, &WorkspaceId::admin()), kind, format!("pool:{tenant_id}/{id}"))
}

fn validate(settings: &UserPoolSettings) -> Result<PasswordPolicy, Vec<Violation>> {
    let mut violations = Vec::new();
    if let Some(name) = &settings.name {
        text::name("/name", name, &mut violations);
    }
    let policy = PasswordPolicy { min_length: settings.password_min_length };
    if !policy.is_valid() {
        violations.push(Violation::new("/password_min_length", "out_of_range", "8 to 64 characters"));
    }
    strict::none(violations)?;
    Ok(policy)
}

/// Stores the pool `default` of a tenant, as part of a transaction that tells of the tenant.
///
/// # Errors
/// When the tenant is gone or the store is down.
pub async fn insert_default(app: &App, tx: &Tx, tenant_id: &TenantId) -> Result<InsertOutcome, Refusal> {
    let now = app.clock.now();
    let pool = UserPoolRecord {
        tenant_id: tenant_id.clone(),
        id: DEFAULT_POOL.to_owned(),
        name: "Default".to_owned(),
        settings: policy::settings(PasswordPolicy::default()),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    Ok(tx.insert_pool(&pool).await?)
}

/// Makes the pool `default` of a tenant that has none.
///
/// # Errors
/// When the store is down.
pub(crate) async fn ensure_default(app: &App, author: &Author, tenant_id: &TenantId) -> Result<(), Refusal> {
    if app.store.find_pool(tenant_id, DEFAULT_POOL).await?.is_some()
        || app.store.find_tenant(tenant_id).await?.is_none()
    {
        return Ok(());
    }
    let tx = app.store.begin(app.clock.now()).await?;
    if insert_default(app, &tx, tenant_id).await?.is_inserted() {
        tx.record(pool_event(app, author, "pool.created", tenant_id, DEFAULT_POOL)).await?;
        app.commit(tx).await?;
    }
    Ok(())
}

/// Creates a user pool.
///
/// # Errors
/// When a rule is broken, the id is taken or the tenant is gone.
pub async fn create(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    new: NewUserPool,
) -> Result<(UserPoolId, UserPoolRecord), Refusal> {
    let policy = validate(&new.settings)?;
    let id = match new.id {
        Some(id) => id,
        None => UserPoolId::parse(&random::slug("p")).map_err(|_| Refusal::contended())?,
    };
    let now = app.clock.now();
    let pool = UserPoolRecord {
        tenant_id: tenant_id.clone(),
        id: id.to_string(),
        name: new.settings.name.unwrap_or_else(|| id.to_string()),
        settings: policy::settings(policy),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let tx = app.store.begin(now).await?;
    if !tx.insert_pool(&pool).await?.is_inserted() {
        return Err(Refusal::already_exists(&format!("user pool {id}")));
    }
    tx.record(pool_event(app, author, "pool.created", tenant_id, id.as_str())).await?;
    app.commit(tx).await?;
    Ok((id, pool))
}

/// Changes a user pool by a merge patch.
///
/// # Errors
/// When a rule is broken, or it is at another version.
pub async fn update(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    id: &UserPoolId,
    patch: Map<String, Value>,
    if_match: &IfMatch,
) -> Result<UserPoolRecord, Refusal> {
    for _ in 0..ATTEMPTS {
        let before = app.store.find_pool(tenant_id, id.as_str()).await?.ok_or(Refusal::NotFound)?;
        if_match.check(before.version)?;
        let shown = view(before.clone());
        let settings: UserPoolSettings =
            strict::read(members::patched(&shown, patch.clone(), UserPoolView::READ_ONLY)?)?;
        let policy = validate(&settings)?;
        let name = settings.name.unwrap_or_else(|| id.to_string());
        let after = UserPoolRecord { name, settings: policy::settings(policy), ..before.clone() };
        let changed = difference(&shown, &view(after.clone()));
        if changed.is_empty() {
            return Ok(before);
        }
        let after = UserPoolRecord { updated_at: app.clock.now(), ..after };
        let tx = app.store.begin(app.clock.now()).await?;
        if tx.update_pool(&after).await? {
            let event = pool_event(app, author, "pool.updated", tenant_id, id.as_str());
            tx.record(NewAuditEvent { detail: Detail::of(&changed), ..event }).await?;
            app.commit(tx).await?;
            return Ok(UserPoolRecord { version: after.version + 1, ..after });
        }
    }
    Err(Refusal::contended())
}

/// Deletes a user pool, its users and the roles they hold.
///
/// # Errors
/// When it is `default`, a workspace uses it, or it is at another version.
pub async fn delete(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    id: &UserPoolId,
    if_match: &IfMatch,
) -> Result<(), Refusal> {
    let pool = app.store.find_pool(tenant_id, id.as_str()).await?.ok_or(Refusal::NotFound)?;
    if_match.check(pool.version)?;
    if pool.id == DEFAULT_POOL {
        return Err(Refusal::protected("workspaces that name no user pool use this one"));
    }
    let tx = app.store.begin(app.clock.now()).await?;
    lock_names(&tx, tenant_id).await?;
    if let Some(workspace_id) = workspace_with(app, tenant_id, id.as_str()).await? {
        let detail = format!("workspace {workspace_id} uses this user pool");
        return Err(Refusal::Conflict { code: "in_use", detail });
    }
    // Locks the row, and with it whoever changes the pool meanwhile.
    if !tx.update_pool(&pool).await? || !tx.delete_pool(tenant_id, id.as_str()).await? {
        return Err(Refusal::contended());
    }
    tx.record(pool_event(app, author, "pool.deleted", tenant_id, id.as_str())).await?;
    Ok(app.commit(tx).await?)
}
