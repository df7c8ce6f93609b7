//! Which workspace uses which pool: a pool that is named stays, and only pools that exist are named. Whoever names one or deletes
//! one holds the lock of the tenant's `admin` workspace meanwhile, so that neither overtakes the other.

use cardea_api::permission::Permission;
use cardea_protocol::{TenantId, UserPoolId, WorkspaceId, WorkspaceSettings};
use cardea_store::{DEFAULT_POOL, ListQuery, Tx};

use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::http::standing::{Target, Verdict};

/// Workspaces read at once.
const PAGE: u64 = 1_000;

/// A pool's id from a path; 404 for what cannot be one.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(in crate::admin) fn pool_id(text: &str) -> Result<UserPoolId, Refusal> {
    UserPoolId::parse(text).map_err(|_| Refusal::NotFound)
}

/// The pool of the people who sign in under these settings.
pub(in crate::admin) fn pool_of(settings: &WorkspaceSettings) -> &str {
    settings.user_pool_id.as_deref().unwrap_or(DEFAULT_POOL)
}

/// Makes everybody else wait who names or deletes a pool of this tenant. Comes first of all in the transaction.
///
/// # Errors
/// When the store is down, or the tenant is gone.
pub(super) async fn lock_names(tx: &Tx, tenant_id: &TenantId) -> Result<(), Refusal> {
    tx.lock_workspace(tenant_id, &WorkspaceId::admin()).await?.ok_or(Refusal::NotFound)?;
    Ok(())
}

/// Refuses settings that name a pool which does not exist; it exists then until the transaction ends.
///
/// # Errors
/// When there is no such pool.
pub(in crate::admin) async fn named(
    tx: &Tx,
    tenant_id: &TenantId,
    settings: &WorkspaceSettings,
) -> Result<(), Refusal> {
    let Some(id) = &settings.user_pool_id else { return Ok(()) };
    lock_names(tx, tenant_id).await?;
    let is_there = UserPoolId::parse(id).is_ok() && tx.find_pool(tenant_id, id).await?.is_some();
    let refused = || Refusal::violation("/user_pool_id", "not_found", "this tenant has no such user pool");
    if is_there { Ok(()) } else { Err(refused()) }
}

/// The same when somebody gives a workspace another pool: pools belong to the tenant, and who administers one workspace alone could
/// so learn about people, and let in people, that are none of theirs.
///
/// # Errors
/// When the author may not, or there is no such pool.
pub(in crate::admin) async fn named_by(
    author: &Author,
    tx: &Tx,
    tenant_id: &TenantId,
    settings: &WorkspaceSettings,
) -> Result<(), Refusal> {
    if author.standing.judge(Permission::UsersWrite, Target::Tenant(tenant_id)) != Verdict::Allowed {
        return Err(Refusal::Forbidden(Permission::UsersWrite));
    }
    named(tx, tenant_id, settings).await
}

/// A workspace that names this pool, if there is one; asked under the lock.
///
/// # Errors
/// When the store is down.
pub(super) async fn workspace_with(app: &App, tenant_id: &TenantId, id: &str) -> Result<Option<WorkspaceId>, Refusal> {
    let mut query = ListQuery { limit: PAGE, ..ListQuery::default() };
    loop {
        let page = app.store.list_workspaces(tenant_id, &query).await?;
        if let Some(found) = page.items.into_iter().find(|workspace| pool_of(&workspace.settings) == id) {
            return Ok(Some(found.id));
        }
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(None),
        }
    }
}
