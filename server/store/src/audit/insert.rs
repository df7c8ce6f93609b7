//! Writing events many at a time. Each costs every token request something, so the text of a statement is made once, and
//! nothing is copied but what is bound.

use std::sync::OnceLock;

use sea_orm::{
    ConnectionTrait, DbBackend, Iterable, Statement,
    sea_query::{Expr, InsertStatement, OnConflict, PostgresQueryBuilder, Query, SqliteQueryBuilder, Value},
};

use super::{clean, id};
use crate::{
    NewAuditEvent, StoreError,
    entity::audit_events::{Column, Entity},
};

/// An event with its id, so that a second attempt writes the same row.
pub(crate) struct Row {
    id: String,
    event: NewAuditEvent,
}

impl From<NewAuditEvent> for Row {
    fn from(event: NewAuditEvent) -> Self {
        Self { id: id::next(event.time), event }
    }
}

/// The lengths that statements have: a few can stay prepared, where one for each number of events could not.
const LENGTHS: [usize; 10] = [500, 256, 128, 64, 32, 16, 8, 4, 2, 1];

/// Writes events; one that is there already was written by an attempt whose answer was lost.
pub(crate) async fn insert<C: ConnectionTrait>(db: &C, mut rows: &[Row]) -> Result<(), StoreError> {
    let backend = db.get_database_backend();
    while let Some(which) = LENGTHS.iter().position(|length| *length <= rows.len()) {
        let Some((now, later)) = LENGTHS.get(which).and_then(|length| rows.split_at_checked(*length)) else { break };
        let values: Vec<Value> = now.iter().flat_map(values).collect();
        db.execute_raw(Statement::from_sql_and_values(backend, text(backend, which), values)).await?;
        rows = later;
    }
    Ok(())
}

fn values(row: &Row) -> [Value; 14] {
    let event = &row.event;
    let own = |value: &Option<String>| Value::from(value.as_deref().map(|text| clean(text).into_owned()));
    // In the order of `Column`.
    [
        event.tenant_id.as_str().into(),
        event.workspace_id.as_str().into(),
        row.id.as_str().into(),
        event.time.as_millis().into(),
        event.kind.as_ref().into(),
        event.outcome.as_str().into(),
        own(&event.actor),
        own(&event.object),
        own(&event.client_id),
        own(&event.user_id),
        Value::from(event.reason.as_deref().map(|text| clean(text).into_owned())),
        // JSON escapes the character that `clean` is about.
        Value::from(event.detail.as_ref().map(|detail| detail.0.clone())),
        own(&event.ip),
        own(&event.request_id),
    ]
}

/// The statement of `LENGTHS[which]`, as sea-query writes it for this database.
fn text(backend: DbBackend, which: usize) -> &'static str {
    static TEXTS: [[OnceLock<String>; LENGTHS.len()]; 2] = [const { [const { OnceLock::new() }; LENGTHS.len()] }; 2];
    let [sqlite, postgres] = &TEXTS;
    let (texts, is_postgres) = if backend == DbBackend::Postgres { (postgres, true) } else { (sqlite, false) };
    let write = || {
        let statement = statement(LENGTHS.get(which).copied().unwrap_or(1));
        if is_postgres { statement.build(PostgresQueryBuilder).0 } else { statement.build(SqliteQueryBuilder).0 }
    };
    texts.get(which).map_or("", |text| text.get_or_init(write))
}

fn statement(rows: usize) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(Entity).columns(Column::iter()).on_conflict(OnConflict::new().do_nothing().to_owned());
    for _ in 0..rows {
        insert.values_panic(Column::iter().map(|_| Expr::value(0)));
    }
    insert
}
