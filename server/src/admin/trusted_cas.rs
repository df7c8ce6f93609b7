//! `…/workspaces/{aid}/trusted-cas`: who may vouch for certificates of `tls_client_auth` clients (RFC 8705 §2.1).

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::trusted_ca::{NewTrustedCa, TrustedCaBundle, TrustedCaPatch, TrustedCaView, TrustedCasCreated};
use cardea_store::Sort;

use super::list::{self, ListParameters};
use super::members::without_nulls;
use super::paths::{self, IdPath, IfMatchHeader, WorkspacePath};
use crate::app::App;
use crate::http::can::{Can, WorkspacesRead, WorkspacesWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;

mod change;
mod upload;
mod view;

pub use change::{create, delete, update};
use view::view;

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

/// The authorities that a workspace trusts.
#[utoipa::path(
    tag = "trusted-cas", params(WorkspacePath, ListParameters), responses((status = 200, body = Page<TrustedCaView>))
)]
#[get("/tenants/{tid}/workspaces/{aid}/trusted-cas")]
pub(super) async fn list_trusted_cas(app: web::Data<App>, can: Can<WorkspacesRead>, query: Query) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES])?, SORTS)?;
    let found = can.target.scoped.list_trusted_cas(&query).await?;
    let Page { items, next_cursor } = list::page(found, &query, |ca| view(&ca, app.clock.now()));
    let items = items.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor }))
}

/// Trusts an authority, or all of a bundle. Of one, the answer is the object; of several, `{"items": […]}`. If one of them is trusted already, the
/// answer is 409 and none is added.
#[utoipa::path(
    tag = "trusted-cas", params(WorkspacePath), request_body = NewTrustedCa,
    responses((status = 201, body = TrustedCasCreated))
)]
#[post("/tenants/{tid}/workspaces/{aid}/trusted-cas")]
pub(super) async fn create_trusted_ca(app: web::Data<App>, can: Can<WorkspacesWrite>, body: JsonBody) -> Answer {
    let new: NewTrustedCa = strict::read(without_nulls(body.object().await?))?;
    let workspace = &can.target.workspace;
    let created = create(&app, &can.author, workspace, &new).await?;
    let now = app.clock.now();
    let mut answer = HttpResponse::Created();
    let body = match created.as_slice() {
        [one] => {
            answer.insert_header(("location", path::trusted_ca(&workspace.tenant_id, &workspace.id, &one.id)));
            answer.insert_header(etag(one.version));
            TrustedCasCreated::One(Box::new(view(one, now)?))
        }
        several => {
            let items = several.iter().map(|ca| view(ca, now)).collect::<Result<_, _>>()?;
            TrustedCasCreated::Several(TrustedCaBundle { items })
        }
    };
    Ok(answer.json(body))
}

/// An authority.
#[utoipa::path(tag = "trusted-cas", params(WorkspacePath, IdPath), responses((status = 200, body = TrustedCaView)))]
#[get("/tenants/{tid}/workspaces/{aid}/trusted-cas/{id}")]
pub(super) async fn read_trusted_ca(app: web::Data<App>, can: Can<WorkspacesRead>, path: web::Path<IdPath>) -> Answer {
    let ca = can.target.scoped.find_trusted_ca(paths::name(&path.id)?).await?.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag(ca.version)).json(view(&ca, app.clock.now())?))
}

/// Changes the name of an authority, or its revocation list; its certificate is what it is.
#[utoipa::path(
    tag = "trusted-cas", params(WorkspacePath, IdPath, IfMatchHeader), request_body = TrustedCaPatch,
    responses((status = 200, body = TrustedCaView))
)]
#[patch("/tenants/{tid}/workspaces/{aid}/trusted-cas/{id}")]
pub(super) async fn patch_trusted_ca(
    app: web::Data<App>,
    can: Can<WorkspacesWrite>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let patch = body.object().await?;
    let id = paths::name(&path.id)?;
    let ca = update(&app, &can.author, &can.target.workspace, id, &patch, &if_match).await?;
    Ok(HttpResponse::Ok().insert_header(etag(ca.version)).json(view(&ca, app.clock.now())?))
}

/// Trusts an authority no longer: it vouches for nobody from the next request on.
#[utoipa::path(tag = "trusted-cas", params(WorkspacePath, IdPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}/trusted-cas/{id}")]
pub(super) async fn delete_trusted_ca(
    app: web::Data<App>,
    can: Can<WorkspacesWrite>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
) -> Answer {
    delete(&app, &can.author, &can.target.workspace, paths::name(&path.id)?, &if_match).await?;
    Ok(HttpResponse::NoContent().finish())
}
