//! The one door for time: the system's clock, or one that a test turns by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use cardea_protocol::Timestamp;

/// Where every part of the server takes the time from.
#[derive(Clone, Default)]
pub struct Clock {
    /// Milliseconds that replace the system's time; `None` in production.
    by_hand: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still at `now` until [`Clock::advance_secs`] moves it.
    pub fn by_hand(now: Timestamp) -> Self {
        Self { by_hand: Some(Arc::new(AtomicI64::new(now.as_millis()))) }
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        match &self.by_hand {
            Some(millis) => Timestamp::from_millis(millis.load(Ordering::Relaxed)),
            None => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
        }
    }

    /// Moves a clock made by [`Clock::by_hand`]; the system's clock is not moved.
    pub fn advance_secs(&self, seconds: i64) {
        self.advance_millis(seconds * 1000);
    }

    /// The same in smaller steps.
    pub fn advance_millis(&self, by: i64) {
        if let Some(millis) = &self.by_hand {
            millis.fetch_add(by, Ordering::Relaxed);
        }
    }
}
