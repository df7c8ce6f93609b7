//! What narrows the log: kind of event, outcome, reason, client, person, and time. All of it is in the URL.

use leptos::prelude::*;

use super::kinds;
use super::moment;
use super::reasons::{explain, names};
use crate::data::Query;
use crate::ui::button::{Button, Weight};
use crate::ui::field::Choice;
use crate::ui::table::{FilterSelect, SearchField, Toolbar};
use crate::ui::time::now;

/// The parameters of the list.
pub(super) const FILTERS: &[&str] = &["type", "outcome", "reason", "client_id", "user_id", "from", "to"];

const HOUR: i64 = 3_600_000;
const SPANS: [(&str, i64); 3] = [("Last hour", HOUR), ("Last day", 24 * HOUR), ("Last week", 7 * 24 * HOUR)];

/// The filters.
#[component]
pub(super) fn Filters(query: Query) -> impl IntoView {
    let is_set = move || FILTERS.iter().any(|name| !query.get(name).is_empty());
    let clear = move |()| {
        let nothing: Vec<_> = FILTERS.iter().chain(&["cursor"]).map(|name| (*name, "")).collect();
        query.change(&nothing, true);
    };
    let spans = SPANS.map(|(label, span)| {
        let since = move |()| {
            let from = cardea_protocol::Timestamp::from_millis(now() - span).to_string();
            query.change(&[("from", &from), ("to", ""), ("cursor", "")], true);
        };
        view! { <Button weight=Weight::Plain action="since" on_click=since>{label}</Button> }
    });
    view! {
        <Toolbar>
            <SearchField label="Client ID" id="client_id" value=query.bound("client_id")/>
            <SearchField label="User ID" id="user_id" value=query.bound("user_id")/>
            <FilterSelect label="Outcome" id="outcome" value=query.bound("outcome") options=outcomes()/>
            <FilterSelect label="Event" id="type" value=query.bound("type") options=types()/>
            <FilterSelect label="Reason" id="reason" value=query.bound("reason") options=reasons()/>
        </Toolbar>
        <div class="toolbar span" role="group" aria-label="Time">
            <label for="from" class="quiet small">"From"</label>
            <Moment id="from" value=moment::bound(query, "from")/>
            <label for="to" class="quiet small">"to"</label>
            <Moment id="to" value=moment::bound(query, "to")/>
            {spans.into_iter().collect_view()}
            <Show when=is_set><Button action="clear-filters" on_click=clear>"Clear filters"</Button></Show>
        </div>
    }
}

#[component]
fn Moment(id: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <input
            class="input moment-field"
            type="datetime-local"
            id=id
            prop:value=value
            on:change=move |event| value.set(event_target_value(&event))
        />
    }
}

fn outcomes() -> Vec<Choice> {
    vec![Choice::new("", "Any"), Choice::new("failure", "Failures"), Choice::new("success", "Successes")]
}

fn types() -> Vec<Choice> {
    let all = kinds::GROUPS.iter().flat_map(|(_, kinds)| *kinds);
    std::iter::once(Choice::new("", "Any")).chain(all.map(|kind| Choice::new(*kind, kinds::words(kind)))).collect()
}

fn reasons() -> Vec<Choice> {
    std::iter::once(Choice::new("", "Any")).chain(names().map(|name| Choice::new(name, explain(name).title))).collect()
}
