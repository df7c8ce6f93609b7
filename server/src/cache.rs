//! A bounded cache that is never stale for longer than a second.
//!
//! Each entry is loaded once, however many ask (single flight). What a load read may be old by the time that it is kept,
//! when a change was announced meanwhile; such an entry is dropped and loaded again.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::future::Cache as Moka;

/// What takes room in a cache.
pub trait Weigh {
    /// Roughly how many octets it takes.
    fn weight(&self) -> u32;
}

/// What a key and an absent value take.
const EMPTY: u32 = 200;

/// Values by key; absence (`None`) is remembered like presence, so that unknown names cost one row each and no more.
pub struct Cache<V> {
    entries: Moka<String, Option<Arc<V>>>,
    /// Count what was invalidated, each for a share of the keys; a load that sees its own move has raced with a change.
    epochs: [AtomicU64; SHARES],
    hasher: RandomState,
}

/// So many that what changes elsewhere seldom makes a load look twice.
const SHARES: usize = 256;

/// How often a load is repeated because changes keep coming in; then its answer is given without being kept.
const ATTEMPTS: usize = 3;

impl<V: Weigh + Send + Sync + 'static> Cache<V> {
    /// Takes at most `capacity` octets.
    pub fn new(capacity: u64) -> Self {
        let weigher = |_: &String, value: &Option<Arc<V>>| value.as_ref().map_or(0, |value| value.weight()) + EMPTY;
        Self {
            entries: Moka::builder().max_capacity(capacity).weigher(weigher).build(),
            epochs: [const { AtomicU64::new(0) }; SHARES],
            hasher: RandomState::new(),
        }
    }

    fn epoch(&self, key: &str) -> &AtomicU64 {
        let [first, ..] = &self.epochs;
        let share = self.hasher.hash_one(key) % SHARES as u64;
        usize::try_from(share).ok().and_then(|share| self.epochs.get(share)).unwrap_or(first)
    }

    /// The value at `key`, if it is here.
    pub async fn find(&self, key: &str) -> Option<Option<Arc<V>>> {
        self.entries.get(key).await
    }

    /// The value at `key`, loaded when it is not here.
    ///
    /// # Errors
    /// What `load` answers; errors are not remembered.
    pub async fn find_or_load<E: Clone + Send + Sync + 'static>(
        &self,
        key: &str,
        load: impl AsyncFn() -> Result<Option<V>, E>,
    ) -> Result<Option<Arc<V>>, E> {
        let epoch = self.epoch(key);
        let mut value = None;
        for _ in 0..ATTEMPTS {
            // As of when the value is true: for who only joins the loading, when it joined.
            let as_of = AtomicU64::new(epoch.load(Ordering::Acquire));
            let loading = async {
                // Who joins while this is under way may have begun after a change: what was read before it is read again.
                let mut read = None;
                for _ in 0..ATTEMPTS {
                    let began = epoch.load(Ordering::Acquire);
                    read = load().await?;
                    if epoch.load(Ordering::Acquire) == began {
                        as_of.store(began, Ordering::Release);
                        break;
                    }
                }
                Ok(read.map(Arc::new))
            };
            let loaded = self.entries.try_get_with_by_ref(key, loading).await;
            value = loaded.map_err(|error: Arc<E>| E::clone(&error))?;
            if epoch.load(Ordering::Acquire) == as_of.load(Ordering::Acquire) {
                return Ok(value);
            }
            self.entries.invalidate(key).await;
        }
        Ok(value)
    }

    /// Forgets the value at `key`.
    pub async fn invalidate(&self, key: &str) {
        self.epoch(key).fetch_add(1, Ordering::AcqRel);
        self.entries.invalidate(key).await;
    }

    /// Forgets everything: used when changes may have been missed.
    pub fn clear(&self) {
        for epoch in &self.epochs {
            epoch.fetch_add(1, Ordering::AcqRel);
        }
        self.entries.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    const ROOM: u64 = 10_000;

    impl Weigh for u64 {
        fn weight(&self) -> u32 {
            8
        }
    }

    #[tokio::test]
    async fn a_value_is_loaded_once_and_again_after_it_was_invalidated() {
        let cache = Cache::new(ROOM);
        let loads = AtomicU64::new(0);
        let load = async || Ok::<_, Infallible>(Some(loads.fetch_add(1, Ordering::Relaxed)));
        assert_eq!(cache.find("k").await, None);
        for _ in 0..3 {
            assert_eq!(cache.find_or_load("k", load).await.unwrap().as_deref(), Some(&0));
        }
        cache.invalidate("k").await;
        assert_eq!(cache.find_or_load("k", load).await.unwrap().as_deref(), Some(&1));
    }

    #[tokio::test]
    async fn what_was_read_before_a_change_is_not_kept() {
        let cache = Arc::new(Cache::new(ROOM));
        let loads = AtomicU64::new(0);
        let load = async || {
            let value = loads.fetch_add(1, Ordering::Relaxed);
            if value == 0 {
                // The change is announced while the old value is on its way.
                cache.invalidate("k").await;
            }
            Ok::<_, Infallible>(Some(value))
        };
        assert_eq!(cache.find_or_load("k", load).await.unwrap().as_deref(), Some(&1));
        assert_eq!(cache.find("k").await.flatten().as_deref(), Some(&1));
    }

    #[tokio::test]
    async fn changes_without_end_do_not_keep_a_reader_waiting() {
        let cache = Cache::new(ROOM);
        let loads = AtomicU64::new(0);
        let load = async || {
            cache.invalidate("k").await;
            Ok::<_, Infallible>(Some(loads.fetch_add(1, Ordering::Relaxed)))
        };
        assert!(cache.find_or_load("k", load).await.unwrap().is_some());
        assert_eq!(loads.load(Ordering::Relaxed), (ATTEMPTS * ATTEMPTS) as u64);
        assert_eq!(cache.find("k").await, None, "what is not certain is not kept");
    }

    #[tokio::test]
    async fn absence_is_remembered_and_errors_are_not() {
        let cache: Cache<u64> = Cache::new(ROOM);
        assert_eq!(cache.find_or_load("k", async || Err("down")).await, Err("down"));
        assert_eq!(cache.find_or_load("k", async || Ok::<_, &str>(None)).await, Ok(None));
        assert_eq!(cache.find_or_load("k", async || Err("down")).await, Ok(None));
    }
}
