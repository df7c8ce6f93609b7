//! `…/workspaces/{aid}/consents` and `…/users/{user_id}/consents`: what people have agreed that clients may have, from both sides. To
//! withdraw one ends what came of it.

use actix_web::{HttpResponse, delete, get, web};
use cardea_api::consent::ConsentView;
use cardea_api::page::Page;
use cardea_protocol::{ClientId, TenantId, WorkspaceId};
use cardea_store::ConsentFilter;
use utoipa::IntoParams;

use super::event::event;
use super::list::{self, PageParameters};
use super::paths::{self, ConsentPath, TenantPath, UserConsentPath, UserPath, WorkspacePath};
use super::pools::pool_id;
use super::users;
use crate::app::App;
use crate::authorization::consent::{self, Withdrawal};
use crate::http::author::Author;
use crate::http::can::{Can, ClientsRead, ClientsWrite, InTenant, UsersRead, UsersWrite};
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;

mod view;

/// The filters of the list of consents.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; they are read strictly, one by one")]
pub struct ConsentFilters {
    /// Only those for this client.
    client_id: Option<String>,
    /// Only those of this user.
    user_id: Option<String>,
}

impl ConsentFilters {
    const NAMES: &[&str] = &["client_id", "user_id"];
}

/// What users have agreed that the clients of a workspace may have, the newest first.
#[utoipa::path(
    tag = "consents", params(WorkspacePath, ConsentFilters, PageParameters),
    responses((status = 200, body = Page<ConsentView>))
)]
#[get("/tenants/{tid}/workspaces/{aid}/consents")]
pub(super) async fn list_consents(app: web::Data<App>, can: Can<ClientsRead>, query: Query) -> Answer {
    let parameters = query.parameters(&[PageParameters::NAMES, ConsentFilters::NAMES])?;
    let filter = ConsentFilter {
        user_id: parameters.parsed("user_id", "the id of a user", |id| Some(paths::name(id).ok()?.to_owned()))?,
        client_id: parameters.parsed("client_id", "the id of a client", |id| ClientId::parse(id).ok())?,
    };
    let query = list::newest_first(&parameters)?;
    let found = can.target.scoped.list_consents(&filter, &query).await?;
    let names = view::names(&app, &can.author, &can.target.workspace.tenant_id, &found.items).await?;
    Ok(HttpResponse::Ok().json(list::page(found, &query, |consent| names.view(consent))))
}

/// Withdraws what a user has agreed that a client may have: its tokens for them are revoked, and they are asked anew.
#[utoipa::path(tag = "consents", params(WorkspacePath, ConsentPath), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}/consents/{user_id}/{client_id}")]
pub(super) async fn delete_consent(
    app: web::Data<App>,
    can: Can<ClientsWrite>,
    path: web::Path<ConsentPath>,
) -> Answer {
    let workspace = &can.target.workspace;
    let user_id = paths::name(&path.user_id)?;
    let client_id = ClientId::parse(&path.client_id).map_err(|_| Refusal::NotFound)?;
    withdraw(&app, &can.author, (&workspace.tenant_id, &workspace.id), user_id, &client_id).await
}

/// What a user has agreed that clients may have, in all workspaces, the newest first.
#[utoipa::path(
    tag = "consents", params(TenantPath, UserPath, PageParameters), responses((status = 200, body = Page<ConsentView>))
)]
#[get("/tenants/{tid}/pools/{id}/users/{user_id}/consents")]
pub(super) async fn list_consents_of_user(
    app: web::Data<App>,
    can: Can<UsersRead, InTenant>,
    path: web::Path<UserPath>,
    query: Query,
) -> Answer {
    let query = list::newest_first(&query.parameters(&[PageParameters::NAMES])?)?;
    let ((pool_id, user_id), tenant_id) = (users::names(&path)?, &can.target.tenant.id);
    let pool = app.store.pool(tenant_id, pool_id.as_str());
    pool.find_user(user_id).await?.ok_or(Refusal::NotFound)?;
    let found = pool.list_consents_of_user(user_id, &query).await?;
    let names = view::names(&app, &can.author, tenant_id, &found.items).await?;
    Ok(HttpResponse::Ok().json(list::page(found, &query, |consent| names.view(consent))))
}

/// Withdraws what a user has agreed that a client may have: its tokens for them are revoked, and they are asked anew.
#[utoipa::path(tag = "consents", params(TenantPath, UserConsentPath), responses((status = 204)))]
#[delete("/tenants/{tid}/pools/{id}/users/{user_id}/consents/{aid}/{client_id}")]
pub(super) async fn delete_consent_of_user(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<UserConsentPath>,
) -> Answer {
    let (tenant_id, pool_id) = (&can.target.tenant.id, pool_id(&path.id)?);
    let user_id = paths::name(&path.user_id)?;
    let workspace_id = WorkspaceId::parse(&path.aid).map_err(|_| Refusal::NotFound)?;
    let client_id = ClientId::parse(&path.client_id).map_err(|_| Refusal::NotFound)?;
    let found = app.store.scoped(tenant_id, &workspace_id).find_consent(user_id, &client_id).await?;
    // A user is one of the pool that the path names, or not there.
    found.filter(|consent| consent.pool_id == pool_id.as_str()).ok_or(Refusal::NotFound)?;
    withdraw(&app, &can.author, (tenant_id, &workspace_id), user_id, &client_id).await
}

async fn withdraw(
    app: &App,
    author: &Author,
    place: (&TenantId, &WorkspaceId),
    user_id: &str,
    client_id: &ClientId,
) -> Answer {
    let now = app.clock.now();
    let event = event(app, author, place, "consent.withdrawn", format!("workspace:{}/{}", place.0, place.1));
    let which = Withdrawal { tenant_id: place.0, workspace_id: place.1, user_id, client_id };
    let tx = app.store.begin(now).await?;
    if !consent::withdraw(&tx, which, event, now).await? {
        return Err(Refusal::NotFound);
    }
    app.commit(tx).await?;
    Ok(HttpResponse::NoContent().finish())
}
