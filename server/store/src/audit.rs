//! Audit events: what happened, who did it, and why a client was refused. The wire never says that; this does.

use std::borrow::Cow;

use cardea_protocol::ClientId;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::ExprTrait};

use crate::{
    Cursor, CursorValue, ListQuery, Page, Scoped, StoreError,
    entity::audit_events::{Column, Entity},
};

mod event;
mod forget;
mod id;
mod insert;
mod log;

pub use event::{AuditEvent, AuditFilter, Detail, NewAuditEvent, Outcome};
pub(crate) use id::first_of as first_id;
pub(crate) use insert::{Row, insert};
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
            all = all.add_option(text.map(|text| column.eq(clean(text).as_ref())));
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
            rows = rows.filter(Column::Id.lt(clean(&after.id).as_ref()));
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

/// PostgreSQL stores every character but one; what was presented to us may hold it, and must be recorded all the same.
fn clean(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}
