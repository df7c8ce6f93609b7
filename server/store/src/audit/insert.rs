//! Writing events many at a time.

use sea_orm::{ConnectionTrait, sea_query::Value};

use super::{clean, id};
use crate::{
    NewAuditEvent, Store, StoreError, connect::begin_writing, entity::audit_events::Entity, insertion::Insertion,
    statistics::Tally,
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

static INSERTION: Insertion<10> = Insertion::new([1, 2, 4, 8, 16, 32, 64, 128, 256, 500]);

/// Writes events and counts them, both or neither.
pub(crate) async fn write(store: &Store, rows: &[Row]) -> Result<(), StoreError> {
    let tally = Tally::of(rows.iter().map(|row| &row.event));
    if tally.is_empty() {
        return insert(store.writer(), rows).await.map(drop);
    }
    let db = begin_writing(store.writer()).await?;
    // When all are there already, the attempt before did succeed, and has counted them.
    if insert(&db, rows).await? > 0 {
        tally.write(&db).await?;
    }
    Ok(db.commit().await?)
}

/// Writes events and answers how many; one that is there already was written by an attempt whose answer was lost.
pub(crate) async fn insert<C: ConnectionTrait>(db: &C, mut rows: &[Row]) -> Result<u64, StoreError> {
    let mut written = 0;
    let backend = db.get_database_backend();
    while let Some(length) = INSERTION.filled_by(rows.len()) {
        let Some((now, later)) = rows.split_at_checked(length) else { break };
        let values = now.iter().flat_map(values).collect();
        written += db.execute_raw(INSERTION.statement::<Entity>(backend, length, values)).await?.rows_affected();
        rows = later;
    }
    Ok(written)
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
