//! The door: which tenant to sign in to. Whoever is signed in goes straight on.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

use cardea_api::me::Me;
use cardea_api::path;
use cardea_protocol::id::TenantId;

use crate::data::{load, shown_with};
use crate::paths;
use crate::session::{Place, Session, last_realm};
use crate::ui::button::{Button, Weight};
use crate::ui::field::TextField;
use crate::ui::page::{Notice, Tone};

/// The first page.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    if !place.is_public() {
        return view! { <Away place/> }.into_any();
    }
    if session.is_signed_in() {
        let me = load(|| (), |api, ()| async move { api.get::<Me>(&path::me()).await });
        let outline = || view! { <Waiting text="One moment"/> };
        let options = || NavigateOptions { replace: true, ..NavigateOptions::default() };
        let on = move |me: Me| view! { <Redirect path=start(&me) options=options()/> };
        return shown_with(me, outline, on).into_any();
    }
    view! { <Door place/> }.into_any()
}

/// Where somebody's work begins.
fn start(me: &Me) -> String {
    let Some(role) = me.roles.first() else { return paths::tenant(&me.tenant_id) };
    match (&role.tenant_id, &role.workspace_id) {
        (None, _) => paths::TENANTS.to_owned(),
        (Some(tid), None) => paths::tenant(tid),
        (Some(tid), Some(aid)) => paths::workspace(tid, aid),
    }
}

#[component]
fn Door(place: Place) -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let realm = RwSignal::new(last_realm().unwrap_or_else(|| "system".to_owned()));
    let problem = RwSignal::new(None);
    let version = place.version.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match TenantId::parse(realm.get_untracked().trim()) {
            Ok(tid) => session.sign_in(&place, tid.as_str(), paths::HOME),
            Err(_) => {
                problem.set(Some("A tenant's id has lower case letters, digits and hyphens, such as acme.".to_owned()))
            }
        }
    };
    view! {
        <main class="alone">
            <p class="wordmark"><span class="mark" aria-hidden="true">"C"</span>"Cardea"</p>
            <h1>"Administer Cardea"</h1>
            <form class="stack" on:submit=submit novalidate>
                <TextField
                    label="Tenant"
                    id="tenant"
                    value=realm
                    problem
                    monospaced=true
                    hint="The one you administer. The operators of the whole platform sign in to system."
                />
                <Button id="sign-in" weight=Weight::Primary submit=true>"Continue to sign in"</Button>
            </form>
            <p class="quiet">"Version " {version}</p>
        </main>
    }
}

/// Somebody who came by another address than the one the server goes by.
#[component]
pub(crate) fn Away(place: Place) -> impl IntoView {
    let there = format!("{}{}", place.public_url, paths::HOME);
    view! {
        <main class="alone">
            <h1>"This server goes by another address"</h1>
            <Notice tone=Tone::Warn>
                <p>"You are at " <code>{place.origin.clone()}</code> ", but the server calls itself " <code>{place.public_url}</code> ". Tokens and sign-in work under that address alone."</p>
                <p>"Either open " <a href=there.clone()>{there.clone()}</a> ", or set " <code>{format!("CARDEA_PUBLIC_URL={}", place.origin)}</code> " and start the server again."</p>
            </Notice>
        </main>
    }
}

/// A moment's wait with nothing else to show.
#[component]
pub(crate) fn Waiting(text: &'static str) -> impl IntoView {
    view! {
        <main class="alone waiting" aria-busy="true">
            <p role="status">{text} "…"</p>
        </main>
    }
}
