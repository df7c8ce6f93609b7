//! Failed authentications are counted for each client and source (RFC 6749 §2.3.1: protect against brute force).
//!
//! Counting slows whoever fails and nobody else: the right secret from the same place is still let in, and the same client
//! elsewhere does not notice. The counters are of this node and bounded in number.

use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use moka::sync::Cache;

const WINDOW: Duration = Duration::from_secs(60);
const COUNTERS: u64 = 100_000;

struct Counter {
    since: Instant,
    failures: AtomicU32,
}

/// Counters of failures in the last minute, or of what else is counted for as long as it lasts.
pub struct Throttle {
    counters: Cache<u64, Arc<Counter>>,
    window: Duration,
    /// Keyed at random, so that nobody can choose who shares a counter with whom.
    hasher: RandomState,
    limit: u32,
}

/// Who fails: somebody who speaks of one client of one workspace, from one source.
#[derive(Clone, Copy)]
pub struct Attempt {
    client: u64,
    source: u64,
}

/// What follows from a failure.
#[derive(Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Seconds to wait, when there were too many failures.
    pub retry_after: Option<u64>,
    /// Whether this one is worth an audit event: all within the limit are, and the first beyond it.
    pub record: bool,
}

/// A source may fail this many times as often as it may for one client: names can be made up.
const CLIENTS_PER_SOURCE: u32 = 10;

impl Throttle {
    /// Allows `limit` failures a minute for each client and source.
    pub fn new(limit: u32) -> Self {
        Self::over(limit, WINDOW)
    }

    /// Allows `limit` in each `window`.
    pub fn over(limit: u32, window: Duration) -> Self {
        let counters = Cache::builder().max_capacity(COUNTERS).time_to_live(window).build();
        Self { counters, window, hasher: RandomState::new(), limit }
    }

    /// An attempt for `client` of `workspace` (`tid/aid`) from `source`: an IPv4 address or an IPv6 /64 network.
    pub fn attempt(&self, workspace: &str, client: &str, source: Option<IpAddr>) -> Attempt {
        let network = source.map(|ip| match ip {
            IpAddr::V4(ip) => ip.to_bits().into(),
            IpAddr::V6(ip) => ip.to_bits() >> 64 << 64 | 1,
        });
        let client = self.hasher.hash_one((workspace, Some(client), network));
        Attempt { client, source: self.hasher.hash_one((workspace, None::<&str>, network)) }
    }

    /// Whether the limit is reached already; nothing is counted.
    pub fn is_exhausted(&self, attempt: Attempt) -> bool {
        self.count(attempt.client) >= self.limit || self.count(attempt.source) >= self.limit * CLIENTS_PER_SOURCE
    }

    /// Counts a failure.
    pub fn failed(&self, attempt: Attempt) -> Verdict {
        let client = self.add(attempt.client, self.limit);
        let source = self.add(attempt.source, self.limit * CLIENTS_PER_SOURCE);
        let retry_after = client.retry_after.max(source.retry_after);
        Verdict { retry_after, record: client.record && source.record }
    }

    /// Takes a failure back that was counted before its outcome was known.
    pub fn forgive(&self, attempt: Attempt) {
        for key in [attempt.client, attempt.source] {
            if let Some(counter) = self.counters.get(&key) {
                let less = |count: u32| count.checked_sub(1);
                // At zero there is nothing to take back.
                let _ = counter.failures.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
            }
        }
    }

    fn count(&self, key: u64) -> u32 {
        self.counters.get(&key).map_or(0, |counter| counter.failures.load(Ordering::Relaxed))
    }

    fn add(&self, key: u64, limit: u32) -> Verdict {
        let fresh = || Arc::new(Counter { since: Instant::now(), failures: AtomicU32::new(0) });
        let counter = self.counters.get_with(key, fresh);
        let before = counter.failures.fetch_add(1, Ordering::Relaxed);
        let left = self.window.saturating_sub(counter.since.elapsed()).as_secs().max(1);
        Verdict { retry_after: (before >= limit).then_some(left), record: before <= limit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: Verdict = Verdict { retry_after: None, record: true };

    #[test]
    fn failures_beyond_the_limit_slow_one_client_from_one_source_only() {
        let throttle = Throttle::new(3);
        let attempt = |workspace, client, ip: &str| throttle.attempt(workspace, client, ip.parse().ok());
        let attacked = attempt("t/a", "client", "192.0.2.1");
        for _ in 0..3 {
            assert_eq!(throttle.failed(attacked), FINE);
        }
        let first_beyond = throttle.failed(attacked);
        assert!(first_beyond.record && first_beyond.retry_after.is_some_and(|seconds| (1..=60).contains(&seconds)));
        assert!(!throttle.failed(attacked).record, "the log is not filled");
        assert!(throttle.is_exhausted(attacked));
        for other in [("t/b", "client", "192.0.2.1"), ("t/a", "other", "192.0.2.1"), ("t/a", "client", "192.0.2.2")] {
            assert!(!throttle.is_exhausted(attempt(other.0, other.1, other.2)), "{other:?}");
        }
    }

    #[test]
    fn a_source_that_makes_up_clients_is_slowed_too() {
        let throttle = Throttle::new(1);
        let attempt = |client: usize| throttle.attempt("t/a", &client.to_string(), "192.0.2.1".parse().ok());
        for client in 0..10 {
            assert_eq!(throttle.failed(attempt(client)), FINE);
        }
        assert!(throttle.failed(attempt(10)).retry_after.is_some());
        assert!(!throttle.failed(attempt(11)).record);
    }

    #[test]
    fn an_ipv6_network_is_one_source() {
        let throttle = Throttle::new(1);
        let from = |text: &str| throttle.attempt("t/a", "client", text.parse().ok()).client;
        assert_eq!(from("2001:db8:1:2::1"), from("2001:db8:1:2:ffff::9"));
        assert_ne!(from("2001:db8:1:2::1"), from("2001:db8:1:3::1"));
    }
}
