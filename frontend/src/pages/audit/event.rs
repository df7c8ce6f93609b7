//! One event: a line that opens to everything that is known of it.

use leptos::prelude::*;
use serde_json::{Map, Value};

use cardea_api::audit_event::AuditEventView;

use super::changes::{self, Changes};
use super::kinds;
use super::reasons::explain;
use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::code::CodeBlock;
use crate::ui::diff::TextCompare;
use crate::ui::icon::{Icon, IconView};
use crate::ui::page::{Badge, Fact, Facts, Notice, Tone};
use crate::ui::time::{Ago, exact};

/// The event.
#[component]
pub(super) fn Event(event: AuditEventView) -> impl IntoView {
    let failed = event.outcome == "failure";
    let open = RwSignal::new(false);
    let title = match event.reason.as_deref() {
        Some(reason) => explain(reason).title.to_owned(),
        None => kinds::words(&event.kind),
    };
    let whom = event.client_id.clone().or_else(|| event.user_id.clone()).or_else(|| event.object.clone());
    let (tone, word) = if failed { (Tone::Bad, "Failed") } else { (Tone::Good, "Done") };
    let toggled = move |toggled: leptos::ev::Event| {
        let is_open = event_target::<web_sys::Element>(&toggled).has_attribute("open");
        open.set(is_open);
    };
    let (id, kind, time) = (event.id.clone(), event.kind.clone(), event.time);
    let whole = StoredValue::new(event);
    view! {
        <li class="event" data-id=id>
            <details on:toggle=toggled>
                <summary>
                    <IconView icon=Icon::ChevronRight size=14/>
                    <span class="event-time"><Ago time=Some(time)/></span>
                    <span class="event-outcome"><Badge tone>{word}</Badge></span>
                    <span class="event-title">{title}<code class="event-kind">{kind}</code></span>
                    <bdi class="event-whom mono">{whom}</bdi>
                </summary>
                {move || open.get().then(|| view! { <Detail event=whole.get_value()/> })}
            </details>
        </li>
    }
}

/// Everything that is known of the event.
#[component]
fn Detail(event: AuditEventView) -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let mut detail = match event.detail {
        Some(Value::Object(detail)) => detail,
        _ => Map::new(),
    };
    let reason = event.reason.map(|reason| {
        let words = explain(&reason);
        view! { <Notice tone=Tone::Warn title=words.title><p>{words.sentence}</p><p>{words.remedy}</p></Notice> }
    });
    let message = text(&mut detail, "message");
    let compared = match (text(&mut detail, "registered"), text(&mut detail, "presented")) {
        (Some(registered), Some(presented)) => view! { <TextCompare registered presented/> }.into_any(),
        (None, Some(presented)) => view! { <p>"Presented: "<code>{presented}</code></p> }.into_any(),
        (Some(registered), None) => view! { <p>"Registered: "<code>{registered}</code></p> }.into_any(),
        (None, None) => ().into_any(),
    };
    let changes = changes::take(&mut detail);
    let rest = (!detail.is_empty()).then(|| serde_json::to_string_pretty(&Value::Object(detail)).unwrap_or_default());
    let client = event.client_id.map(|id| {
        let href = paths::client(&tid, &aid, &id);
        view! { <Fact label="Client" copy=id.clone()><a href=href><code>{id}</code></a></Fact> }
    });
    let fact = |label: &'static str, value: Option<String>| {
        value.map(|value| view! { <Fact label copy=value.clone()><code>{value}</code></Fact> })
    };
    view! {
        <div class="event-detail stack">
            {reason}
            {message.map(|message| view! { <p>{message}</p> })}
            {compared}
            {(!changes.is_empty()).then(|| view! { <Changes changes/> })}
            <Facts>
                <Fact label="Time">{exact(event.time.as_millis())}</Fact>
                {client}
                {fact("User", event.user_id)}
                {fact("Done by", event.actor)}
                {fact("Done to", event.object)}
                {fact("Address", event.ip)}
                {fact("Request ID", event.request_id)}
                {fact("Event ID", Some(event.id))}
            </Facts>
            {rest.map(|rest| view! { <CodeBlock text=rest label="Details"/> })}
        </div>
    }
}

/// Takes a text out of the detail.
fn text(detail: &mut Map<String, Value>, name: &str) -> Option<String> {
    match detail.remove(name)? {
        Value::String(text) => Some(text),
        other => {
            detail.insert(name.to_owned(), other);
            None
        }
    }
}
