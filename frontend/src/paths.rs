//! Every URL of the console.

use cardea_protocol::id::{TenantId, WorkspaceId};

use crate::url::segment;

/// Where the console begins: signing in, and choosing a tenant.
pub(crate) const HOME: &str = "/console/";
/// Where sign-in returns to.
pub(crate) const CALLBACK: &str = "/console/callback";
/// Where another tab signs in for one whose sign-in has ended.
pub(crate) const SIGN_IN_AGAIN: &str = "/console/sign-in-again";
/// Every tenant (for the platform's operators).
pub(crate) const TENANTS: &str = "/console/tenants";
/// The first steps.
pub(crate) const WELCOME: &str = "/console/welcome";

/// A tenant: its workspaces.
pub(crate) fn tenant(tid: &TenantId) -> String {
    format!("/console/t/{tid}")
}

/// A page of a tenant: `administrators`, `pools`, `settings` …
pub(crate) fn of_tenant(tid: &TenantId, page: &str) -> String {
    format!("/console/t/{tid}/{page}")
}

/// A user pool: its users.
pub(crate) fn pool(tid: &TenantId, pool: &str) -> String {
    of_tenant(tid, &format!("pools/{}", segment(pool)))
}

/// One user of a pool.
pub(crate) fn user(tid: &TenantId, pool_id: &str, user: &str) -> String {
    format!("{}/users/{}", pool(tid, pool_id), segment(user))
}

/// A workspace: its overview.
pub(crate) fn workspace(tid: &TenantId, aid: &WorkspaceId) -> String {
    format!("/console/t/{tid}/w/{aid}")
}

/// A page of a workspace: `methods`, `clients`, `services`, `keys`, `audit`, `decoder`, `settings` …
pub(crate) fn of_workspace(tid: &TenantId, aid: &WorkspaceId, page: &str) -> String {
    format!("/console/t/{tid}/w/{aid}/{page}")
}

/// A client: its overview.
pub(crate) fn client(tid: &TenantId, aid: &WorkspaceId, client_id: &str) -> String {
    of_workspace(tid, aid, &format!("clients/{}", segment(client_id)))
}

/// A tab of a client: `settings`, `credentials`, `scopes`, `tokens`, `activity`, `code`.
pub(crate) fn client_tab(tid: &TenantId, aid: &WorkspaceId, client_id: &str, tab: &str) -> String {
    format!("{}/{tab}", client(tid, aid, client_id))
}

/// A service.
pub(crate) fn service(tid: &TenantId, aid: &WorkspaceId, id: &str) -> String {
    of_workspace(tid, aid, &format!("services/{}", segment(id)))
}
