//! `/tenants`

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::tenant::{NewTenant, TenantSettings, TenantView};
use cardea_store::{Sort, TenantRecord};

use super::list::{self, ListParameters, StatusFilter};
use super::members::without_nulls;
use super::paths::{IfMatchHeader, TenantPath};
use crate::app::App;
use crate::http::can::{Bearer, Can, InTenant, OnPlatform, TenantsCreate, TenantsDelete, TenantsRead, TenantsWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::standing::{Standing, Target, Verdict};
use crate::http::strict;

mod change;

pub use change::{create, delete, update};

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

pub(super) fn view(tenant: TenantRecord) -> TenantView {
    TenantView {
        id: tenant.id,
        name: tenant.name,
        status: tenant.status,
        created_at: tenant.created_at,
        updated_at: tenant.updated_at,
    }
}

/// The tenants that the caller may see.
#[utoipa::path(tag = "tenants", params(ListParameters, StatusFilter), responses((status = 200, body = Page<TenantView>)))]
#[get("/tenants")]
pub(super) async fn list_tenants(app: web::Data<App>, bearer: Bearer, query: Query) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES, StatusFilter::NAMES])?, SORTS)?;
    let standing = &bearer.author.standing;
    if standing.is_platform_admin() {
        let page = app.store.list_tenants(&query).await?;
        return Ok(HttpResponse::Ok().json(list::page(page, &query, view)));
    }
    let own = own_tenant(&app, standing).await?;
    let own = own.into_iter().filter(|tenant| query.status.is_none_or(|status| tenant.status == status)).collect();
    let page = list::in_memory(own, &query, |tenant| list::Place {
        created_at: tenant.created_at,
        name: &tenant.name,
        id: tenant.id.as_str(),
    });
    Ok(HttpResponse::Ok().json(list::page(page, &query, view)))
}

async fn own_tenant(app: &App, standing: &Standing) -> Result<Option<TenantRecord>, Refusal> {
    if standing.judge(Permission::TenantsRead, Target::Tenant(standing.tenant_id())) != Verdict::Allowed {
        return Err(Refusal::Forbidden(Permission::TenantsRead));
    }
    Ok(app.store.find_tenant(standing.tenant_id()).await?)
}

/// Creates a tenant, its user pool `default` and its `admin` workspace.
#[utoipa::path(tag = "tenants", request_body = NewTenant, responses((status = 201, body = TenantView)))]
#[post("/tenants")]
pub(super) async fn create_tenant(app: web::Data<App>, can: Can<TenantsCreate, OnPlatform>, body: JsonBody) -> Answer {
    let mut members = without_nulls(body.object().await?);
    let id = strict::take(&mut members, "id")?;
    let settings: TenantSettings = strict::read(members)?;
    let tenant = create(&app, &can.author, NewTenant { id, settings }).await?;
    let location = path::tenant(&tenant.id);
    Ok(HttpResponse::Created()
        .insert_header(("location", location))
        .insert_header(etag(tenant.version))
        .json(view(tenant)))
}

/// A tenant.
#[utoipa::path(tag = "tenants", params(TenantPath), responses((status = 200, body = TenantView)))]
#[get("/tenants/{tid}")]
pub(super) async fn read_tenant(can: Can<TenantsRead, InTenant>) -> Answer {
    let tenant = can.target.tenant;
    Ok(HttpResponse::Ok().insert_header(etag(tenant.version)).json(view(tenant)))
}

/// Changes a tenant. Its status is changed by platform administrators alone.
#[utoipa::path(tag = "tenants", params(TenantPath, IfMatchHeader), request_body = TenantSettings, responses((status = 200, body = TenantView)))]
#[patch("/tenants/{tid}")]
pub(super) async fn patch_tenant(
    app: web::Data<App>,
    can: Can<TenantsWrite, InTenant>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let patch = body.object().await?;
    let tenant = update(&app, &can.author, &can.target.tenant.id, patch, &if_match).await?;
    Ok(HttpResponse::Ok().insert_header(etag(tenant.version)).json(view(tenant)))
}

/// Deletes a tenant and everything in it.
#[utoipa::path(tag = "tenants", params(TenantPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}")]
pub(super) async fn delete_tenant(app: web::Data<App>, can: Can<TenantsDelete, InTenant>, if_match: IfMatch) -> Answer {
    delete(&app, &can.author, &can.target.tenant.id, &if_match).await?;
    Ok(HttpResponse::NoContent().finish())
}
