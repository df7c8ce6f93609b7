//! `…/pools/{id}/users`: the people of a pool. Passwords come in and never go out, nor do their hashes.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::user::{NewUser, UserPatch, UserSettings, UserView};
use cardea_protocol::UserPoolId;
use cardea_store::{Sort, UserRecord};

use super::list::{self, ListParameters, StatusFilter};
use super::members::without_nulls;
use super::paths::{self, IdPath, IfMatchHeader, TenantPath, UserPath};
use super::pools::pool_id;
use crate::app::App;
use crate::http::can::{Can, InTenant, UsersRead, UsersWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;

mod change;
mod creation;
mod deletion;
mod ending;
mod password;
mod rules;

pub(crate) use change::user_event;
pub use change::{Place, update};
pub use creation::{create, insert, prepare};
pub use deletion::delete;
pub(crate) use ending::{PASSWORD_RESET, end_all, end_all_but};
pub use password::Given;

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

pub(super) fn view(user: UserRecord) -> UserView {
    UserView {
        id: user.id,
        settings: UserSettings {
            username: user.username,
            email: user.email,
            email_verified: user.email_verified,
            name: user.name,
            given_name: user.given_name,
            family_name: user.family_name,
            locale: user.locale,
            claims: serde_json::from_value(user.claims).unwrap_or_default(),
            status: user.status,
        },
        password_set_at: user.password_set_at,
        created_at: user.created_at,
        updated_at: user.updated_at,
        last_signed_in_at: user.last_signed_in_at,
    }
}

/// The pool and the user that a path names.
///
/// # Errors
/// 404 for what cannot be the name of either.
pub(super) fn names(path: &UserPath) -> Result<(UserPoolId, &str), Refusal> {
    Ok((pool_id(&path.id)?, paths::name(&path.user_id)?))
}

/// The users of a pool; `q` is looked for in username, e-mail address and name.
#[utoipa::path(tag = "users", params(TenantPath, IdPath, ListParameters, StatusFilter), responses((status = 200, body = Page<UserView>)))]
#[get("/tenants/{tid}/pools/{id}/users")]
pub(super) async fn list_users(
    app: web::Data<App>,
    can: Can<UsersRead, InTenant>,
    path: web::Path<IdPath>,
    query: Query,
) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES, StatusFilter::NAMES])?, SORTS)?;
    let (tenant_id, pool_id) = (&can.target.tenant.id, pool_id(&path.id)?);
    app.store.find_pool(tenant_id, pool_id.as_str()).await?.ok_or(Refusal::NotFound)?;
    let page = app.store.pool(tenant_id, pool_id.as_str()).list_users(&query).await?;
    Ok(HttpResponse::Ok().json(list::page(page, &query, view)))
}

/// Adds a user.
#[utoipa::path(tag = "users", params(TenantPath, IdPath), request_body = NewUser, responses((status = 201, body = UserView)))]
#[post("/tenants/{tid}/pools/{id}/users")]
pub(super) async fn create_user(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<IdPath>,
    body: JsonBody,
) -> Answer {
    let (tenant_id, pool_id) = (&can.target.tenant.id, pool_id(&path.id)?);
    let mut members = without_nulls(body.object().await?);
    let given = Given::take(&mut members)?;
    let settings: UserSettings = strict::read(members)?;
    let place = Place { tenant_id, pool_id: &pool_id };
    let user = create(&app, &can.author, place, settings, given).await?;
    let location = path::user(tenant_id, &pool_id, &user.id);
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag(user.version)).json(view(user)))
}

/// A user.
#[utoipa::path(tag = "users", params(TenantPath, UserPath), responses((status = 200, body = UserView)))]
#[get("/tenants/{tid}/pools/{id}/users/{user_id}")]
pub(super) async fn read_user(app: web::Data<App>, can: Can<UsersRead, InTenant>, path: web::Path<UserPath>) -> Answer {
    let (pool_id, id) = names(&path)?;
    let user = app.store.pool(&can.target.tenant.id, pool_id.as_str()).find_user(id).await?;
    let user = user.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag(user.version)).json(view(user)))
}

/// Changes a user. Another password, or to be made inactive, signs them out everywhere and revokes their tokens.
#[utoipa::path(
    tag = "users", params(TenantPath, UserPath, IfMatchHeader), request_body = UserPatch,
    responses((status = 200, body = UserView))
)]
#[patch("/tenants/{tid}/pools/{id}/users/{user_id}")]
pub(super) async fn patch_user(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<UserPath>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let mut patch = body.object().await?;
    let given = Given::take(&mut patch)?;
    let (pool_id, id) = names(&path)?;
    let place = Place { tenant_id: &can.target.tenant.id, pool_id: &pool_id };
    let user = update(&app, &can.author, place, id, patch, given, &if_match).await?;
    Ok(HttpResponse::Ok().insert_header(etag(user.version)).json(view(user)))
}

/// Deletes a user, their sessions, their tokens and the roles they hold.
#[utoipa::path(tag = "users", params(TenantPath, UserPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/pools/{id}/users/{user_id}")]
pub(super) async fn delete_user(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<UserPath>,
    if_match: IfMatch,
) -> Answer {
    let (pool_id, id) = names(&path)?;
    let place = Place { tenant_id: &can.target.tenant.id, pool_id: &pool_id };
    delete(&app, &can.author, place, id, &if_match).await?;
    Ok(HttpResponse::NoContent().finish())
}
