//! The clients that would stop working: who, since when unused, where to, and whom to tell.

use leptos::prelude::*;

use cardea_protocol::{AuthMethod, ClientId};

use super::impact::Asked;
use super::moves::{Moves, Progress, summary};
use super::notify::Notify;
use super::policy::Facts;
use super::{Impact, ImpactedClient};
use crate::api::use_api;
use crate::data::shown_with;
use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Confirm;
use crate::ui::page::{Notice, Section, Spinner, Tone};
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::Ago;

/// The panel; nothing where nothing is being disabled.
#[component]
pub(super) fn Impacted(asked: Asked, moves: Moves, facts: Facts) -> impl IntoView {
    let disables = Signal::derive(move || !facts.disabled().is_empty() && !facts.draft.get().is_empty());
    let had_moves = move || moves.progress.with(|progress| !progress.is_empty());
    view! {
        <Show when=move || disables.get() || had_moves()>
            <Section title="Effect on clients" id="impact">
                <p class="row impact-wait" role="status">
                    {move || asked.is_pending().then(|| view! { <Spinner/> "Looking who would be affected…" })}
                </p>
                {shown_with(asked.load, || (), move |impact| view! { <Answer impact asked moves facts/> })}
                {move || moves.progress.with(summary).map(|said| view! { <p class="small" role="status">{said}</p> })}
                <Failures moves/>
            </Section>
        </Show>
    }
}

#[component]
fn Answer(impact: Impact, asked: Asked, moves: Moves, facts: Facts) -> impl IntoView {
    let Impact { clients, total } = impact;
    if total == 0 {
        let said = "No active client is registered for a method that would be disabled.";
        // Not while the answer may be that of the switches as they were.
        let nobody = move || {
            (!asked.is_pending())
                .then(|| view! { <Notice tone=Tone::Good title="Nobody would stop working"><p>{said}</p></Notice> })
        };
        return nobody.into_any();
    }
    let title = if total == 1 {
        "1 client would stop working".to_owned()
    } else {
        format!("{total} clients would stop working")
    };
    let beyond = usize::try_from(total).unwrap_or(usize::MAX).saturating_sub(clients.len());
    let rows =
        clients.clone().into_iter().map(|client| view! { <Row client moves may_move=facts.may_move/> }).collect_view();
    view! {
        <Notice tone=Tone::Warn title=title>
            <p>
                "From the next request on they are answered with invalid_client. Tokens that they have live on, and enabling the method again restores them."
            </p>
        </Notice>
        <Table
            caption="Clients that would stop working"
            columns=vec![
                Column::plain("client", "Client"),
                Column::plain("method", "Method"),
                Column::plain("last", "Last used"),
                Column::plain("to", "Can move to"),
            ]
        >
            {rows}
        </Table>
        {(beyond > 0).then(|| view! { <p class="quiet small">{format!("and {beyond} more that were used less recently.")}</p> })}
        <div class="actions">
            <Notify clients=clients.clone() facts/>
            {facts.may_move.then(|| view! { <MoveAll clients asked moves/> })}
        </div>
    }
    .into_any()
}

#[component]
fn Row(client: ImpactedClient, moves: Moves, may_move: bool) -> impl IntoView {
    let id = client.client_id.as_str().to_owned();
    let href = paths::client(&tid(), &aid(), &id);
    let name = client.client_name.clone().unwrap_or_else(|| id.clone());
    let shown_id = id.clone();
    let last = client.last_authenticated_at;
    let method = client.token_endpoint_auth_method;
    let time = (method != AuthMethod::None).then_some(last);
    view! {
        <tr data-id=id.clone()>
            <Cell label="Client" head=true><a href=href>{name}</a><span class="cell-sub mono">{shown_id}</span></Cell>
            <Cell label="Method"><code>{method.as_str()}</code></Cell>
            <Cell label="Last used">
                {match time {
                    Some(time) => view! { <Ago time/> }.into_any(),
                    None => view! { <span class="quiet">"Not recorded for public clients"</span> }.into_any(),
                }}
            </Cell>
            <Cell label="Can move to"><Target client moves may_move/></Cell>
        </tr>
    }
}

