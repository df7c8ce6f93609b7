//! Registering a client: what it is, how it proves itself and where people come back to, done. Under a minute.

use leptos::prelude::*;

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::workspace::WorkspaceView;

use crate::data::{load, shown, use_query};
use crate::may::use_may;
use crate::paths;
use crate::shell::here;
use crate::ui::button::{Button, Weight};
use crate::ui::field::RadioCards;
use crate::ui::page::{Notice, PageHead, Section, Stepper, Tone};

mod certificate;
mod chosen;
mod done;
mod key;
mod kind;
mod proof;
mod public_key;
mod request;
mod try_it;
mod uris;

pub(super) use certificate::described;
pub(super) use public_key::{inspect_path, to_inspect};
pub(super) use uris::{RedirectUris, sentence};

use chosen::Chosen;
use done::{Done, Made};
use kind::Kind;
use proof::Proof;

/// How far it has come.
#[derive(Clone, Copy)]
struct Steps {
    current: RwSignal<usize>,
    made: RwSignal<Option<Made>>,
}

/// Registers a client.
#[component]
pub(crate) fn NewClient() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let clients = paths::of_workspace(&tid, &aid, "clients");
    if !use_may().in_workspace(Permission::ClientsWrite, &tid, &aid) {
        return view! {
            <PageHead title="Register a client" back=(clients, "Clients".to_owned())/>
            <Notice tone=Tone::Info>"Your role may look at clients but not register any. Ask an administrator of this tenant for one that may."</Notice>
        }
        .into_any();
    }
    let workspace =
        load(move || path::workspace(&tid, &aid), |api, path| async move { api.get::<WorkspaceView>(&path).await });
    let chosen = Chosen::new(Kind::parse(&use_query().now("kind")));
    let steps = Steps { current: RwSignal::new(0), made: RwSignal::new(None) };
    let names = ["What it is", "How it proves itself", "Done"].map(str::to_owned).to_vec();
    view! {
        <PageHead title="Register a client" back=(clients, "Clients".to_owned())/>
        <Stepper steps=names current=steps.current/>
        {shown(workspace, 10, move |workspace| view! { <Screens workspace chosen steps/> })}
    }
    .into_any()
}

#[component]
fn Screens(workspace: WorkspaceView, chosen: Chosen, steps: Steps) -> impl IntoView {
    let workspace = StoredValue::new(workspace);
    move || {
        let workspace = workspace.get_value();
        match steps.current.get() {
            0 => view! { <What workspace chosen steps/> }.into_any(),
            1 => view! { <Proof workspace chosen steps/> }.into_any(),
            _ => steps.made.get().map(|made| view! { <Done workspace made/> }).into_any(),
        }
    }
}

/// The first screen.
#[component]
fn What(workspace: WorkspaceView, chosen: Chosen, steps: Steps) -> impl IntoView {
    let cards: Vec<_> = Kind::ALL.into_iter().map(|kind| kind.card(&workspace.settings)).collect();
    let settings = workspace.settings.clone();
    let nothing = {
        let settings = settings.clone();
        Signal::derive(move || chosen.kind().is_none_or(|kind| kind.refused(&settings).is_some()))
    };
    let go_on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !untrack(|| nothing.get()) {
            chosen.preselect(&settings);
            steps.current.set(1);
        }
    };
    view! {
        <form class="stack" on:submit=go_on>
            <Section title="What is it?" about="It decides how people or machines get tokens; everything can be changed later.">
                <RadioCards legend="What is it?" legend_hidden=true name="kind" value=chosen.kind cards/>
            </Section>
            <div class="actions end">
                <Button action="next" weight=Weight::Primary submit=true disabled=nothing>"Continue"</Button>
            </div>
        </form>
    }
}
