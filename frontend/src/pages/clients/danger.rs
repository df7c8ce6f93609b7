//! Switching a client off and on, and deleting it after its id has been written.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::{Value, json};

use cardea_protocol::Status;

use super::one::One;
use crate::api::use_api;
use crate::paths;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Confirm;
use crate::ui::page::{Section, SubSection};
use crate::ui::toast::use_toasts;

const DISABLING: &str = "From the next request on it is refused everywhere. Its settings and credentials stay, and enabling it restores them.";
const DELETING: &str =
    "Its settings, secrets and consents are deleted and it is refused at once. This cannot be undone.";

#[component]
pub(super) fn Danger(one: One) -> impl IntoView {
    if !one.may_write() {
        return ().into_any();
    }
    view! {
        <Section title="Danger zone" id="danger">
            <Disable one=one.clone()/>
            <Delete one/>
        </Section>
    }
    .into_any()
}

#[component]
fn Disable(one: One) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let followed = one.clone();
    let active = Memo::new(move |_| followed.metadata().status == Status::Active);
    let set = Callback::new(move |status: Status| {
        let one = one.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = api.patch::<Value>(&one.path(), &json!({ "status": status }), None).await;
            busy.set(false);
            open.set(false);
            match answer {
                Ok(object) => {
                    let _ = one.put(object);
                    toasts.good(if status == Status::Active {
                        "The client is enabled."
                    } else {
                        "The client is disabled."
                    });
                }
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    });
    view! {
        <SubSection title=Signal::derive(move || if active.get() { "Disable this client".to_owned() } else { "Enable this client".to_owned() })>
            <p>{move || if active.get() { DISABLING } else { "It is disabled. Enabling it restores everything as it was." }}</p>
            {move || if active.get() {
                view! {
                    <Button action="disable" weight=Weight::Danger on_click=move |()| open.set(true)>"Disable client"</Button>
                }.into_any()
            } else {
                view! { <Button action="enable" busy on_click=move |()| set.run(Status::Active)>"Enable client"</Button> }.into_any()
            }}
        </SubSection>
        <Confirm
            open
            title="Disable this client?"
            text=DISABLING
            confirm_label="Disable client"
            danger=true
            busy
            on_confirm=move |()| set.run(Status::Inactive)
        />
    }
}

#[component]
fn Delete(one: One) -> impl IntoView {
    let (api, toasts, go) = (use_api(), use_toasts(), use_navigate());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let id = one.client_id.to_string();
    let name = id.clone();
    let delete = move |()| {
        let (one, go, name) = (one.clone(), go.clone(), name.clone());
        busy.set(true);
        spawn_local(async move {
            let answer = api.delete(&one.path()).await;
            busy.set(false);
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.good(format!("The client {name} is deleted."));
                    go(&paths::of_workspace(&one.tid, &one.aid, "clients"), NavigateOptions::default());
                }
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    };
    view! {
        <SubSection title="Delete this client">
            <p>{DELETING}</p>
            <Button action="delete" weight=Weight::Danger on_click=move |()| open.set(true)>"Delete client"</Button>
        </SubSection>
        <Confirm
            open
            title=format!("Delete {id}?")
            text=DELETING
            confirm_label="Delete client"
            danger=true
            typed=Signal::stored(id)
            busy
            on_confirm=Callback::new(delete)
        />
    }
}
