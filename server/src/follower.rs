//! Follows the change sequence of the database, so that what another node changed is seen here within a second.

use std::sync::Arc;
use std::time::Duration;

use cardea_store::StoreError;

use crate::app::App;

const INTERVAL: Duration = Duration::from_millis(200);
const BATCH: u64 = 1_000;

/// Reads the sequence for as long as the process lives.
pub async fn follow(app: Arc<App>) {
    let mut last = None;
    loop {
        match catch_up(&app, last).await {
            Ok(seq) => last = Some(seq),
            Err(error) => {
                tracing::warn!(%error, "the change sequence cannot be read; caches are not used until it can")
            }
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Applies what came after `last` and answers the new last number. With no `last` the caches are empty, and so is the past.
///
/// # Errors
/// When the store is down.
pub async fn catch_up(app: &App, last: Option<i64>) -> Result<i64, StoreError> {
    let mut began = app.freshness.now();
    let Some(mut last) = last else {
        let head = app.store.changes_head().await?;
        app.freshness.read(began);
        return Ok(head);
    };
    let lost = app.freshness.is_lost();
    loop {
        let changes = app.store.poll_changes(last, BATCH).await?;
        let full = changes.len() as u64 == BATCH;
        if lost || changes.first().is_some_and(|change| change.seq != last + 1) {
            app.forget_all();
        }
        for change in &changes {
            app.forget(&change.tenant_id, change.workspace_id.as_ref(), change.client_id.as_ref()).await;
            last = change.seq;
        }
        if !full {
            app.freshness.read(began);
            return Ok(last);
        }
        began = app.freshness.now();
    }
}
