//! The state of a page that belongs in its URL: what is searched for, sorted by, filtered, and which page of the list.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use leptos_router::{NavigateOptions, location::Location};

use crate::url;

/// How long typing rests before it counts.
const REST: Duration = Duration::from_millis(250);

type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// The query of the page's URL.
#[derive(Clone, Copy)]
pub(crate) struct Query {
    map: Memo<ParamsMap>,
    location: StoredValue<Location>,
    go: StoredValue<Go, LocalStorage>,
}

/// The query of this page.
pub(crate) fn use_query() -> Query {
    let go: Go = Box::new(use_navigate());
    Query { map: use_query_map(), location: StoredValue::new(use_location()), go: StoredValue::new_local(go) }
}

impl Query {
    /// The value of `name`, followed; empty when there is none.
    pub(crate) fn get(self, name: &str) -> String {
        self.map.with(|map| map.get_str(name).unwrap_or_default().to_owned())
    }

    /// As [`Self::get`], not followed.
    pub(crate) fn now(self, name: &str) -> String {
        self.map.with_untracked(|map| map.get_str(name).unwrap_or_default().to_owned())
    }

    /// Sets `name` (an empty value leaves it out) and goes back to the first page, in place of this entry of the history.
    pub(crate) fn set(self, name: &str, value: &str) {
        self.change(&[(name, value), ("cursor", "")], true);
    }

    /// Sets each of `changes`; `replace` says whether the browser's Back leads to how it was.
    pub(crate) fn change(self, changes: &[(&str, &str)], replace: bool) {
        let mut pairs: Vec<(String, String)> = self.map.with_untracked(|map| {
            let kept = map.clone().into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
            kept.map(|(name, value)| (name.into_owned(), value)).collect()
        });
        pairs.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        pairs.retain(|(_, value)| !value.is_empty());
        let query = url::encode(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let path = self.location.with_value(|location| location.pathname.get_untracked());
        let target = if query.is_empty() { path } else { format!("{path}?{query}") };
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        self.go.with_value(|go| go(&target, options));
    }

    /// A signal that follows `name`, and that `name` follows once typing rests.
    pub(crate) fn bound(self, name: &'static str) -> RwSignal<String> {
        let signal = RwSignal::new(self.now(name));
        Effect::new(move |_| {
            let value = self.get(name);
            if signal.get_untracked() != value {
                signal.set(value);
            }
        });
        let timer = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |before: Option<()>| {
            let value = signal.get();
            if let Some(timer) = timer.get_value() {
                timer.clear();
            }
            if before.is_some() && value != self.now(name) {
                let later = move || self.set(name, &value);
                timer.set_value(set_timeout_with_handle(later, REST).ok());
            }
        });
        signal
    }
}
