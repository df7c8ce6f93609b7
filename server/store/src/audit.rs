//! Audit events: what happened, who did it, and why a client was refused. The wire never says that; this does.

use std::borrow::Cow;

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::ExprTrait};

use crate::{
    Cursor, CursorValue, ListQuery, Page, Scoped, StoreError,
    entity::{
        audit_events::{Column, Entity},
        workspaces,
    },
};

mod event;
mod id;
mod insert;
mod log;

pub use event::{AuditEvent, AuditFilter, Detail, NewAuditEvent, Outcome, TokenUse};
pub(crate) use id::first_of as first_id;
pub(crate) use insert::{Row, insert, write};
pub use log::AuditLog;

/// What a client does, and not what is done to it: it authenticates, and sends people to be asked.
const ACTIVITY: [&str; 3] = ["client.authenticated", "token.issued", "authorization.refused"];

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
    /// A page of the workspace's events, the newest first; of the query only `limit` and `after` count. Events outlive their
    /// workspace: those of before this one was made were an earlier one's of the same id, and none of its business.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_audit_events(
        &self,
        filter: &AuditFilter,
        query: &ListQuery,
    ) -> Result<Page<AuditEvent>, StoreError> {
        let Some(mut rows) = self.own_events(filter).await? else {
            return Ok(Page { items: Vec::new(), next: None });
        };
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

    /// The events after the one with the id `after`, the oldest first: what came since somebody looked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_events_after(
        &self,
        filter: &AuditFilter,
        after: &str,
        limit: u64,
    ) -> Result<Vec<AuditEvent>, StoreError> {
        let Some(rows) = self.own_events(filter).await? else { return Ok(Vec::new()) };
        let rows = rows.filter(Column::Id.gt(clean(after).as_ref())).order_by_asc(Column::Id).limit(limit);
        rows.all(self.store.reader()).await?.into_iter().map(AuditEvent::try_from).collect()
    }

    /// Those of the workspace as it is now; none when it is gone.
    async fn own_events(&self, filter: &AuditFilter) -> Result<Option<Select<Entity>>, StoreError> {
        let made = self.rows::<workspaces::Entity>().select_only().column(workspaces::Column::CreatedAt);
        let made = made.into_tuple::<i64>().one(self.store.reader()).await?;
        Ok(made.map(|made| {
            let ours = Column::Id.gte(id::first_of(Timestamp::from_millis(made)));
            self.rows::<Entity>().filter(ours).filter(filter.condition())
        }))
    }

    /// What a client has done, or tried to do, since `since`, which is when it was made: an earlier one of the same id is another.
    /// Failures first, then successes, each the newest first. Of the room there is, failures take what successes leave,
    /// and at least half.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn activity(
        &self,
        client_id: &ClientId,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<AuditEvent>, StoreError> {
        let of = |outcome: Outcome| {
            let client = Column::ClientId.eq(client_id.as_str());
            let ours = self.rows::<Entity>().filter(client.and(Column::Outcome.eq(outcome.as_str())));
            ours.filter(Column::Id.gte(id::first_of(since)).and(Column::Kind.is_in(ACTIVITY)))
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
