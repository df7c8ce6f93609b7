//! What a client last tried, failures first: why each failed, what was registered and what was presented, and what mends it.

use leptos::prelude::*;

use cardea_api::audit_event::{Activity as Events, AuditEventView};
use cardea_api::path;
use cardea_protocol::id::ClientId;

use crate::data::{load, shown};
use crate::pages::audit::reasons::explain;
use crate::shell::here;
use crate::ui::diff::TextCompare;
use crate::ui::icon::Icon;
use crate::ui::page::{Badge, EmptyState, Section, Tone};
use crate::ui::time::Ago;

mod mending;
mod remedy;

use mending::Mending;

/// The activity of a client.
#[component]
pub(crate) fn Activity() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let Ok(client_id) = ClientId::parse(&here::parameter("client")) else { return ().into_any() };
    let at = format!("{}/activity", path::client(&tid, &aid, &client_id));
    let events = load(move || at.clone(), |api, path| async move { api.get::<Events>(&path).await });
    shown(events, 8, move |found| parts(&client_id, found)).into_any()
}

fn parts(client_id: &ClientId, found: Events) -> AnyView {
    let (failures, successes): (Vec<_>, Vec<_>) = found.items.into_iter().partition(|event| event.outcome == "failure");
    if failures.is_empty() && successes.is_empty() {
        let text =
            "As soon as this client asks for a token, it is told here: what it did, or exactly why it was refused.";
        return view! { <EmptyState icon=Icon::Activity title="Nothing has happened yet" text/> }.into_any();
    }
    let told = failures.into_iter().map(|event| view! { <Refusal client_id=client_id.clone() event/> }).collect_view();
    let none = told.is_empty().then(|| view! { <p class="quiet">"Nothing was refused lately."</p> });
    view! {
        <Section title="Refused" about="The newest first, each with its reason. The client itself is never told why." id="failures">
            {none}
            <ul class="events">{told}</ul>
        </Section>
        <Section title="Succeeded" id="successes">
            <ul class="events">
                {successes.into_iter().map(|event| view! { <li class="event"><Line event/></li> }).collect_view()}
            </ul>
        </Section>
    }
    .into_any()
}

/// One failure.
#[component]
fn Refusal(client_id: ClientId, event: AuditEventView) -> impl IntoView {
    let reason = event.reason.clone().unwrap_or_default();
    let words = explain(&reason);
    let of_detail = |name: &str| Some(event.detail.as_ref()?.get(name)?.as_str()?.to_owned());
    let compared = of_detail("registered").zip(of_detail("presented"));
    let message = of_detail("message");
    let remedy = remedy::of(&reason, &event);
    let (id, name) = (event.id.clone(), reason.clone());
    view! {
        <li class="event" data-id=id data-reason=name>
            <div class="row">
                <h3>{words.title}</h3>
                <Badge tone=Tone::Bad><code>{reason}</code></Badge>
            </div>
            <p>{words.sentence}</p>
            {message.map(|message| view! { <p class="quiet">{message}</p> })}
            {compared.map(|(registered, presented)| view! { <TextCompare registered presented/> })}
            <p class="small">{words.remedy}</p>
            <Mending client_id remedy/>
            <Line event/>
        </li>
    }
}

/// When it was, from where, and what finds it in the log.
#[component]
fn Line(event: AuditEventView) -> impl IntoView {
    let what = match event.kind.as_str() {
        "token.issued" => "Token issued",
        "client.authenticated" => "Client authentication",
        "authorization.refused" => "Authorization request",
        other => other,
    }
    .to_owned();
    view! {
        <p class="row quiet small">
            <span>{what}</span>
            <Ago time=Some(event.time)/>
            {event.ip.map(|ip| view! { <span>"from " <code>{ip}</code></span> })}
            {event.request_id.map(|id| view! { <span>"request " <code>{id}</code></span> })}
        </p>
    }
}
