//! Ids nobody else on the page has, for what must be pointed at (`aria-labelledby`) but has no name of its own.

use std::sync::atomic::{AtomicUsize, Ordering};

/// An id that begins with `stem`.
pub(crate) fn id(stem: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("{stem}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
