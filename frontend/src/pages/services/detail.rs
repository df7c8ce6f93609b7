//! One service: its audience, its scopes, and who may introspect its tokens.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::Value;

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::scope_rows::ScopeRows;
use crate::api::{Tagged, use_api};
use crate::data::{load, shown};
use crate::form::{Form, SaveBar};
use crate::may::use_may;
use crate::paths;
use crate::shell::here;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Confirm;
use crate::ui::field::{ListField, TextField};
use crate::ui::page::{PageHead, Section};
use crate::ui::toast::use_toasts;

/// The page of a service.
#[component]
pub(crate) fn Service() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let object = path::service(&tid, &aid, &here::parameter("service"));
    let at = object.clone();
    let service = load(move || at.clone(), |api, path| async move { api.read::<Value>(&path).await });
    shown(service, 8, move |service| view! { <Fields tid=tid.clone() aid=aid.clone() object=object.clone() service/> })
}

#[component]
fn Fields(tid: TenantId, aid: WorkspaceId, object: String, service: Tagged<Value>) -> impl IntoView {
    let may_write = use_may().in_workspace(Permission::ServicesWrite, &tid, &aid);
    let form = Form::of(service);
    let title = Signal::derive(move || {
        form.draft.with(|draft| draft.get("name").and_then(Value::as_str).unwrap_or("Service").to_owned())
    });
    let read = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let scopes = form.bound("scopes", read, Value::Array);
    let wrong = form.problem("/scopes");
    let list = paths::of_workspace(&tid, &aid, "services");
    view! {
        <PageHead title back=(list.clone(), "Services".to_owned())/>
        <Section title="General">
            <TextField label="Name" id="name" name="name" value=form.text("name") problem=form.problem("/name") read_only=!may_write/>
            <TextField
                label="Audience"
                id="audience"
                name="audience"
                value=form.text("audience")
                problem=form.problem("/audience")
                hint="The aud of its tokens. Once it is changed, the API has to accept the new one."
                monospaced=true
                read_only=!may_write
            />
        </Section>
        <Section title="Scopes" about="What clients may ask for, and the words that people read when they are asked to agree.">
            <ScopeRows scopes read_only=!may_write/>
            {move || wrong.get().map(|wrong| view! { <p class="wrong" role="alert">{wrong}</p> })}
        </Section>
        <Section
            title="Introspection"
            about="The clients that may ask whether a token for this service is valid (RFC 7662): usually the API itself."
        >
            <ListField
                label="Clients"
                id="introspection_client_ids"
                name="introspection_client_ids"
                values=form.list("introspection_client_ids")
                problems=form.problems("/introspection_client_ids")
                add_label="Add a client"
                read_only=!may_write
            />
        </Section>
        {may_write.then(|| view! {
            <SaveBar form path=object.clone()/>
            <Remove object=object.clone() list=list.clone() name=title/>
        })}
    }
}

#[component]
fn Remove(object: String, list: String, name: Signal<String>) -> impl IntoView {
    let (api, toasts, go) = (use_api(), use_toasts(), use_navigate());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    // The callback outlives this view's thread of thought, not its thread.
    let go = StoredValue::new_local(go);
    let (object, list) = (StoredValue::new(object), StoredValue::new(list));
    let remove = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = api.delete(&object.get_value()).await;
            busy.set(false);
            open.set(false);
            match answer {
                Ok(()) => go.with_value(|go| go(&list.get_value(), NavigateOptions::default())),
                Err(failure) => toasts.bad(failure.message, failure.request_id),
            }
        });
    });
    view! {
        <Section title="Delete" about="Its scopes go with it: clients that ask for them are refused, and tokens for its audience are issued no more.">
            <Button action="delete-service" weight=Weight::Danger on_click=Callback::new(move |()| open.set(true))>"Delete this service"</Button>
        </Section>
        <Confirm
            open
            title="Delete this service?"
            text="This cannot be undone."
            confirm_label="Delete service"
            danger=true
            typed=name
            busy
            on_confirm=remove
        />
    }
}
