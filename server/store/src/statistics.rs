//! Statistics: what is counted of the audit events, hour by hour, so that nobody has to read the events to know how many there were.
//! Every node adds what it has written, in the transaction that writes the events.

use std::collections::BTreeMap;

use cardea_protocol::{TenantId, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select, Set,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    NewAuditEvent, Outcome, Scoped, Store, StoreError,
    entity::statistics::{ActiveModel, Column, Entity, Model},
    rows,
};

const HOUR_MILLIS: i64 = 3_600_000;
/// Rows written by one statement.
const CHUNK: usize = 500;
/// Stands for all workspaces of a tenant: no workspace is called so.
const WHOLE_TENANT: &str = "";

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// Token responses, by grant type.
    TokenByGrantType,
    /// Token responses, by client authentication method.
    TokenByMethod,
    /// Failures, by reason.
    Failure,
}

impl Counted {
    const ALL: [Self; 3] = [Self::TokenByGrantType, Self::TokenByMethod, Self::Failure];

    const fn as_str(self) -> &'static str {
        match self {
            Self::TokenByGrantType => "grant_type",
            Self::TokenByMethod => "method",
            Self::Failure => "failure",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// How often something happened in an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRecord {
    /// When the hour began.
    pub hour: Timestamp,
    /// What is counted.
    pub kind: Counted,
    /// Which of them.
    pub key: String,
    /// How often.
    pub count: u64,
}

/// The hour that a moment is in.
#[must_use]
pub fn hour_of(time: Timestamp) -> Timestamp {
    Timestamp::from_millis(time.as_millis().div_euclid(HOUR_MILLIS) * HOUR_MILLIS)
}

/// What is to be added. In order, alike on every node, so that none waits for another that waits for it.
#[derive(Debug, Default)]
pub(crate) struct Tally<'e>(BTreeMap<(&'e str, &'e str, i64, &'static str, &'e str), i64>);

impl<'e> Tally<'e> {
    pub(crate) fn of(events: impl Iterator<Item = &'e NewAuditEvent>) -> Self {
        let mut tally = Self::default();
        for event in events {
            if let (Outcome::Success, Some(token)) = (event.outcome, &event.token) {
                tally.add(event, Counted::TokenByGrantType, token.grant_type.as_str());
                tally.add(event, Counted::TokenByMethod, token.method.as_str());
            }
            if let (Outcome::Failure, Some(reason)) = (event.outcome, event.reason.as_deref()) {
                tally.add(event, Counted::Failure, reason);
            }
        }
        tally
    }

    fn add(&mut self, event: &'e NewAuditEvent, kind: Counted, key: &'e str) {
        let hour = hour_of(event.time).as_millis();
        for workspace in [event.workspace_id.as_str(), WHOLE_TENANT] {
            *self.0.entry((event.tenant_id.as_str(), workspace, hour, kind.as_str(), key)).or_default() += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds everything to what is there.
    pub(crate) async fn write<C: ConnectionTrait>(&self, db: &C) -> Result<(), DbErr> {
        let rows: Vec<_> = self.0.iter().map(row).collect();
        for chunk in rows.chunks(CHUNK) {
            let more = Expr::col((Entity, Column::Count)).add(Expr::col(("excluded", Column::Count)));
            let key = [Column::TenantId, Column::WorkspaceId, Column::Hour, Column::Kind, Column::Key];
            let conflict = OnConflict::columns(key).value(Column::Count, more).to_owned();
            Entity::insert_many(chunk.iter().cloned()).on_conflict(conflict).exec_without_returning(db).await?;
        }
        Ok(())
    }
}

fn row((key, count): (&(&str, &str, i64, &'static str, &str), &i64)) -> ActiveModel {
    let (tenant_id, workspace_id, hour, kind, key) = *key;
    ActiveModel {
        tenant_id: Set(tenant_id.to_owned()),
        workspace_id: Set(workspace_id.to_owned()),
        hour: Set(hour),
        kind: Set(kind.to_owned()),
        // PostgreSQL stores every character but one.
        key: Set(key.replace('\0', "\u{fffd}")),
        count: Set(*count),
    }
}

impl Scoped {
    /// What was counted in this workspace in the hours from `from` on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn statistics(&self, from: Timestamp) -> Result<Vec<CountRecord>, StoreError> {
        counts(&self.store, self.rows::<Entity>(), from).await
    }
}

impl Store {
    /// What was counted in all workspaces of a tenant in the hours from `from` on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tenant_statistics(
        &self,
        tenant_id: &TenantId,
        from: Timestamp,
    ) -> Result<Vec<CountRecord>, StoreError> {
        let tenant = Column::TenantId.eq(tenant_id.as_str()).and(Column::WorkspaceId.eq(WHOLE_TENANT));
        counts(self, Entity::find().filter(tenant), from).await
    }
}

async fn counts(store: &Store, rows: Select<Entity>, from: Timestamp) -> Result<Vec<CountRecord>, StoreError> {
    let found = rows.filter(Column::Hour.gte(hour_of(from).as_millis())).all(store.reader()).await?;
    found.into_iter().map(CountRecord::try_from).collect()
}

impl TryFrom<Model> for CountRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            hour: Timestamp::from_millis(row.hour),
            kind: rows::known("statistics.kind", Counted::parse(&row.kind))?,
            key: row.key,
            count: u64::try_from(row.count).unwrap_or_default(),
        })
    }
}
