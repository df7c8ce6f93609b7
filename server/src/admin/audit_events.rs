//! `…/audit-events` and `…/clients/{client_id}/activity`

use actix_web::{HttpResponse, get, web};
use cardea_api::audit_event::{Activity, AuditEventView};
use cardea_api::page::Page;
use cardea_store::{AuditEvent, AuditFilter, Cursor, CursorValue, ListQuery, Outcome};
use utoipa::IntoParams;

use super::clients::client_id;
use super::list;
use super::paths::{ClientPath, WorkspacePath};
use crate::app::App;
use crate::http::can::{AuditRead, Can, ClientsRead};
use crate::http::problem::{Answer, Refusal};
use crate::http::query::{self, Query};

/// Events of a client's activity, at most.
const ACTIVITY: u64 = 50;

/// The parameters of the list of events.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; they are read strictly, one by one")]
pub struct AuditFilters {
    /// Items on a page: 1 to 200, 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// The `id` of an event: only what came after it, the oldest first, to follow what happens by asking again with the last `id`. What another
    /// node wrote late may have an earlier one. Not together with `cursor`.
    after: Option<String>,
    /// Only of this client.
    client_id: Option<String>,
    /// Only of this user.
    user_id: Option<String>,
    /// Only of this type.
    #[param(rename = "type")]
    kind: Option<String>,
    /// Only `success` or `failure`.
    outcome: Option<String>,
    /// Only those that failed for this reason.
    reason: Option<String>,
    /// Only since this moment.
    #[param(format = DateTime)]
    from: Option<String>,
    /// Only before this moment.
    #[param(format = DateTime)]
    to: Option<String>,
}

impl AuditFilters {
    const NAMES: &[&str] =
        &["limit", "cursor", "after", "client_id", "user_id", "type", "outcome", "reason", "from", "to"];
}

fn view(event: AuditEvent) -> AuditEventView {
    AuditEventView {
        id: event.id,
        time: event.time,
        kind: event.kind,
        outcome: event.outcome.as_str().to_owned(),
        actor: event.actor,
        object: event.object,
        client_id: event.client_id,
        user_id: event.user_id,
        reason: event.reason,
        detail: event.detail,
        ip: event.ip,
        request_id: event.request_id,
    }
}

/// What happened in a workspace, the newest first; with `after`, what came since, the oldest first.
#[utoipa::path(tag = "audit", params(WorkspacePath, AuditFilters), responses((status = 200, body = Page<AuditEventView>)))]
#[get("/tenants/{tid}/workspaces/{aid}/audit-events")]
pub(super) async fn list_audit_events(app: web::Data<App>, can: Can<AuditRead>, query: Query) -> Answer {
    let parameters = query.parameters(&[AuditFilters::NAMES])?;
    let text = |name| parameters.text(name).map(str::to_owned);
    let filter = AuditFilter {
        client_id: text("client_id"),
        user_id: text("user_id"),
        kind: text("type"),
        outcome: parameters.parsed("outcome", "success or failure", Outcome::parse)?,
        reason: text("reason"),
        from: parameters.time("from")?,
        to: parameters.time("to")?,
    };
    if let Some(after) = parameters.text("after") {
        if parameters.text("cursor").is_some() {
            return Err(query::refused("after", "not_allowed", "this and cursor exclude each other"));
        }
        let limit = list::limit(&parameters)?;
        super::settle(&app).await;
        let events = can.target.scoped.audit_events_after(&filter, after, limit).await?;
        return Ok(HttpResponse::Ok().json(Page::whole(events.into_iter().map(view).collect())));
    }
    // Ids are in the order of time: they alone say where a page begins.
    let after = list::id_cursor(&parameters)?.map(|id| Cursor { value: CursorValue::Int(0), id });
    let query = ListQuery { limit: list::limit(&parameters)?, after, ..ListQuery::default() };
    // Who asks wants to see what just happened.
    super::settle(&app).await;
    let page = can.target.scoped.list_audit_events(&filter, &query).await?;
    let next_cursor = page.next.map(|cursor| list::after_id(&cursor.id));
    Ok(HttpResponse::Ok().json(Page { items: page.items.into_iter().map(view).collect(), next_cursor }))
}

/// What a client last did, and tried to do, at the token and the authorization endpoint: failures with their reasons first, then successes.
#[utoipa::path(tag = "clients", params(WorkspacePath, ClientPath), responses((status = 200, body = Activity)))]
#[get("/tenants/{tid}/workspaces/{aid}/clients/{client_id}/activity")]
pub(super) async fn client_activity(
    app: web::Data<App>,
    can: Can<ClientsRead>,
    path: web::Path<ClientPath>,
    query: Query,
) -> Answer {
    query.parameters(&[])?;
    let client_id = client_id(&path)?;
    let client = can.target.scoped.find_client(&client_id).await?.ok_or(Refusal::NotFound)?;
    super::settle(&app).await;
    let events = can.target.scoped.activity(&client_id, client.created_at, ACTIVITY).await?;
    Ok(HttpResponse::Ok().json(Activity { items: events.into_iter().map(view).collect() }))
}
