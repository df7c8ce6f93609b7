//! `…/users/{user_id}/password-reset`: a one-time link, which whoever asks for it hands to the user.

use std::sync::Arc;

use actix_web::{HttpResponse, post, web};
use cardea_api::password_reset::{NewPasswordReset, PasswordResetView};
use cardea_protocol::{TenantId, UserPoolId, WorkspaceId};

use super::paths::{TenantPath, UserPath};
use super::users::{self, Place};
use crate::app::App;
use crate::http::can::{Can, InTenant, UsersWrite};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::strict;
use crate::password_reset;
use crate::workspace::Workspace;

/// Makes a one-time link by which the user chooses a new password within the hour; it is shown once, and ends those before it.
#[utoipa::path(
    tag = "users", params(TenantPath, UserPath), request_body = Option<NewPasswordReset>,
    responses((status = 201, body = PasswordResetView))
)]
#[post("/tenants/{tid}/pools/{id}/users/{user_id}/password-reset")]
pub(super) async fn create_password_reset(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<UserPath>,
    body: JsonBody,
) -> Answer {
    let NewPasswordReset { workspace_id } = strict::read(body.object_or_nothing().await?)?;
    let (pool_id, id) = users::names(&path)?;
    let tenant_id = &can.target.tenant.id;
    let user = app.store.pool(tenant_id, pool_id.as_str()).find_user(id).await?.ok_or(Refusal::NotFound)?;
    let workspace = workspace(&app, tenant_id, &pool_id, workspace_id).await?;
    let place = Place { tenant_id, pool_id: &pool_id };
    let (url, expires_at) = password_reset::make(&app, &can.author, place, &workspace, &user).await?;
    Ok(HttpResponse::Created().json(PasswordResetView { url, expires_at }))
}

/// The workspace that shows the page.
async fn workspace(
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
