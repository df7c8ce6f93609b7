//! `/me`: who am I, and which permissions do I have where.

use actix_web::{HttpResponse, get, web};
use cardea_api::me::{HeldRole, Me};
use cardea_api::permission::Permission;
use cardea_store::Principal;

use crate::app::App;
use crate::http::can::Bearer;
use crate::http::problem::Answer;

/// The bearer of the token.
#[utoipa::path(tag = "me", responses((status = 200, body = Me)))]
#[get("/me")]
pub(super) async fn me(app: web::Data<App>, bearer: Bearer) -> Answer {
    let workspace = &bearer.workspace;
    let user = match &bearer.principal {
        Principal::User(id) => app.store.pool(&workspace.tenant_id, workspace.pool_id()).find_user(id).await?,
        Principal::Client(_) => None,
    };
    let client = match &bearer.principal {
        Principal::Client(id) => app.client(workspace, id.as_str()).await?,
        Principal::User(_) => None,
    };
    let standing = &bearer.author.standing;
    let roles = standing.roles().iter().map(|(role, workspace_id)| HeldRole {
        role: *role,
        tenant_id: (!role.is_platform()).then(|| standing.tenant_id().clone()),
        workspace_id: workspace_id.clone(),
        permissions: Permission::of(*role).collect(),
    });
    Ok(HttpResponse::Ok().json(Me {
        roles: roles.collect(),
        username: user.as_ref().map(|user| user.username.clone()),
        email: user.as_ref().and_then(|user| user.email.clone()),
        name: user.and_then(|user| user.name).or_else(|| client.map(|client| client.name().to_owned())),
        tenant_id: standing.tenant_id().clone(),
        subject: bearer.subject,
        client_id: bearer.client_id,
    }))
}
