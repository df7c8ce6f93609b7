//! Whether what is remembered may be believed: only as long as the change sequence is being read.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Caches are believed for this long after the sequence was last read; then every request asks the database.
const BELIEVED: Duration = Duration::from_millis(900);
/// After so long without reading, nothing that is remembered is worth checking. Changes are kept for a day.
const LOST: Duration = Duration::from_secs(60);

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
        read_at > 0 && self.now().saturating_sub(read_at) < BELIEVED.as_millis() as u64
    }

    /// A moment, to be handed to [`Freshness::read`].
    pub fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Whether nothing was read for so long that changes may have been cleared away meanwhile.
    pub fn is_lost(&self) -> bool {
        self.now().saturating_sub(self.read_at.load(Ordering::Acquire)) > LOST.as_millis() as u64
    }

    /// The sequence was read to its end; the reading began at `began`.
    pub fn read(&self, began: u64) {
        self.read_at.store(began.max(1), Ordering::Release);
    }
}
