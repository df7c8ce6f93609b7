//! `/tenants/{tid}/workspaces`

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::schema;
use cardea_api::workspace::{NewWorkspace, WorkspaceDetails, WorkspaceView};
use cardea_protocol::{Issuer, TenantId};
use cardea_store::{ListQuery, Sort, WorkspaceRecord};
use serde::Serialize;
use utoipa::ToSchema;

use super::list::{self, ListParameters, StatusFilter};
use super::members::without_nulls;
use super::paths::{IfMatchHeader, TenantPath, WorkspacePath};
use crate::app::App;
use crate::http::can::{
    Bearer, Can, InTenant, InWorkspace, WorkspacesCreate, WorkspacesDelete, WorkspacesRead, WorkspacesWrite,
};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::standing::{Standing, Target, Verdict};
use crate::http::strict;

mod change;
mod settings;

pub use change::{create, delete, insert, prepare, update};

/// Body of `PATCH …/workspaces/{aid}`: any of these.
#[derive(Serialize, ToSchema)]
struct WorkspacePatch {
    #[serde(flatten)]
    details: WorkspaceDetails,
    #[serde(flatten)]
    settings: schema::WorkspaceSettings,
}

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

pub(super) fn view(app: &App, workspace: WorkspaceRecord) -> WorkspaceView {
    let issuer = Issuer::new(app.public_url(), &workspace.tenant_id, &workspace.id).as_str().to_owned();
    WorkspaceView {
        id: workspace.id,
        tenant_id: workspace.tenant_id,
        name: workspace.name,
        description: workspace.description,
        status: workspace.status,
        issuer,
        settings: workspace.settings,
        created_at: workspace.created_at,
        updated_at: workspace.updated_at,
    }
}

/// The workspaces of a tenant that the caller may see.
#[utoipa::path(tag = "workspaces", params(TenantPath, ListParameters, StatusFilter), responses((status = 200, body = Page<WorkspaceView>)))]
#[get("/tenants/{tid}/workspaces")]
pub(super) async fn list_workspaces(
    app: web::Data<App>,
    bearer: Bearer,
    path: web::Path<TenantPath>,
    query: Query,
) -> Answer {
    let tenant_id = TenantId::parse(&path.tid).map_err(|_| Refusal::NotFound)?;
    let standing = &bearer.author.standing;
    let sees_all = standing.judge(Permission::WorkspacesRead, Target::Tenant(&tenant_id)) == Verdict::Allowed;
    let sees_some =
        tenant_id == *standing.tenant_id() && !standing.workspaces_with(Permission::WorkspacesRead).is_empty();
    if !sees_all && !sees_some {
        return Err(Refusal::NotFound);
    }
    let query = list::query(&query.parameters(&[ListParameters::NAMES, StatusFilter::NAMES])?, SORTS)?;
    app.store.find_tenant(&tenant_id).await?.ok_or(Refusal::NotFound)?;
    let page = if sees_all {
        app.store.list_workspaces(&tenant_id, &query).await?
    } else {
        held_workspaces(&app, standing, &query).await?
    };
    Ok(HttpResponse::Ok().json(list::page(page, &query, |workspace| view(&app, workspace))))
}

/// Those few that somebody has a role in.
async fn held_workspaces(
    app: &App,
    standing: &Standing,
    query: &ListQuery,
) -> Result<cardea_store::Page<WorkspaceRecord>, Refusal> {
    let mut found = Vec::new();
    for id in standing.workspaces_with(Permission::WorkspacesRead) {
        found.extend(app.store.find_workspace(standing.tenant_id(), id).await?);
    }
    found.retain(|workspace| query.status.is_none_or(|status| workspace.status == status));
    Ok(list::in_memory(found, query, |workspace| list::Place {
        created_at: workspace.created_at,
        name: &workspace.name,
        id: workspace.id.as_str(),
    }))
}

/// Creates a workspace and its keys.
#[utoipa::path(tag = "workspaces", params(TenantPath), request_body = NewWorkspace, responses((status = 201, body = WorkspaceView)))]
#[post("/tenants/{tid}/workspaces")]
pub(super) async fn create_workspace(
    app: web::Data<App>,
    can: Can<WorkspacesCreate, InTenant>,
    body: JsonBody,
) -> Answer {
    let mut members = without_nulls(body.object().await?);
    let id = strict::take(&mut members, "id")?;
    let (details, settings) = settings::read(members)?;
    let new = NewWorkspace { id, details, settings };
    let workspace = create(&app, &can.author, &can.target.tenant.id, new).await?;
    let location = path::workspace(&workspace.tenant_id, &workspace.id);
    let etag = etag(workspace.version);
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag).json(view(&app, workspace)))
}

/// A workspace.
#[utoipa::path(tag = "workspaces", params(WorkspacePath), responses((status = 200, body = WorkspaceView)))]
#[get("/tenants/{tid}/workspaces/{aid}")]
pub(super) async fn read_workspace(app: web::Data<App>, can: Can<WorkspacesRead>) -> Answer {
    let workspace = can.target.workspace;
    Ok(HttpResponse::Ok().insert_header(etag(workspace.version)).json(view(&app, workspace)))
}

/// Changes a workspace; its policy holds from the next request on.
#[utoipa::path(
    tag = "workspaces", params(WorkspacePath, IfMatchHeader), request_body = WorkspacePatch,
    responses((status = 200, body = WorkspaceView))
)]
#[patch("/tenants/{tid}/workspaces/{aid}")]
pub(super) async fn patch_workspace(
    app: web::Data<App>,
    can: Can<WorkspacesWrite>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let InWorkspace { workspace, .. } = can.target;
    let patch = body.object().await?;
    let workspace = update(&app, &can.author, &workspace.tenant_id, &workspace.id, patch, &if_match).await?;
    Ok(HttpResponse::Ok().insert_header(etag(workspace.version)).json(view(&app, workspace)))
}

/// Deletes a workspace and everything in it.
#[utoipa::path(tag = "workspaces", params(WorkspacePath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}")]
pub(super) async fn delete_workspace(app: web::Data<App>, can: Can<WorkspacesDelete>, if_match: IfMatch) -> Answer {
    let workspace = can.target.workspace;
    delete(&app, &can.author, &workspace.tenant_id, &workspace.id, &if_match).await?;
    Ok(HttpResponse::NoContent().finish())
}
