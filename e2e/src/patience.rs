//! Waiting for what another process does, without guessing how long it takes.

use std::time::{Duration, Instant};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);

/// Looks again until `look` sees something, and answers that with the time it took; panics naming `what` after `limit`.
pub async fn eventually<T>(what: &str, limit: Duration, mut look: impl AsyncFnMut() -> Option<T>) -> (T, Duration) {
    let began = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return (seen, began.elapsed());
        }
        assert!(began.elapsed() < limit, "{what}: not within {limit:?}");
        tokio::time::sleep(PAUSE).await;
    }
}
