//! `…/workspaces/{aid}/initial-access-tokens`: who may register clients (RFC 7591 §3). A value is shown once, when it is made. Whoever
//! may create clients may let others do so.

use actix_web::{HttpResponse, delete, get, post, web};
use cardea_api::initial_access_token::{
    InitialAccessTokenView, InitialAccessTokenWithValue, MAX_REGISTRATIONS, NewInitialAccessToken,
};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_protocol::violation::Violation;
use cardea_store::{InitialAccessTokenRecord, NewAuditEvent, Sort, WorkspaceRecord};
use serde_json::json;

use super::event::event;
use super::list::{self, ListParameters};
use super::members::without_nulls;
use super::paths::{self, IdPath, IfMatchHeader, WorkspacePath};
use super::{ATTEMPTS, text};
use crate::app::App;
use crate::http::author::Author;
use crate::http::can::{Can, ClientsRead, ClientsWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;
use crate::random;
use crate::workspace::client::hash;

const SORTS: &[(&str, Sort)] = &[("created_at", Sort::CreatedAt), ("name", Sort::Name)];

fn view(token: InitialAccessTokenRecord) -> InitialAccessTokenView {
    InitialAccessTokenView {
        id: token.id,
        name: token.name,
        max_registrations: token.max_registrations,
        registrations: token.registrations,
        created_at: token.created_at,
        expires_at: token.expires_at,
    }
}

/// What changes of a token is how many it has registered.
fn version(token: &InitialAccessTokenRecord) -> i64 {
    i64::from(token.registrations) + 1
}

fn token_event(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    kind: &'static str,
    token: &InitialAccessTokenRecord,
) -> NewAuditEvent {
    let place = (&workspace.tenant_id, &workspace.id);
    let object = format!("initial_access_token:{}/{}/{}", place.0, place.1, token.id);
    let detail = json!({
        "name": token.name, "max_registrations": token.max_registrations, "registrations": token.registrations,
        "expires_at": token.expires_at,
    });
    NewAuditEvent { detail: Some(detail.into()), ..event(app, author, place, kind, object) }
}

/// The initial access tokens of a workspace, without their values.
#[utoipa::path(
    tag = "initial-access-tokens", params(WorkspacePath, ListParameters),
    responses((status = 200, body = Page<InitialAccessTokenView>))
)]
#[get("/tenants/{tid}/workspaces/{aid}/initial-access-tokens")]
pub(super) async fn list_initial_access_tokens(can: Can<ClientsRead>, query: Query) -> Answer {
    let query = list::query(&query.parameters(&[ListParameters::NAMES])?, SORTS)?;
    let found = can.target.scoped.list_initial_access_tokens(&query).await?;
    Ok(HttpResponse::Ok().json(list::page(found, &query, view)))
}

/// Makes an initial access token. It is of use where the workspace's `registration` is `initial_access_token`.
#[utoipa::path(
    tag = "initial-access-tokens", params(WorkspacePath), request_body = NewInitialAccessToken,
    responses((status = 201, body = InitialAccessTokenWithValue))
)]
#[post("/tenants/{tid}/workspaces/{aid}/initial-access-tokens")]
pub(super) async fn create_initial_access_token(app: web::Data<App>, can: Can<ClientsWrite>, body: JsonBody) -> Answer {
    let new: NewInitialAccessToken = strict::read(without_nulls(body.object().await?))?;
    let (workspace, now, value) = (&can.target.workspace, app.clock.now(), random::secret());
    let mut broken = Vec::new();
    text::name("/name", &new.name, &mut broken);
    if new.expires_at.is_some_and(|at| at <= now) {
        broken.push(Violation::new("/expires_at", "invalid_value", "this is in the past"));
    }
    if !(1..=MAX_REGISTRATIONS).contains(&new.max_registrations) {
        let message = format!("between 1 and {MAX_REGISTRATIONS}");
        broken.push(Violation::new("/max_registrations", "out_of_range", message));
    }
    strict::none(broken)?;
    let token = InitialAccessTokenRecord {
        id: random::id(),
        name: new.name,
        hash: hash(&value),
        max_registrations: new.max_registrations,
        registrations: 0,
        created_at: now,
        expires_at: new.expires_at,
    };
    let tx = app.store.begin(now).await?;
    if !tx.scoped(&workspace.tenant_id, &workspace.id).insert_initial_access_token(&token).await?.is_inserted() {
        return Err(Refusal::contended());
    }
    tx.record(token_event(&app, &can.author, workspace, "initial_access_token.created", &token)).await?;
    app.commit(tx).await?;
    let location = path::initial_access_token(&workspace.tenant_id, &workspace.id, &token.id);
    let etag = etag(version(&token));
    let shown = InitialAccessTokenWithValue { token: view(token), initial_access_token: value };
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag).json(shown))
}

/// An initial access token, without its value.
#[utoipa::path(
    tag = "initial-access-tokens", params(WorkspacePath, IdPath), responses((status = 200, body = InitialAccessTokenView))
)]
#[get("/tenants/{tid}/workspaces/{aid}/initial-access-tokens/{id}")]
pub(super) async fn read_initial_access_token(can: Can<ClientsRead>, path: web::Path<IdPath>) -> Answer {
    let token = can.target.scoped.find_initial_access_token(paths::name(&path.id)?).await?.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag(version(&token))).json(view(token)))
}

/// Deletes an initial access token; the clients that it has registered stay.
#[utoipa::path(tag = "initial-access-tokens", params(WorkspacePath, IdPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}/initial-access-tokens/{id}")]
pub(super) async fn delete_initial_access_token(
    app: web::Data<App>,
    can: Can<ClientsWrite>,
    path: web::Path<IdPath>,
    if_match: IfMatch,
) -> Answer {
    let (id, workspace) = (paths::name(&path.id)?, &can.target.workspace);
    for _ in 0..ATTEMPTS {
        let token = can.target.scoped.find_initial_access_token(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(version(&token))?;
        let tx = app.store.begin(app.clock.now()).await?;
        let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
        // Unless a client was registered with it just now.
        if scoped.delete_initial_access_token(id, token.registrations).await? {
            tx.record(token_event(&app, &can.author, workspace, "initial_access_token.deleted", &token)).await?;
            app.commit(tx).await?;
            return Ok(HttpResponse::NoContent().finish());
        }
    }
    Err(Refusal::contended())
}
