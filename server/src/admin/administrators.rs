//! `/tenants/{tid}/administrators`

use actix_web::{HttpResponse, delete, get, post, web};
use cardea_api::administrator::{AdministratorView, NewAdministrator};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_store::{AdministratorRecord, Principal, Sort};

use super::list::{self, ListParameters};
use super::members::without_nulls;
use super::paths::{self, IdPath, IfMatchHeader, TenantPath};
use crate::app::App;
use crate::http::can::{AdministratorsRead, AdministratorsWrite, Can, InTenant};
use crate::http::etag::{IfMatch, etag_of};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;

mod change;

pub(crate) use change::appointed;
pub use change::{appoint, dismiss};

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

fn view(administrator: AdministratorRecord) -> AdministratorView {
    let (client_id, user_id) = match administrator.principal {
        Principal::Client(client_id) => (Some(client_id), None),
        Principal::User(user_id) => (None, Some(user_id)),
    };
    AdministratorView {
        id: administrator.id,
        client_id,
        user_id,
        role: administrator.role,
        workspace_id: administrator.workspace_id,
        created_at: administrator.created_at,
    }
}

/// Who administers a tenant.
#[utoipa::path(tag = "administrators", params(TenantPath, ListParameters), responses((status = 200, body = Page<AdministratorView>)))]
#[get("/tenants/{tid}/administrators")]
pub(super) async fn list_administrators(
    app: web::Data<App>,
    can: Can<AdministratorsRead, InTenant>,
    query: Query,
) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES])?, SORTS)?;
    let page = app.store.list_administrators(&can.target.tenant.id, &query).await?;
    Ok(HttpResponse::Ok().json(list::page(page, &query, view)))
}

/// Gives a client of the tenant's `admin` workspace, or a user of its pool, a role.
#[utoipa::path(
    tag = "administrators", params(TenantPath), request_body = NewAdministrator,
    responses((status = 201, body = AdministratorView))
)]
#[post("/tenants/{tid}/administrators")]
pub(super) async fn create_administrator(
    app: web::Data<App>,
    can: Can<AdministratorsWrite, InTenant>,
    body: JsonBody,
) -> Answer {
    let new: NewAdministrator = strict::read(without_nulls(body.object().await?))?;
    let administrator = appoint(&app, &can.author, &can.target.tenant.id, new).await?;
    let location = path::administrator(&administrator.tenant_id, &administrator.id);
    let etag = etag_of(&administrator.id);
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag).json(view(administrator)))
}

/// An administrator.
#[utoipa::path(tag = "administrators", params(TenantPath, IdPath), responses((status = 200, body = AdministratorView)))]
#[get("/tenants/{tid}/administrators/{id}")]
pub(super) async fn read_administrator(
    app: web::Data<App>,
    can: Can<AdministratorsRead, InTenant>,
    path: web::Path<IdPath>,
) -> Answer {
    let found = app.store.find_administrator(&can.target.tenant.id, paths::name(&path.id)?).await?;
    let administrator = found.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag_of(&administrator.id)).json(view(administrator)))
}

/// Takes a role away.
#[utoipa::path(tag = "administrators", params(TenantPath, IdPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/administrators/{id}")]
pub(super) async fn delete_administrator(
    app: web::Data<App>,
    can: Can<AdministratorsWrite, InTenant>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
) -> Answer {
    let id = paths::name(&path.id)?;
    if app.store.find_administrator(&can.target.tenant.id, id).await?.is_some() {
        // An administrator is never changed: the id says which one it is, and that is all there is to a version.
        if_match.check_tag(id)?;
    }
    dismiss(&app, &can.author, &can.target.tenant.id, id).await?;
    Ok(HttpResponse::NoContent().finish())
}
