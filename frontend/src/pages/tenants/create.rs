//! A new tenant: its name and its id.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use cardea_api::path;
use cardea_api::tenant::{NewTenant, TenantSettings, TenantView};
use cardea_protocol::id::TenantId;

use super::creation::{NameAndId, problem};
use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::paths;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::toast::use_toasts;

/// The dialog that creates a tenant, and then leads into it.
#[component]
pub(super) fn CreateTenant(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title="Create a tenant" id="create-tenant-dialog">
            <Fields open/>
        </Dialog>
    }
}

#[component]
fn Fields(open: RwSignal<bool>) -> impl IntoView {
    let (api, toasts, go) = (use_api(), use_toasts(), use_navigate());
    let (name, id) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let own = problem(id, TenantId::parse);
    let wrong = Signal::derive(move || {
        own.get().or_else(|| failure.with(|failure| failure.as_ref().and_then(|failure| failure.at("/id"))))
    });
    let not_ready =
        Signal::derive(move || name.with(|name| name.trim().is_empty()) || id.with(|id| TenantId::parse(id).is_err()));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(tid) = TenantId::parse(&id.get_untracked()) else { return };
        if not_ready.get_untracked() || busy.get_untracked() {
            return;
        }
        let name = name.get_untracked().trim().to_owned();
        let new =
            NewTenant { id: Some(tid), settings: TenantSettings { name: Some(name), ..TenantSettings::default() } };
        busy.set(true);
        let go = go.clone();
        spawn_local(async move {
            let answer = api.post::<TenantView>(&path::tenants(), &new).await;
            busy.set(false);
            match answer {
                Ok(tenant) => {
                    open.set(false);
                    toasts.good(format!("Tenant {} is there. Give it a workspace next.", tenant.name));
                    go(&paths::tenant(&tenant.id), NavigateOptions::default());
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <p class="quiet">
                "A tenant is a customer: it has its own administrators, users and workspaces, and shares nothing with others."
            </p>
            <NameAndId
                name
                id
                problem=wrong
                name_placeholder="Acme Corporation"
                id_hint="It stands in every address of the tenant and can never be changed."
            />
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="cancel" on_click=Callback::new(move |()| open.set(false))>"Cancel"</Button>
                <Button action="create-tenant" weight=Weight::Primary submit=true busy disabled=not_ready>"Create tenant"</Button>
            </div>
        </form>
    }
}
