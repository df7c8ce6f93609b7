//! `…/workspaces/{aid}/services`

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::service::{ServicePatch, ServiceScope, ServiceSettings, ServiceView};
use cardea_store::{ServiceRecord, Sort};

use super::list::{self, ListParameters};
use super::members::without_nulls;
use super::paths::{self, IdPath, IfMatchHeader, WorkspacePath};
use crate::app::App;
use crate::http::can::{Can, ServicesRead, ServicesWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;

mod change;
mod rules;

pub(super) use change::change;
pub use change::{create, delete, update};

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

pub(super) fn view(service: ServiceRecord) -> ServiceView {
    let scope = |scope: cardea_store::ScopeRecord| ServiceScope {
        name: scope.name,
        display_name: scope.display_name,
        description: scope.description,
    };
    ServiceView {
        id: service.id,
        settings: ServiceSettings {
            name: service.name,
            audience: service.audience,
            scopes: service.scopes.into_iter().map(scope).collect(),
            introspection_client_ids: service.introspection_client_ids,
        },
        created_at: service.created_at,
        updated_at: service.updated_at,
    }
}

/// The services of a workspace.
#[utoipa::path(tag = "services", params(WorkspacePath, ListParameters), responses((status = 200, body = Page<ServiceView>)))]
#[get("/tenants/{tid}/workspaces/{aid}/services")]
pub(super) async fn list_services(can: Can<ServicesRead>, query: Query) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES])?, SORTS)?;
    let page = can.target.scoped.list_services(&query).await?;
    Ok(HttpResponse::Ok().json(list::page(page, &query, view)))
}

/// Creates a service with its scopes.
#[utoipa::path(
    tag = "services", params(WorkspacePath), request_body = ServiceSettings,
    responses((status = 201, body = ServiceView))
)]
#[post("/tenants/{tid}/workspaces/{aid}/services")]
pub(super) async fn create_service(app: web::Data<App>, can: Can<ServicesWrite>, body: JsonBody) -> Answer {
    let settings: ServiceSettings = strict::read(without_nulls(body.object().await?))?;
    let workspace = &can.target.workspace;
    let service = create(&app, &can.author, workspace, settings).await?;
    let location = path::service(&workspace.tenant_id, &workspace.id, &service.id);
    let etag = etag(service.version);
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag).json(view(service)))
}

/// A service.
#[utoipa::path(tag = "services", params(WorkspacePath, IdPath), responses((status = 200, body = ServiceView)))]
#[get("/tenants/{tid}/workspaces/{aid}/services/{id}")]
pub(super) async fn read_service(can: Can<ServicesRead>, path: web::Path<IdPath>) -> Answer {
    let service = can.target.scoped.find_service(paths::name(&path.id)?).await?.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag(service.version)).json(view(service)))
}

/// Changes a service.
#[utoipa::path(
    tag = "services", params(WorkspacePath, IdPath, IfMatchHeader), request_body = ServicePatch,
    responses((status = 200, body = ServiceView))
)]
#[patch("/tenants/{tid}/workspaces/{aid}/services/{id}")]
pub(super) async fn patch_service(
    app: web::Data<App>,
    can: Can<ServicesWrite>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let patch = body.object().await?;
    let id = paths::name(&path.id)?;
    let service = update(&app, &can.author, &can.target.workspace, id, patch, &if_match).await?;
    Ok(HttpResponse::Ok().insert_header(etag(service.version)).json(view(service)))
}

/// Deletes a service and its scopes.
#[utoipa::path(tag = "services", params(WorkspacePath, IdPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}/services/{id}")]
pub(super) async fn delete_service(
    app: web::Data<App>,
    can: Can<ServicesWrite>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
) -> Answer {
    delete(&app, &can.author, &can.target.workspace, paths::name(&path.id)?, &if_match).await?;
    Ok(HttpResponse::NoContent().finish())
}
