//! `/me`: who am I, and which permissions do I have where.

use actix_web::{HttpResponse, get};
use cardea_api::me::{HeldRole, Me};
use cardea_api::permission::Permission;

use crate::http::can::Bearer;
use crate::http::problem::Answer;

/// The bearer of the token.
#[utoipa::path(tag = "me", responses((status = 200, body = Me)))]
#[get("/me")]
pub(super) async fn me(bearer: Bearer) -> Answer {
    let standing = &bearer.author.standing;
    let roles = standing.roles().iter().map(|(role, workspace_id)| HeldRole {
        role: *role,
        tenant_id: (!role.is_platform()).then(|| standing.tenant_id().clone()),
        workspace_id: workspace_id.clone(),
        permissions: Permission::of(*role).collect(),
    });
    Ok(HttpResponse::Ok().json(Me {
        roles: roles.collect(),
        tenant_id: standing.tenant_id().clone(),
        subject: bearer.subject,
        client_id: bearer.client_id,
    }))
}
