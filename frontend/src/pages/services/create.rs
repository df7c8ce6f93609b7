//! A new service.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::json;

use cardea_api::path;
use cardea_api::service::ServiceView;
use cardea_protocol::id::{TenantId, WorkspaceId};

use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::paths;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextField;

/// The dialog that adds a service, and then leads to it.
#[component]
pub(super) fn CreateService(open: RwSignal<bool>, tid: TenantId, aid: WorkspaceId) -> impl IntoView {
    view! {
        <Dialog open title="Add a service" id="create-service-dialog">
            <Fields open tid=tid.clone() aid=aid.clone()/>
        </Dialog>
    }
}

#[component]
fn Fields(open: RwSignal<bool>, tid: TenantId, aid: WorkspaceId) -> impl IntoView {
    let (api, go) = (use_api(), use_navigate());
    let (name, audience) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let of_server = move |pointer: &'static str| {
        Signal::derive(move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.at(pointer))))
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let new = json!({"name": name.get_untracked().trim(), "audience": audience.get_untracked().trim()});
        let (api, go, tid, aid) = (api, go.clone(), tid.clone(), aid.clone());
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<ServiceView>(&path::in_workspace(&tid, &aid, "services"), &new).await;
            busy.set(false);
            match answer {
                Ok(service) => {
                    open.set(false);
                    go(&paths::service(&tid, &aid, &service.id), NavigateOptions::default());
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <TextField label="Name" id="name" value=name problem=of_server("/name") placeholder="Orders API" required=true autofocus=true/>
            <TextField
                label="Audience"
                id="audience"
                name="audience"
                kind="url"
                value=audience
                problem=of_server("/audience")
                placeholder="https://orders.example/"
                hint="A URI that names the API, usually its address. Its tokens carry it as aud, and the API must accept no others."
                monospaced=true
                required=true
            />
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="cancel" on_click=Callback::new(move |()| open.set(false))>"Cancel"</Button>
                <Button action="create-service" weight=Weight::Primary submit=true busy>"Add service"</Button>
            </div>
        </form>
    }
}
