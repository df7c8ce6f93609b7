//! Many things of one kind, what narrows them down, and the way to more. On a small screen each row becomes a card.

use leptos::prelude::*;

use super::button::Button;
use super::field::Choice;
use super::icon::{Icon, IconView};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// What the server calls it when sorting.
    pub(crate) key: &'static str,
    /// What it is called here; nothing for a column of buttons.
    pub(crate) label: &'static str,
    /// Whether the server can sort by it.
    pub(crate) sortable: bool,
    /// Whether it has numbers.
    pub(crate) numeric: bool,
}

impl Column {
    /// A column of text that cannot be sorted by.
    pub(crate) const fn plain(key: &'static str, label: &'static str) -> Self {
        Self { key, label, sortable: false, numeric: false }
    }

    /// A column of text that can be sorted by.
    pub(crate) const fn sortable(key: &'static str, label: &'static str) -> Self {
        Self { key, label, sortable: true, numeric: false }
    }
}

/// A table of `tr`s with [`Cell`]s. `sort` and what `on_sort` gets are as in the URL: `name`, or `-name` for downwards.
#[component]
pub(crate) fn Table(
    #[prop(into)] caption: String,
    columns: Vec<Column>,
    #[prop(optional, into)] sort: Signal<Option<String>>,
    #[prop(optional, into)] on_sort: Option<Callback<String>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame">
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{columns.into_iter().map(|column| view! { <Head column sort on_sort/> }).collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Head(column: Column, sort: Signal<Option<String>>, on_sort: Option<Callback<String>>) -> impl IntoView {
    let direction = move || sort.with(|sort| direction(sort.as_deref(), column.key));
    let aria =
        move || column.sortable.then(|| direction().map_or("none", |up| if up { "ascending" } else { "descending" }));
    let inside = match on_sort {
        Some(on_sort) if column.sortable => {
            let press = move |_| on_sort.run(turned(column.key, direction()));
            view! {
                <button type="button" class="sort" data-sort=column.key on:click=press>
                    {column.label}
                    {move || match direction() {
                        Some(true) => view! { <IconView icon=Icon::ChevronUp size=12/> },
                        Some(false) => view! { <IconView icon=Icon::ChevronDown size=12/> },
                        None => view! { <IconView icon=Icon::ChevronsUpDown size=12/> },
                    }}
                </button>
            }
            .into_any()
        }
        _ if column.label.is_empty() => view! { <span class="visually-hidden">"Actions"</span> }.into_any(),
        _ => column.label.into_any(),
    };
    view! {
        <th scope="col" class:numeric=column.numeric class:sortable=column.sortable aria-sort=aria>{inside}</th>
    }
}

/// Whether `sort` sorts by `key`: upwards, downwards or not.
fn direction(sort: Option<&str>, key: &str) -> Option<bool> {
    match sort? {
        up if up == key => Some(true),
        down if down.strip_prefix('-') == Some(key) => Some(false),
        _ => None,
    }
}

fn turned(key: &str, direction: Option<bool>) -> String {
    if direction == Some(true) { format!("-{key}") } else { key.to_owned() }
}

/// A cell of the column called `label`; with `head`, the cell that names the row.
#[component]
pub(crate) fn Cell(
    label: &'static str,
    children: Children,
    #[prop(optional)] numeric: bool,
    #[prop(optional)] head: bool,
) -> impl IntoView {
    if head {
        view! { <th scope="row" data-label=label class:numeric=numeric>{children()}</th> }.into_any()
    } else {
        view! { <td data-label=label class:numeric=numeric>{children()}</td> }.into_any()
    }
}

/// What stands above a table.
#[component]
pub(crate) fn Toolbar(children: Children) -> impl IntoView {
    view! { <div class="toolbar" role="search">{children()}</div> }
}

/// Words to look for.
#[component]
pub(crate) fn SearchField(
    value: RwSignal<String>,
    #[prop(into)] label: String,
    #[prop(into)] id: String,
) -> impl IntoView {
    view! {
        <div class="search">
            <IconView icon=Icon::Search/>
            <input
                class="input"
                type="search"
                id=id
                aria-label=label.clone()
                placeholder=label
                autocomplete="off"
                spellcheck="false"
                data-search=""
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// One property to look for; the option with the empty value stands for any.
#[component]
pub(crate) fn FilterSelect(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    value: RwSignal<String>,
    options: Vec<Choice>,
) -> impl IntoView {
    view! {
        <div class="filter" class:set=move || value.with(|value| !value.is_empty())>
            <label for=id.clone()>{label}</label>
            <select class="input" id=id on:change=move |event| value.set(event_target_value(&event))>
                {super::field::options(options, value)}
            </select>
        </div>
    }
}

/// How many are shown, and the way to more.
#[component]
pub(crate) fn Pager(
    #[prop(into)] has_previous: Signal<bool>,
    #[prop(into)] has_next: Signal<bool>,
    #[prop(into)] on_first: Callback<()>,
    #[prop(into)] on_next: Callback<()>,
    #[prop(into)] shown: Signal<usize>,
) -> impl IntoView {
    let is_first = Signal::derive(move || !has_previous.get());
    let is_last = Signal::derive(move || !has_next.get());
    let said = move || match (shown.get(), has_previous.get() || has_next.get()) {
        (0, false) => String::new(),
        (1, false) => "1 in all".to_owned(),
        (shown, false) => format!("{shown} in all"),
        (shown, true) => format!("{shown} on this page"),
    };
    view! {
        <nav class="pager" aria-label="Pages">
            <p class="quiet" role="status">{said}</p>
            <div class="actions" class:invisible=move || !has_previous.get() && !has_next.get()>
                <Button action="first-page" disabled=is_first on_click=on_first>"First page"</Button>
                <Button action="next-page" disabled=is_last on_click=on_next>"Next page"</Button>
            </div>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_sorted_up_then_down_then_up() {
        assert_eq!(direction(Some("name"), "name"), Some(true));
        assert_eq!(direction(Some("-name"), "name"), Some(false));
        assert_eq!(direction(Some("name"), "created_at"), None);
        assert_eq!(turned("name", None), "name");
        assert_eq!(turned("name", Some(true)), "-name");
        assert_eq!(turned("name", Some(false)), "name");
    }
}
