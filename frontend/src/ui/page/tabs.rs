//! Several views of one thing, each with its own address.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A view of the thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tab {
    /// What it is called.
    pub(crate) label: String,
    /// Where it is: a path, a query or both.
    pub(crate) href: String,
    /// How many things it has.
    pub(crate) count: Option<u64>,
}

/// Links to the views; the one that is open is marked.
#[component]
pub(crate) fn Tabs(#[prop(into)] tabs: Signal<Vec<Tab>>) -> impl IntoView {
    let location = use_location();
    let open = Memo::new(move |_| {
        let (path, search) = (location.pathname.get(), location.search.get());
        tabs.with(|tabs| current(tabs, &path, &search))
    });
    let one = move |(index, tab): (usize, Tab)| {
        view! {
            <a class="tab" href=tab.href aria-current=move || (open.get() == Some(index)).then_some("page")>
                {tab.label}
                {tab.count.map(|count| view! { <span class="tab-count">{count}</span> })}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Views">{move || tabs.get().into_iter().enumerate().map(one).collect_view()}</nav>
    }
}

/// Which tab is open at this address: the one that says most about it.
fn current(tabs: &[Tab], path: &str, search: &str) -> Option<usize> {
    let here: Vec<&str> = search.trim_start_matches('?').split('&').collect();
    let fit = |tab: &Tab| {
        let (own, query) = tab.href.split_once('?').unwrap_or((tab.href.as_str(), ""));
        let own = if own.is_empty() { path } else { own };
        let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
        let within = path == own || path.strip_prefix(own).is_some_and(|rest| rest.starts_with('/'));
        (within && pairs.iter().all(|pair| here.contains(pair))).then_some((own.len(), pairs.len()))
    };
    let fits = tabs.iter().enumerate().filter_map(|(index, tab)| fit(tab).map(|fit| (fit, index)));
    fits.max_by_key(|(fit, index)| (*fit, std::cmp::Reverse(*index))).map(|(_, index)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tabs(hrefs: &[&str]) -> Vec<Tab> {
        hrefs.iter().map(|href| Tab { href: (*href).to_owned(), ..Tab::default() }).collect()
    }

    #[test]
    fn the_tab_that_says_most_about_the_address_is_open() {
        let by_path = tabs(&["/c/1", "/c/1/keys", "/c/1/code"]);
        for (path, open) in [("/c/1", 0), ("/c/1/keys", 1), ("/c/1/keys/new", 1), ("/c/1/else", 0)] {
            assert_eq!(current(&by_path, path, ""), Some(open), "{path}");
        }
        assert_eq!(current(&by_path, "/c/12", ""), None);
        let by_query = tabs(&["/c/1", "/c/1?tab=keys", "?tab=code"]);
        for (search, open) in [("", 0), ("?tab=keys", 1), ("?sort=name&tab=keys", 1), ("?tab=code", 2), ("?tab=x", 0)] {
            assert_eq!(current(&by_query, "/c/1", search), Some(open), "{search}");
        }
    }
}
