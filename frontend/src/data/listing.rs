//! A list of the management API: searched, sorted, filtered and paged by the server, one request a page.

use leptos::prelude::*;
use serde::de::DeserializeOwned;

use cardea_api::page::Page;

use super::load::{Load, load};
use super::query::{Query, use_query};
use crate::url;

/// How many items a page shows.
const LIMIT: &str = "50";

/// A list and where in it the page is.
pub(crate) struct Listing<T> {
    /// The page of the list.
    pub(crate) load: Load<Page<T>>,
    /// The state of the list in the URL.
    pub(crate) query: Query,
}

impl<T> Clone for Listing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Listing<T> {}

/// The list at `path`, with those `parameters` of the page's URL that the API takes (`q`, `sort` and `cursor` always).
pub(crate) fn listing<T>(
    path: impl Fn() -> String + Send + Sync + 'static,
    parameters: &'static [&'static str],
) -> Listing<T>
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
{
    let query = use_query();
    let address = move || address(&path(), query, parameters);
    Listing { load: load(address, |api, path| async move { api.get(&path).await }), query }
}

/// The request for the page of the list that `query` names.
fn address(path: &str, query: Query, parameters: &'static [&'static str]) -> String {
    let names = ["q", "sort", "cursor"].iter().chain(parameters);
    let given: Vec<_> = names.map(|name| (*name, query.get(name))).filter(|(_, value)| !value.is_empty()).collect();
    let pairs = given.iter().map(|(name, value)| (*name, value.as_str()));
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{}", url::encode(std::iter::once(("limit", LIMIT)).chain(pairs)))
}

impl<T: Clone + Send + Sync + 'static> Listing<T> {
    /// How many items this page shows.
    pub(crate) fn shown(self) -> Signal<usize> {
        Signal::derive(move || self.load.value().map_or(0, |page| page.items.len()))
    }

    /// Whether there are items before these.
    pub(crate) fn has_previous(self) -> Signal<bool> {
        Signal::derive(move || !self.query.get("cursor").is_empty())
    }

    /// Whether there are items after these.
    pub(crate) fn has_next(self) -> Signal<bool> {
        Signal::derive(move || self.load.value().is_some_and(|page| page.next_cursor.is_some()))
    }

    /// Goes to the first page.
    pub(crate) fn first(self) -> Callback<()> {
        Callback::new(move |()| self.query.change(&[("cursor", "")], false))
    }

    /// Goes to the next page.
    pub(crate) fn next(self) -> Callback<()> {
        Callback::new(move |()| {
            // While another page is awaited, that of the old one leads elsewhere.
            let next = if self.load.busy.get_untracked() { None } else { self.load.value() };
            if let Some(cursor) = next.and_then(|page| page.next_cursor) {
                self.query.change(&[("cursor", &cursor)], false);
            }
        })
    }

    /// What it is sorted by, for the table's head.
    pub(crate) fn sort(self) -> Signal<Option<String>> {
        Signal::derive(move || Some(self.query.get("sort")).filter(|sort| !sort.is_empty()))
    }

    /// Sorts it otherwise.
    pub(crate) fn on_sort(self) -> Callback<String> {
        Callback::new(move |sort: String| self.query.set("sort", &sort))
    }

    /// Whether the list is narrowed by a search or by one of `parameters`: then an empty one means that nothing matches.
    pub(crate) fn is_narrowed(self, parameters: &'static [&'static str]) -> bool {
        std::iter::once(&"q").chain(parameters).any(|name| !self.query.get(name).is_empty())
    }
}
