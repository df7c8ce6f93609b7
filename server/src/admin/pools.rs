//! `/tenants/{tid}/pools`: who can sign in together.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::user_pool::{NewUserPool, UserPoolSettings, UserPoolView};
use cardea_store::{Sort, UserPoolRecord};

use super::list::{self, ListParameters};
use super::members::without_nulls;
use super::paths::{IdPath, IfMatchHeader, TenantPath};
use crate::app::App;
use crate::http::can::{Can, InTenant, UsersRead, UsersWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;
use crate::passwords::policy;

mod change;
mod naming;

pub(crate) use change::ensure_default;
pub use change::{create, delete, insert_default, update};
pub(super) use naming::{named, named_by, pool_id, pool_of};

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

pub(super) fn view(pool: UserPoolRecord) -> UserPoolView {
    UserPoolView {
        password_min_length: policy::of(&pool).min_length,
        id: pool.id,
        name: pool.name,
        created_at: pool.created_at,
        updated_at: pool.updated_at,
    }
}

/// The user pools of a tenant.
#[utoipa::path(tag = "users", params(TenantPath, ListParameters), responses((status = 200, body = Page<UserPoolView>)))]
#[get("/tenants/{tid}/pools")]
pub(super) async fn list_pools(app: web::Data<App>, can: Can<UsersRead, InTenant>, query: Query) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES])?, SORTS)?;
    let page = app.store.list_pools(&can.target.tenant.id, &query).await?;
    Ok(HttpResponse::Ok().json(list::page(page, &query, view)))
}

/// Creates a user pool.
#[utoipa::path(tag = "users", params(TenantPath), request_body = NewUserPool, responses((status = 201, body = UserPoolView)))]
#[post("/tenants/{tid}/pools")]
pub(super) async fn create_pool(app: web::Data<App>, can: Can<UsersWrite, InTenant>, body: JsonBody) -> Answer {
    let mut members = without_nulls(body.object().await?);
    let id = strict::take(&mut members, "id")?;
    let settings: UserPoolSettings = strict::read(members)?;
    let (id, pool) = create(&app, &can.author, &can.target.tenant.id, NewUserPool { id, settings }).await?;
    let location = path::pool(&pool.tenant_id, &id);
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag(pool.version)).json(view(pool)))
}

/// A user pool.
#[utoipa::path(tag = "users", params(TenantPath, IdPath), responses((status = 200, body = UserPoolView)))]
#[get("/tenants/{tid}/pools/{id}")]
pub(super) async fn read_pool(app: web::Data<App>, can: Can<UsersRead, InTenant>, path: web::Path<IdPath>) -> Answer {
    let pool = app.store.find_pool(&can.target.tenant.id, pool_id(&path.id)?.as_str()).await?;
    let pool = pool.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag(pool.version)).json(view(pool)))
}

/// Changes a user pool. Passwords that there are stay as they are.
#[utoipa::path(
    tag = "users", params(TenantPath, IdPath, IfMatchHeader), request_body = UserPoolSettings,
    responses((status = 200, body = UserPoolView))
)]
#[patch("/tenants/{tid}/pools/{id}")]
pub(super) async fn patch_pool(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let patch = body.object().await?;
    let pool = update(&app, &can.author, &can.target.tenant.id, &pool_id(&path.id)?, patch, &if_match).await?;
    Ok(HttpResponse::Ok().insert_header(etag(pool.version)).json(view(pool)))
}

/// Deletes a user pool and everybody in it; not while a workspace uses it.
#[utoipa::path(tag = "users", params(TenantPath, IdPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/pools/{id}")]
pub(super) async fn delete_pool(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
) -> Answer {
    delete(&app, &can.author, &can.target.tenant.id, &pool_id(&path.id)?, &if_match).await?;
    Ok(HttpResponse::NoContent().finish())
}
