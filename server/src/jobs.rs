//! What is done now and then: clearing away what has expired.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;

const INTERVAL: Duration = Duration::from_secs(60);
const DAY_MILLIS: i64 = 86_400_000;

/// Clears away expired rows for as long as the process lives. Nodes need no agreement: what is gone is gone.
pub async fn clear_expired(app: Arc<App>) {
    loop {
        tokio::time::sleep(INTERVAL).await;
        let now = app.clock.now();
        let audit_before = now.plus_millis(-DAY_MILLIS * i64::from(app.config.audit.retention_days));
        let cleared = async {
            app.store.delete_expired(now).await?;
            app.store.delete_audit_events(audit_before).await?;
            app.store.delete_statistics(audit_before).await?;
            app.store.prune_changes(now.plus_millis(-DAY_MILLIS)).await
        };
        if let Err(error) = cleared.await {
            tracing::warn!(%error, "expired rows could not be cleared away; trying again in a minute");
        }
    }
}
