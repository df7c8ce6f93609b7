//! `…/statistics`: what was issued and what failed, hour by hour, of a workspace and of a whole tenant.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, web};
use cardea_api::statistics::{Counts, DEFAULT_HOURS, HourOfUse, MAX_HOURS, Statistics};
use cardea_protocol::Timestamp;
use cardea_store::statistics::{CountRecord, Counted, hour_of};
use utoipa::IntoParams;

use super::paths::{TenantPath, WorkspacePath};
use crate::app::App;
use crate::http::can::{AuditRead, Can, InTenant};
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;

const HOUR: i64 = 3_600;

/// How far to look back.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameter; it is read strictly")]
pub struct StatisticsParameters {
    /// How many hours, this one included: 1 to 168, 24 when absent.
    #[param(minimum = 1, maximum = 168)]
    hours: Option<u32>,
}

/// The hours that are asked for, the first of them first.
fn hours(query: &Query, now: Timestamp) -> Result<Vec<Timestamp>, Refusal> {
    let parameters = query.parameters(&[&["hours"]])?;
    let within = |hours: &u32| (1..=MAX_HOURS).contains(hours);
    let hours = parameters.parsed("hours", &format!("1 to {MAX_HOURS}"), |text| text.parse().ok().filter(within))?;
    let this = hour_of(now);
    Ok((0..i64::from(hours.unwrap_or(DEFAULT_HOURS))).rev().map(|ago| this.plus_secs(-ago * HOUR)).collect())
}

/// The tokens that a workspace issued by grant type and by client authentication method, and what failed by reason, hour by hour.
#[utoipa::path(tag = "workspaces", params(WorkspacePath, StatisticsParameters), responses((status = 200, body = Statistics)))]
#[get("/tenants/{tid}/workspaces/{aid}/statistics")]
pub(super) async fn workspace_statistics(app: web::Data<App>, can: Can<AuditRead>, query: Query) -> Answer {
    let hours = hours(&query, app.clock.now())?;
    super::settle(&app).await;
    let counts = can.target.scoped.statistics(first(&hours)).await?;
    Ok(HttpResponse::Ok().json(statistics(&hours, counts)))
}

/// The same of all workspaces of a tenant together.
#[utoipa::path(tag = "tenants", params(TenantPath, StatisticsParameters), responses((status = 200, body = Statistics)))]
#[get("/tenants/{tid}/statistics")]
pub(super) async fn tenant_statistics(app: web::Data<App>, can: Can<AuditRead, InTenant>, query: Query) -> Answer {
    let hours = hours(&query, app.clock.now())?;
    super::settle(&app).await;
    let counts = app.store.tenant_statistics(&can.target.tenant.id, first(&hours)).await?;
    Ok(HttpResponse::Ok().json(statistics(&hours, counts)))
}

fn first(hours: &[Timestamp]) -> Timestamp {
    hours.first().copied().unwrap_or_default()
}

fn statistics(hours: &[Timestamp], records: Vec<CountRecord>) -> Statistics {
    let mut by_hour: BTreeMap<i64, Counts> = hours.iter().map(|hour| (hour.as_millis(), Counts::default())).collect();
    let mut totals = Counts::default();
    for record in records {
        // Another node's clock may be in the next hour already.
        let Some(counts) = by_hour.get_mut(&record.hour.as_millis()) else { continue };
        add(counts, &record);
        add(&mut totals, &record);
    }
    let hours = by_hour.into_iter().map(|(hour, counts)| HourOfUse { hour: Timestamp::from_millis(hour), counts });
    Statistics { hours: hours.collect(), totals }
}

fn add(counts: &mut Counts, record: &CountRecord) {
    let map = match record.kind {
        Counted::TokenByGrantType => &mut counts.tokens_by_grant_type,
        Counted::TokenByMethod => &mut counts.tokens_by_method,
        Counted::Failure => &mut counts.failures_by_reason,
    };
    *map.entry(record.key.clone()).or_default() += record.count;
}
