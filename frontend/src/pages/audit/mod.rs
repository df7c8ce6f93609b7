//! Audit log: what happened in a workspace, who did it, and why it failed; narrowed, followed live, taken away as a file.

use leptos::prelude::*;

use cardea_api::audit_event::AuditEventView;
use cardea_api::path;

use crate::data::{listing, shown};
use crate::shell::here::{aid, tid};
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, PageHead, Section};
use crate::ui::table::Pager;

mod changes;
mod event;
mod export;
mod filters;
pub(crate) mod kinds;
mod live;
mod moment;
pub(crate) mod reasons;

use event::Event;
use export::Export;
use filters::{FILTERS, Filters};
use live::{Tail, TailSwitch};

/// The page.
#[component]
pub(crate) fn Audit() -> impl IntoView {
    let events = path::in_workspace(&tid(), &aid(), "audit-events");
    let list_path = events.clone();
    let list = listing::<AuditEventView>(move || list_path.clone(), FILTERS);
    let tail = Tail::of(list, events);
    let all = Signal::derive(move || {
        let mut all = tail.news.get();
        all.extend(list.load.value().map(|page| page.items).unwrap_or_default());
        all
    });
    let is_empty = Memo::new(move |_| all.with(Vec::is_empty));
    let rows = move || {
        if is_empty.get() {
            return view! { <Nothing narrowed=list.is_narrowed(FILTERS)/> }.into_any();
        }
        view! {
            <ol class="events" aria-label="Events, the newest first">
                <For each=move || all.get() key=|event| event.id.clone() let:event>
                    <Event event/>
                </For>
            </ol>
        }
        .into_any()
    };
    view! {
        <PageHead
            title="Audit log"
            about="What happened in this workspace, the newest first. It never holds a secret."
            actions=move || view! { <TailSwitch tail/> <Export events=all/> }
        />
        <Filters query=list.query/>
        <Section title="Events">
            {shown(list.load, 10, move |_| view! { <div>{rows}</div> })}
            <Pager
                has_previous=list.has_previous()
                has_next=list.has_next()
                on_first=list.first()
                on_next=list.next()
                shown=move || all.with(Vec::len)
            />
        </Section>
    }
}

#[component]
fn Nothing(narrowed: bool) -> impl IntoView {
    let (title, text) = if narrowed {
        ("No event fits", "Nothing that is kept matches these filters. Widen the time or take a filter away.")
    } else {
        ("Nothing has happened yet", "Each sign-in, token, refusal and change of this workspace will be listed here.")
    };
    view! { <EmptyState icon=Icon::Audit title text/> }
}
