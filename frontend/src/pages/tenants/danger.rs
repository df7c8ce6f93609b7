//! What stops a tenant or a workspace: switching it off, and deleting it after its id has been written.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::{Value, json};

use crate::api::use_api;
use crate::form::Form;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Confirm;
use crate::ui::page::{Section, SubSection};
use crate::ui::toast::use_toasts;

/// What is at stake.
#[derive(Clone)]
pub(crate) struct Stakes {
    /// `tenant` or `workspace`.
    pub(crate) what: &'static str,
    /// What has to be written before it is deleted.
    pub(crate) id: String,
    /// Where it is in the API.
    pub(crate) path: String,
    /// What disabling it does.
    pub(crate) disabling: &'static str,
    /// What deleting it does.
    pub(crate) deleting: &'static str,
    /// Why neither can be done, where neither can.
    pub(crate) protected: Option<&'static str>,
    /// Whether the person may disable it.
    pub(crate) may_disable: bool,
    /// Whether the person may delete it.
    pub(crate) may_delete: bool,
    /// Where the page goes when it is gone.
    pub(crate) gone_to: String,
}

/// The last section of settings. It is not there for those who may do nothing in it.
#[component]
pub(crate) fn DangerZone(form: Form, stakes: Stakes) -> impl IntoView {
    if let Some(why) = stakes.protected {
        return view! { <Section title="Disable or delete" id="danger"><p class="quiet">{why}</p></Section> }
            .into_any();
    }
    if !stakes.may_disable && !stakes.may_delete {
        return ().into_any();
    }
    let disable = stakes.may_disable.then(|| view! { <Disable form stakes=stakes.clone()/> });
    let delete = stakes.may_delete.then(|| view! { <Delete stakes=stakes.clone()/> });
    view! { <Section title="Danger zone" id="danger">{disable} {delete}</Section> }.into_any()
}

#[component]
fn Disable(form: Form, stakes: Stakes) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let Stakes { what, path, disabling, .. } = stakes;
    let active = Signal::derive(move || form.draft.with(|draft| draft.get("status") == Some(&json!("active"))));
    let set = move |status: &'static str| {
        let path = path.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = api.patch::<Value>(&path, &json!({ "status": status }), None).await;
            busy.set(false);
            open.set(false);
            match answer {
                Ok(object) => {
                    form.take(object);
                    let done = if status == "active" { "enabled" } else { "disabled" };
                    toasts.good(format!("The {what} is {done}."));
                }
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    };
    let enable = set.clone();
    let unsaved = form.changed();
    view! {
        <SubSection title=Signal::derive(move || format!("{} this {what}", if active.get() { "Disable" } else { "Enable" }))>
            <p>{move || if active.get() { disabling } else { "It is switched off. Enabling it restores everything as it was." }}</p>
            {move || unsaved.get().then(|| view! { <p class="quiet">"Save or discard your changes first."</p> })}
            {move || if active.get() {
                view! {
                    <Button
                        action="disable"
                        weight=Weight::Danger
                        disabled=unsaved
                        on_click=Callback::new(move |()| open.set(true))
                    >
                        {format!("Disable {what}")}
                    </Button>
                }.into_any()
            } else {
                let enable = enable.clone();
                view! {
                    <Button action="enable" busy disabled=unsaved on_click=Callback::new(move |()| enable("active"))>
                        {format!("Enable {what}")}
                    </Button>
                }.into_any()
            }}
        </SubSection>
        <Confirm
            open
            title=format!("Disable this {what}?")
            text=disabling
            confirm_label=format!("Disable {what}")
            danger=true
            busy
            on_confirm=Callback::new(move |()| set("inactive"))
        />
    }
}

#[component]
fn Delete(stakes: Stakes) -> impl IntoView {
    let (api, toasts, go) = (use_api(), use_toasts(), use_navigate());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let Stakes { what, id, path, deleting, gone_to, .. } = stakes;
    let name = id.clone();
    let delete = move |()| {
        let (path, gone_to, go, name) = (path.clone(), gone_to.clone(), go.clone(), name.clone());
        busy.set(true);
        spawn_local(async move {
            let answer = api.delete(&path).await;
            busy.set(false);
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.good(format!("The {what} {name} is deleted."));
                    go(&gone_to, NavigateOptions::default());
                }
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    };
    view! {
        <SubSection title=format!("Delete this {what}")>
            <p>{deleting}</p>
            <Button action="delete" weight=Weight::Danger on_click=Callback::new(move |()| open.set(true))>
                {format!("Delete {what}")}
            </Button>
        </SubSection>
        <Confirm
            open
            title=format!("Delete {id}?")
            text=deleting
            confirm_label=format!("Delete {what}")
            danger=true
            typed=Signal::stored(id)
            busy
            on_confirm=Callback::new(delete)
        />
    }
}
