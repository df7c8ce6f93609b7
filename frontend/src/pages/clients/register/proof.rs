//! The second screen: how the client proves itself, where people come back to, its name and what it may ask for.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::client::ClientWithSecret;
use cardea_api::path;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::AuthMethod;
use cardea_protocol::client_metadata::ApplicationType;
use cardea_protocol::violation::Violation;

use super::Steps;
use super::certificate::ClientCertificate;
use super::chosen::Chosen;
use super::done::Made;
use super::kind::{Kind, RANKED, preselected, refused};
use super::public_key::PublicKey;
use super::uris::{RedirectUris, sentence};
use crate::api::{Failure, use_api};
use crate::client_form::of_field;
use crate::data::Failed;
use crate::methods::{Strength, describe};
use crate::pages::clients::scope_list::ScopeList;
use crate::ui::button::{Button, Weight};
use crate::ui::field::{Card, RadioCards, TextField, point_out};
use crate::ui::page::{Notice, Section, Tone};

#[component]
pub(super) fn Proof(workspace: WorkspaceView, chosen: Chosen, steps: Steps) -> impl IntoView {
    let Some(kind) = chosen.kind.with_untracked(|kind| Kind::parse(kind)) else { return ().into_any() };
    let api = use_api();
    let settings = StoredValue::new(workspace.settings.clone());
    let problems = Memo::new(move |_| settings.with_value(|settings| chosen.problems(settings)));
    let (busy, failure, tried) = (RwSignal::new(false), RwSignal::new(None::<Failure>), RwSignal::new(false));
    let clients = path::clients(&workspace.tenant_id, &workspace.id);
    let register = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if busy.get_untracked() {
            return;
        }
        if !problems.with_untracked(Vec::is_empty) || unnamed(chosen) {
            point_out();
            return;
        }
        let clients = clients.clone();
        let metadata = settings.with_value(|settings| untrack(|| chosen.metadata(settings)));
        // Only what is registered is handed on, not a key of another choice.
        let uses_key =
            untrack(|| chosen.method() == Some(AuthMethod::PrivateKeyJwt) && chosen.source.get() == "generate");
        let key = chosen.key.get_untracked().filter(|_| uses_key);
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<ClientWithSecret>(&clients, &metadata).await;
            busy.set(false);
            match answer {
                Ok(client) => {
                    steps.made.set(Some(Made::new(client, key)));
                    steps.current.set(2);
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    let at = move |pointer: &'static str| {
        Signal::derive(move || {
            let server = failure.with(|failure| failure.as_ref().and_then(|failure| failure.at(pointer)));
            let mine = problems.with(|all| of_field(all, pointer).next().map(|problem| problem.message.clone()));
            mine.or(server).map(|message| sentence(&message))
        })
    };
    let name_problem = Signal::derive(move || {
        (tried.get() && chosen.name.with(|name| name.trim().is_empty()))
            .then(|| "Give it a name by which people know it.".to_owned())
            .or_else(|| at("/client_name").get())
    });
    let cards = settings.with_value(|settings| cards(kind, settings));
    view! {
        <form class="stack" on:submit=register novalidate>
            <Section title="What is it called?">
                <TextField
                    label="Name"
                    id="client_name"
                    name="client_name"
                    value=chosen.name
                    problem=name_problem
                    required=true
                    autofocus=true
                    placeholder="Billing"
                    hint=if kind.redirects() { "People see it when they are asked for consent." } else { "To tell it from others." }
                />
            </Section>
            {kind.redirects().then(|| view! {
                <Section title="Where do people come back to?">
                    <RedirectUris
                        values=chosen.redirect_uris
                        problems=Signal::derive(move || problems.get())
                        application_type=Signal::derive(move || chosen.kind().map_or(ApplicationType::Web, Kind::application_type))
                        tried
                    />
                </Section>
            })}
            <Section title="How does it prove itself?" about="The strongest first.">
                <RadioCards
                    legend="How does it prove itself?"
                    legend_hidden=true
                    name="token_endpoint_auth_method"
                    value=chosen.method
                    cards
                />
                {move || match chosen.method() {
                    Some(AuthMethod::PrivateKeyJwt) => view! { <PublicKey chosen/> }.into_any(),
                    Some(method) if method.is_tls() => view! { <ClientCertificate chosen method/> }.into_any(),
                    Some(method) if method.has_secret() => {
                        view! { <p class="quiet">"The secret is made by the server and shown once, on the next screen."</p> }.into_any()
                    }
                    _ => ().into_any(),
                }}
            </Section>
            <Section title="What may it ask for?" about="Scopes; none is fine, and they can be changed at any time.">
                <ScopeList values=chosen.scope people=kind.redirects() || kind == Kind::Device/>
            </Section>
            <Wrong problems tried/>
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="back" on_click=Callback::new(move |()| steps.current.set(0))>"Back"</Button>
                <Button action="create-client" weight=Weight::Primary submit=true busy>"Register the client"</Button>
            </div>
        </form>
    }
    .into_any()
}

fn unnamed(chosen: Chosen) -> bool {
    chosen.name.with_untracked(|name| name.trim().is_empty())
}

/// What has no field of its own on this screen to be said by.
#[component]
fn Wrong(problems: Memo<Vec<Violation>>, tried: RwSignal<bool>) -> impl IntoView {
    move || {
        let shown = ["/client_name", "/redirect_uris"];
        let all = problems.get();
        let rest: Vec<_> =
            all.iter().filter(|problem| !shown.iter().any(|field| problem.pointer.starts_with(field))).collect();
        let lines = rest.iter().map(|problem| view! { <li>{explained(problem)}</li> }).collect_view();
        (tried.get() && !rest.is_empty()).then(|| {
            view! { <Notice tone=Tone::Bad title="Something is missing" id="problems"><ul>{lines}</ul></Notice> }
        })
    }
}

fn explained(problem: &Violation) -> String {
    match problem.pointer.as_str() {
        "/jwks" => "Make, paste or publish a key or a certificate for it first.".to_owned(),
        pointer if pointer.starts_with("/tls_client_auth") || pointer.is_empty() => {
            "Drop its certificate and choose by which name it is recognised.".to_owned()
        }
        "/token_endpoint_auth_method" if problem.message.contains("tls_client_auth_") => {
            "Drop its certificate and choose by which name it is recognised.".to_owned()
        }
        pointer => format!("{}: {}", pointer.trim_start_matches('/'), sentence(&problem.message)),
    }
}

/// The seven methods for a kind: those that fit and are enabled, the others with the reason why not.
fn cards(kind: Kind, workspace: &cardea_protocol::WorkspaceSettings) -> Vec<Card> {
    let best = preselected(kind, workspace);
    let mut cards: Vec<_> = RANKED
        .into_iter()
        .map(|method| {
            let words = describe(method);
            let because = refused(kind, method, workspace);
            let badge = if Some(method) == best {
                let only = method == AuthMethod::None;
                Some((Tone::Good, if only { "The one that fits" } else { "Recommended" }.to_owned()))
            } else if because.is_none() && words.strength == Strength::Secret {
                Some((Tone::Neutral, "Simple".to_owned()))
            } else {
                None
            };
            Card {
                value: method.as_str().to_owned(),
                title: method.as_str().to_owned(),
                text: match method {
                    AuthMethod::None => words.sentence.to_owned(),
                    _ => format!("{} It needs {}.", words.sentence, words.needs),
                },
                badge,
                disabled_because: because,
                ..Card::default()
            }
        })
        .collect();
    cards.sort_by_key(|card| card.disabled_because.is_some());
    cards
}

#[cfg(test)]
mod tests {
    use super::*;
    use cardea_protocol::WorkspaceSettings;

    #[test]
    fn all_seven_are_shown_those_that_can_be_chosen_first() {
        for kind in Kind::ALL {
            let cards = cards(kind, &WorkspaceSettings::default());
            assert_eq!(cards.len(), 7);
            assert!(cards.first().is_some_and(|card| card.disabled_because.is_none() && card.badge.is_some()));
            assert!(cards.iter().is_sorted_by_key(|card| card.disabled_because.is_some()));
        }
    }
}
