//! Follows the change sequence of the database, so that what another node changed is seen here within a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cardea_store::StoreError;

use crate::app::App;

const INTERVAL: Duration = Duration::from_millis(200);
/// Caches are believed for this long after the sequence was last read; then every request asks the database.
const BELIEVED: Duration = Duration::from_millis(900);
/// After so long without reading, nothing that is remembered is worth checking. Changes are kept for a day.
const LOST: Duration = Duration::from_secs(60);
const BATCH: u64 = 1_000;

/// When the change sequence was last read to its end.
pub struct Freshness {
    start: Instant,
    /// Milliseconds since `start`; 0 before the first read.
    read_at: AtomicU64,
}

impl Default for Freshness {
    fn default() -> Self {
        Self { start: Instant::now(), read_at: AtomicU64::new(0) }
    }
}

impl Freshness {
    /// Whether the caches may be believed.
    pub fn is_fresh(&self) -> bool {
        let read_at = self.read_at.load(Ordering::Acquire);
        read_at > 0 && self.millis().saturating_sub(read_at) < BELIEVED.as_millis() as u64
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Whether nothing was read for so long that changes may have been cleared away meanwhile.
    fn is_lost(&self) -> bool {
        self.millis().saturating_sub(self.read_at.load(Ordering::Acquire)) > LOST.as_millis() as u64
    }

    fn read(&self, began: u64) {
        self.read_at.store(began.max(1), Ordering::Release);
    }
}

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
    let mut began = app.freshness.millis();
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
        began = app.freshness.millis();
    }
}
