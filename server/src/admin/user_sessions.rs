//! `…/users/{user_id}/sessions`: where a user is signed in.

use actix_web::{HttpResponse, delete, get, web};
use cardea_api::page::Page;
use cardea_api::session::SessionView;
use cardea_store::{NewAuditEvent, SessionRecord};
use serde_json::json;

use super::list::{self, PageParameters};
use super::paths::{self, SessionPath, TenantPath, UserPath};
use super::pools::pool_id;
use super::users::{self, Place, user_event};
use crate::app::App;
use crate::authorization::ending::revoke_and_tell;
use crate::http::can::{Can, InTenant, UsersRead, UsersWrite};
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;

fn view(session: SessionRecord) -> SessionView {
    SessionView {
        sid: session.sid,
        auth_time: session.auth_time,
        amr: session.amr,
        ip: session.ip,
        user_agent: session.user_agent,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        expires_at: session.expires_at,
    }
}

/// Where a user is signed in, the newest first.
#[utoipa::path(tag = "users", params(TenantPath, UserPath, PageParameters), responses((status = 200, body = Page<SessionView>)))]
#[get("/tenants/{tid}/pools/{id}/users/{user_id}/sessions")]
pub(super) async fn list_sessions(
    app: web::Data<App>,
    can: Can<UsersRead, InTenant>,
    path: web::Path<UserPath>,
    query: Query,
) -> Answer {
    let query = list::newest_first(&query.parameters(&[PageParameters::NAMES])?)?;
    let (pool_id, user_id) = users::names(&path)?;
    let pool = app.store.pool(&can.target.tenant.id, pool_id.as_str());
    pool.find_user(user_id).await?.ok_or(Refusal::NotFound)?;
    let page = pool.list_sessions(user_id, app.clock.now(), &query).await?;
    Ok(HttpResponse::Ok().json(list::page(page, &query, view)))
}

/// Signs a user out of one browser; the tokens that live with the session are revoked, and clients hear of it.
#[utoipa::path(tag = "users", params(TenantPath, SessionPath), responses((status = 204)))]
#[delete("/tenants/{tid}/pools/{id}/users/{user_id}/sessions/{sid}")]
pub(super) async fn delete_session(
    app: web::Data<App>,
    can: Can<UsersWrite, InTenant>,
    path: web::Path<SessionPath>,
) -> Answer {
    let (tenant_id, pool_id) = (&can.target.tenant.id, pool_id(&path.id)?);
    let (user_id, sid, now) = (paths::name(&path.user_id)?, paths::name(&path.sid)?, app.clock.now());
    let tx = app.store.begin(now).await?;
    let pool = tx.pool(tenant_id, pool_id.as_str());
    let user = pool.find_user(user_id).await?.ok_or(Refusal::NotFound)?;
    if !pool.delete_session_of(user_id, sid).await? {
        return Err(Refusal::NotFound);
    }
    revoke_and_tell(&app, &tx, tenant_id, pool_id.as_str(), sid).await?;
    let place = Place { tenant_id, pool_id: &pool_id };
    let event = user_event(&app, &can.author, place, "user.session_revoked", user_id);
    let detail = json!({"username": user.username, "sid": sid});
    tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?;
    app.commit(tx).await?;
    app.logouts.notify_one();
    Ok(HttpResponse::NoContent().finish())
}
