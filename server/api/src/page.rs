//! One page of a list: keyset paging, the cursor is opaque to whoever asks.

use serde::{Deserialize, Serialize};

/// Items answered when the request names no `limit`.
pub const DEFAULT_LIMIT: u32 = 50;
/// The largest `limit` a request may name.
pub const MAX_LIMIT: u32 = 200;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the order asked for.
    pub items: Vec<T>,
    /// Give it as `cursor` to get the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A list that always fits on one page.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }
}
