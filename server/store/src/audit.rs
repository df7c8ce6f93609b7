//! Audit events: what happened, who did it, and why a client was refused. The wire never says that; this does.

use cardea_protocol::ClientId;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    Set,
    sea_query::{ExprTrait, OnConflict},
};
use serde_json::Value;

use crate::{
    Cursor, CursorValue, ListQuery, Page, Scoped, StoreError,
    entity::audit_events::{ActiveModel, Column, Entity},
};

mod event;
mod forget;
mod id;
mod log;

pub use event::{AuditEvent, AuditFilter, NewAuditEvent, Outcome};
pub(crate) use id::first_of as first_id;
pub use log::AuditLog;

impl AuditFilter {
    fn condition(&self) -> Condition {
        let texts = [
            (Column::ClientId, self.client_id.as_deref()),
            (Column::UserId, self.user_id.as_deref()),
            (Column::Kind, self.kind.as_deref()),
            (Column::Outcome, self.outcome.map(Outcome::as_str)),
            (Column::Reason, self.reason.as_deref()),
        ];
        let mut all = Condition::all();
        for (column, text) in texts {
            all = all.add_option(text.map(|text| column.eq(clean(text))));
        }
        // By the ids, which are in the primary key and begin with the time.
        all.add_option(self.from.map(|time| Column::Id.gte(id::first_of(time))))
            .add_option(self.to.map(|time| Column::Id.lt(id::first_of(time))))
    }
}

impl Scoped {
    /// A page of the workspace's events, the newest first; of the query only `limit` and `after` count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_audit_events(
        &self,
        filter: &AuditFilter,
        query: &ListQuery,
    ) -> Result<Page<AuditEvent>, StoreError> {
        let mut rows = self.rows::<Entity>().filter(filter.condition());
        if let Some(after) = &query.after {
            rows = rows.filter(Column::Id.lt(clean(&after.id)));
        }
        let mut items = self.newest(rows, query.limit.saturating_add(1)).await?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more);
        let next = next.map(|last| Cursor { value: CursorValue::Int(last.time.as_millis()), id: last.id.clone() });
        Ok(Page { items, next })
    }

    /// The last events of a client: failures first, then successes, each the newest first. Of the room there is, failures
    /// take what successes leave, and at least half.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn activity(&self, client_id: &ClientId, limit: u64) -> Result<Vec<AuditEvent>, StoreError> {
        let of = |outcome: Outcome| {
            let client = Column::ClientId.eq(client_id.as_str());
            self.rows::<Entity>().filter(client.and(Column::Outcome.eq(outcome.as_str())))
        };
        let successes = self.newest(of(Outcome::Success), limit).await?;
        let room = limit.saturating_sub(std::cmp::Ord::min(successes.len() as u64, limit / 2));
        let mut events = self.newest(of(Outcome::Failure), room).await?;
        let left = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(events.len());
        events.extend(successes.into_iter().take(left));
        Ok(events)
    }

    async fn newest(&self, rows: Select<Entity>, limit: u64) -> Result<Vec<AuditEvent>, StoreError> {
        let rows = rows.order_by_desc(Column::Id).limit(limit).all(self.store.reader()).await?;
        rows.into_iter().map(AuditEvent::try_from).collect()
    }
}

/// The lengths that statements have: a few can stay prepared, where one for each number of events could not.
const LENGTHS: [usize; 10] = [500, 256, 128, 64, 32, 16, 8, 4, 2, 1];

/// Writes events; one that is there already was written by an attempt whose answer was lost.
pub(crate) async fn insert<C: ConnectionTrait>(db: &C, mut events: &[ActiveModel]) -> Result<(), StoreError> {
    while let Some(length) = LENGTHS.iter().find(|length| **length <= events.len()) {
        let (now, later) = events.split_at(*length);
        let mut statement = Entity::insert_many(now.iter().cloned()).into_query();
        statement.on_conflict(OnConflict::new().do_nothing().to_owned());
        db.execute(&statement).await?;
        events = later;
    }
    Ok(())
}

pub(crate) fn active_model(event: &NewAuditEvent) -> ActiveModel {
    let text = |value: &Option<String>| Set(value.as_deref().map(clean));
    ActiveModel {
        tenant_id: Set(event.tenant_id.as_str().to_owned()),
        workspace_id: Set(event.workspace_id.as_str().to_owned()),
        id: Set(id::next(event.time)),
        time: Set(event.time.as_millis()),
        kind: Set(clean(&event.kind)),
        outcome: Set(event.outcome.as_str().to_owned()),
        actor: text(&event.actor),
        object: text(&event.object),
        client_id: text(&event.client_id),
        user_id: text(&event.user_id),
        reason: Set(event.reason.as_deref().map(clean)),
        detail: Set(event.detail.as_ref().map(clean_json)),
        ip: text(&event.ip),
        request_id: text(&event.request_id),
    }
}

/// PostgreSQL stores every character but one; what was presented to us may hold it, and must be recorded all the same.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn clean_json(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(text)),
        Value::Array(items) => items.iter().map(clean_json).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (clean(name), clean_json(value))).collect(),
        other => other.clone(),
    }
}