/// Where the client could go with what it has.
#[component]
fn Target(client: ImpactedClient, moves: Moves, may_move: bool) -> impl IntoView {
    let id = client.client_id.as_str().to_owned();
    match client.movable_to.as_slice() {
        [] => {
            let href = paths::client_tab(&tid(), &aid(), &id, "credentials");
            view! { <span class="quiet">"Needs "<a href=href>"another credential"</a></span> }.into_any()
        }
        [only] => view! { <code>{only.as_str()}</code> }.into_any(),
        several if may_move => {
            let select_id = format!("move-{id}");
            let label = format!("Method to move {id} to");
            let first = moves.target(&client).map_or("", AuthMethod::as_str);
            let options = several.iter().map(|method| {
                let name = method.as_str();
                view! { <option value=name selected=name == first>{name}</option> }
            });
            let choose = move |event| {
                if let Some(method) = AuthMethod::parse(&event_target_value(&event)) {
                    moves.chosen.update(|chosen| {
                        let _ = chosen.insert(id.clone(), method);
                    });
                }
            };
            view! { <select class="input" id=select_id aria-label=label on:change=choose>{options.collect_view()}</select> }
                .into_any()
        }
        several => {
            let names = several.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ");
            view! { <code>{names}</code> }.into_any()
        }
    }
}

/// The button that moves everybody who can be moved.
#[component]
fn MoveAll(clients: Vec<ImpactedClient>, asked: Asked, moves: Moves) -> impl IntoView {
    let api = use_api();
    let open = RwSignal::new(false);
    let movable: Vec<_> = clients.into_iter().filter(|client| !client.movable_to.is_empty()).collect();
    let count = movable.len();
    if count == 0 {
        return ().into_any();
    }
    let label = if count == 1 { "Move 1 client".to_owned() } else { format!("Move {count} clients") };
    let said = label.clone();
    let confirm = Callback::new(move |()| {
        open.set(false);
        let each = movable.iter().filter_map(|client| Some((client.client_id.clone(), moves.target(client)?)));
        let each: Vec<(ClientId, AuthMethod)> = each.collect();
        moves.all(api, each, move || asked.load.again());
    });
    view! {
        <Button action="move-clients" weight=Weight::Secondary busy=moves.busy on_click=move |()| open.set(true)>
            {said}
        </Button>
        <Confirm
            open
            title="Move these clients?"
            text="They keep their credentials, and from their next request on each must authenticate by its new method: have the applications configured for it first. This takes effect at once, before you save the switches."
            confirm_label=label
            on_confirm=confirm
        />
    }
    .into_any()
}

/// Clients that could not be moved, and why.
#[component]
fn Failures(moves: Moves) -> impl IntoView {
    let rows = move || {
        let failed = moves.progress.get().into_iter().filter_map(|(id, progress)| match progress {
            Progress::Failed(failure) => Some((id, failure)),
            Progress::Moving | Progress::Moved(_) => None,
        });
        failed
            .map(|(id, failure)| {
                view! { <li><code>{id}</code>": "{failure.message.clone()}" "<span class="quiet">{failure.remedy()}</span></li> }
            })
            .collect_view()
    };
    let moved = move || {
        let moved = moves.progress.get().into_iter().filter_map(|(id, progress)| match progress {
            Progress::Moved(method) => Some((id, method)),
            Progress::Moving | Progress::Failed(_) => None,
        });
        moved.map(|(id, method)| view! { <li><code>{id}</code>" → "<code>{method.as_str()}</code></li> }).collect_view()
    };
    view! { <ul class="move-results small">{moved} {rows}</ul> }
}
