//! `…/workspaces/{aid}/scopes`: the scopes of all services. Each is a member of its service, and changed through it.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::service::{ScopeSettings, ScopeView, ServiceScope, ServiceSettings};
use cardea_store::{Scoped, ServiceRecord, Sort};
use serde_json::{Map, Value};

use super::list::{self, ListParameters};
use super::members::{self, without_nulls};
use super::paths::{self, IfMatchHeader, ScopePath, WorkspacePath};
use super::services::{change, view};
use crate::app::App;
use crate::http::can::{Can, ServicesRead, ServicesWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;

/// A scope is as old as its service.
const SORTS: &[(&str, Sort)] = &[("name", Sort::Name), ("created_at", Sort::CreatedAt)];

fn scope_of(service: &ServiceRecord, name: &str) -> Option<ScopeView> {
    scopes_of(service).find(|scope| scope.name == name)
}

fn scopes_of(service: &ServiceRecord) -> impl Iterator<Item = ScopeView> {
    service.scopes.iter().map(|scope| ScopeView {
        service_id: service.id.clone(),
        name: scope.name.clone(),
        display_name: scope.display_name.clone(),
        description: scope.description.clone(),
    })
}

async fn service_with(scoped: &Scoped, name: &str) -> Result<ServiceRecord, Refusal> {
    let mut services = scoped.all_services().await?.into_iter();
    services.find(|service| scope_of(service, name).is_some()).ok_or(Refusal::NotFound)
}

/// All scopes of a workspace, by name.
#[utoipa::path(tag = "services", params(WorkspacePath, ListParameters), responses((status = 200, body = Page<ScopeView>)))]
#[get("/tenants/{tid}/workspaces/{aid}/scopes")]
pub(super) async fn list_scopes(can: Can<ServicesRead>, query: Query) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES])?, SORTS)?;
    let services = can.target.scoped.all_services().await?;
    let scopes = services.iter().flat_map(|service| scopes_of(service).map(|scope| (service.created_at, scope)));
    let page = list::in_memory(scopes.collect(), &query, |(created_at, scope)| list::Place {
        created_at: *created_at,
        name: &scope.name,
        id: &scope.name,
    });
    Ok(HttpResponse::Ok().json(list::page(page, &query, |(_, scope)| scope)))
}

/// Adds a scope to a service.
#[utoipa::path(tag = "services", params(WorkspacePath), request_body = ScopeView, responses((status = 201, body = ScopeView)))]
#[post("/tenants/{tid}/workspaces/{aid}/scopes")]
pub(super) async fn create_scope(app: web::Data<App>, can: Can<ServicesWrite>, body: JsonBody) -> Answer {
    let new: ScopeView = strict::read(without_nulls(body.object().await?))?;
    let workspace = &can.target.workspace;
    let no_service = || Refusal::violation("/service_id", "not_found", "there is no such service");
    let service_id = paths::name(&new.service_id).map_err(|_| no_service())?;
    let edit = |service: &ServiceRecord| {
        if scope_of(service, &new.name).is_some() {
            return Err(Refusal::already_exists(&format!("scope {}", new.name)));
        }
        let mut settings = view(service.clone()).settings;
        settings.scopes.push(ServiceScope {
            name: new.name.clone(),
            display_name: new.display_name.clone(),
            description: new.description.clone(),
        });
        Ok(settings)
    };
    let changed = change(&app, &can.author, workspace, service_id, &IfMatch::absent(), edit).await;
    let service = changed.map_err(|refusal| match refusal {
        Refusal::NotFound => no_service(),
        refusal => on_scope(refusal),
    })?;
    let location = path::scope(&workspace.tenant_id, &workspace.id, &new.name);
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag(service.version)).json(new))
}

/// The service's complaints, as complaints about the one scope that was sent: `/scopes/3/name` is `/name`.
fn on_scope(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid { code, mut violations } => {
            for violation in &mut violations {
                let member = violation.pointer.rsplit('/').next().unwrap_or_default();
                violation.pointer = format!("/{member}");
            }
            Refusal::Invalid { code, violations }
        }
        refusal => refusal,
    }
}

/// A scope. Its `ETag` is that of its service.
#[utoipa::path(tag = "services", params(WorkspacePath, ScopePath), responses((status = 200, body = ScopeView)))]
#[get("/tenants/{tid}/workspaces/{aid}/scopes/{name}")]
pub(super) async fn read_scope(can: Can<ServicesRead>, path: web::Path<ScopePath>) -> Answer {
    let service = service_with(&can.target.scoped, &path.name).await?;
    Ok(HttpResponse::Ok().insert_header(etag(service.version)).json(scope_of(&service, &path.name)))
}

/// Changes how a scope is shown.
#[utoipa::path(
    tag = "services", params(WorkspacePath, ScopePath, IfMatchHeader), request_body = ScopeSettings,
    responses((status = 200, body = ScopeView))
)]
#[patch("/tenants/{tid}/workspaces/{aid}/scopes/{name}")]
pub(super) async fn patch_scope(
    app: web::Data<App>,
    can: Can<ServicesWrite>,
    path: web::Path<ScopePath>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let patch = body.object().await?;
    let service = service_with(&can.target.scoped, &path.name).await?;
    let edit = |service: &ServiceRecord| patched(service, &path.name, &patch);
    let service =
        change(&app, &can.author, &can.target.workspace, &service.id, &if_match, edit).await.map_err(on_scope)?;
    Ok(HttpResponse::Ok().insert_header(etag(service.version)).json(scope_of(&service, &path.name)))
}

fn patched(service: &ServiceRecord, name: &str, patch: &Map<String, Value>) -> Result<ServiceSettings, Refusal> {
    let shown = scope_of(service, name).ok_or(Refusal::NotFound)?;
    let settable = members::patched(&shown, patch.clone(), ScopeView::READ_ONLY)?;
    let ScopeSettings { display_name, description } = strict::read(settable)?;
    let mut settings = view(service.clone()).settings;
    for scope in settings.scopes.iter_mut().filter(|scope| scope.name == name) {
        (scope.display_name, scope.description) = (display_name.clone(), description.clone());
    }
    Ok(settings)
}

/// Takes a scope away from its service; it is granted no more.
#[utoipa::path(tag = "services", params(WorkspacePath, ScopePath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}/scopes/{name}")]
pub(super) async fn delete_scope(
    app: web::Data<App>,
    can: Can<ServicesWrite>,
    path: web::Path<ScopePath>,
    if_match: IfMatch,
) -> Answer {
    let service = service_with(&can.target.scoped, &path.name).await?;
    let edit = |service: &ServiceRecord| {
        scope_of(service, &path.name).ok_or(Refusal::NotFound)?;
        let mut settings = view(service.clone()).settings;
        settings.scopes.retain(|scope| scope.name != path.name);
        Ok(settings)
    };
    change(&app, &can.author, &can.target.workspace, &service.id, &if_match, edit).await?;
    Ok(HttpResponse::NoContent().finish())
}
