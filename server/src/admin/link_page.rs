//! Where the page of a one-time link is shown: a workspace that uses the user's pool, `admin` when none is named.

use std::sync::Arc;

use cardea_protocol::{TenantId, UserPoolId, WorkspaceId};

use crate::app::App;
use crate::http::problem::Refusal;
use crate::workspace::Workspace;

/// The workspace that shows the page.
///
/// # Errors
/// When it uses another pool, or is not there.
pub(super) async fn workspace(
    app: &App,
    tenant_id: &TenantId,
    pool_id: &UserPoolId,
    named: Option<WorkspaceId>,
) -> Result<Arc<Workspace>, Refusal> {
    let is_named = named.is_some();
    let id = named.unwrap_or_else(WorkspaceId::admin);
    match app.workspace(tenant_id.as_str(), id.as_str()).await? {
        Some(workspace) if workspace.pool_id() == pool_id.as_str() => Ok(workspace),
        _ if is_named => {
            let message = "there is no such workspace that uses this user pool";
            Err(Refusal::violation("/workspace_id", "not_found", message))
        }
        _ => Err(Refusal::violation("/workspace_id", "required", "name a workspace that uses this user pool")),
    }
}

/// Nothing was done: too many letters wait.
pub(super) fn queue_is_full() -> Refusal {
    let detail = "too many letters wait to be sent; try again in a moment".to_owned();
    Refusal::Conflict { code: "mail_queue_full", detail }
}

/// Nothing was done: mail servers do not take the address.
pub(super) fn is_unusable() -> Refusal {
    Refusal::Conflict { code: "email_unusable", detail: "no mail can be sent to this e-mail address".to_owned() }
}
