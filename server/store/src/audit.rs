//! Audit events: what happened, who did it, and why a client was refused. The wire never says that; this does.

use std::borrow::Cow;

use cardea_protocol::{ClientId, TenantId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    Set,
    sea_query::{ExprTrait, OnConflict},
};
use serde_json::Value;

use crate::{
    Cursor, CursorValue, ListQuery, Page, Scoped, StoreError, Tx,
    entity::audit_events::{ActiveModel, Column, Entity, Model},
    rows,
};

mod forget;
mod id;
mod log;

pub(crate) use id::first_of as first_id;
pub use log::AuditLog;

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was refused.
    Failure,
}

impl Outcome {
    /// The word in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }

    /// The outcome of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Success, Self::Failure].into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// An event to be recorded. Its id is made when it is written: a UUIDv7 of `time`, so that ids sort by time.
#[derive(Clone, Debug)]
pub struct NewAuditEvent {
    /// Where.
    pub tenant_id: TenantId,
    /// Where.
    pub workspace_id: WorkspaceId,
    /// When.
    pub time: Timestamp,
    /// What: `client.authenticated`, `token.issued` …
    pub kind: Cow<'static, str>,
    /// How it went.
    pub outcome: Outcome,
    /// Who did it.
    pub actor: Option<String>,
    /// To what.
    pub object: Option<String>,
    /// The client concerned, as presented: it need not exist.
    pub client_id: Option<String>,
    /// The user concerned.
    pub user_id: Option<String>,
    /// Why it was refused.
    pub reason: Option<Cow<'static, str>>,
    /// More, never a secret.
    pub detail: Option<Value>,
    /// Where from.
    pub ip: Option<String>,
    /// The request it happened in.
    pub request_id: Option<String>,
}

impl NewAuditEvent {
    /// An event of which no more is known yet.
    #[must_use]
    pub fn new(
        tenant_id: &TenantId,
        workspace_id: &WorkspaceId,
        time: Timestamp,
        kind: impl Into<Cow<'static, str>>,
        outcome: Outcome,
    ) -> Self {
        Self {
            tenant_id: tenant_id.clone(),
            workspace_id: workspace_id.clone(),
            time,
            kind: kind.into(),
            outcome,
            actor: None,
            object: None,
            client_id: None,
            user_id: None,
            reason: None,
            detail: None,
            ip: None,
            request_id: None,
        }
    }
}

/// A recorded event.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEvent {
    /// Its id, a UUIDv7.
    pub id: String,
    /// When.
    pub time: Timestamp,
    /// What.
    pub kind: String,
    /// How it went.
    pub outcome: Outcome,
    /// Who did it.
    pub actor: Option<String>,
    /// To what.
    pub object: Option<String>,
    /// The client concerned.
    pub client_id: Option<String>,
    /// The user concerned.
    pub user_id: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// More.
    pub detail: Option<Value>,
    /// Where from.
    pub ip: Option<String>,
    /// The request it happened in.
    pub request_id: Option<String>,
}

/// Which events to list.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only of this client.
    pub client_id: Option<String>,
    /// Only of this user.
    pub user_id: Option<String>,
    /// Only of this type.
    pub kind: Option<String>,
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only for this reason.
    pub reason: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Not at or after.
    pub to: Option<Timestamp>,
}

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

impl Tx {
    /// Deletes the events of a workspace, or of a whole tenant: with the thing itself, or whoever takes its name later
    /// would read them. Answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_audit_events(
        &self,
        tenant_id: &TenantId,
        workspace_id: Option<&WorkspaceId>,
    ) -> Result<u64, StoreError> {
        let mut delete = Entity::delete_many().filter(Column::TenantId.eq(tenant_id.as_str()));
        if let Some(workspace_id) = workspace_id {
            delete = delete.filter(Column::WorkspaceId.eq(workspace_id.as_str()));
        }
        Ok(delete.exec(&self.db).await?.rows_affected)
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

impl TryFrom<Model> for AuditEvent {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            time: Timestamp::from_millis(row.time),
            kind: row.kind,
            outcome: rows::known("audit_events.outcome", Outcome::parse(&row.outcome))?,
            actor: row.actor,
            object: row.object,
            client_id: row.client_id,
            user_id: row.user_id,
            reason: row.reason,
            detail: row.detail,
            ip: row.ip,
            request_id: row.request_id,
        })
    }
}
