//! The gate: whoever is not signed in leaves for the sign-in page and comes back to the same place.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use cardea_api::me::Me;
use cardea_api::path;

use super::frame::Frame;
use super::here::whereabouts;
use crate::data::{load, shown_with};
use crate::pages::sign_in::{Away, Waiting};
use crate::session::{Place, Session, last_realm};
use crate::ui::button::Button;
use crate::ui::icon::Icon;
use crate::ui::page::EmptyState;

/// Everything behind it is for people who are signed in.
#[component]
pub(crate) fn Gate() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    if !place.is_public() {
        return view! { <Away place/> }.into_any();
    }
    if !session.is_signed_in() {
        let named = whereabouts().get_untracked().0.map(|tid| tid.to_string());
        let realm = last_realm().or(named).unwrap_or_else(|| "system".to_owned());
        let location = use_location();
        let query = location.search.get_untracked();
        let question = if query.is_empty() { String::new() } else { format!("?{query}") };
        session.sign_in(&place, &realm, &format!("{}{question}", location.pathname.get_untracked()));
        return view! { <Waiting text="Taking you to the sign-in page"/> }.into_any();
    }
    let me = load(|| (), |api, ()| async move { api.get::<Me>(&path::me()).await });
    let outline = || view! { <Waiting text="Finding out who you are"/> };
    let inside = move |me: Me| {
        let nobody = me.roles.is_empty();
        session.me.set(Some(me));
        view! {
            <Frame>
                <Show when=move || !nobody fallback=NoRole>
                    <Outlet/>
                </Show>
            </Frame>
        }
    };
    shown_with(me, outline, inside).into_any()
}

/// Somebody who may sign in and do nothing.
#[component]
fn NoRole() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let sign_out = move |()| session.sign_out(&Place::of_page());
    view! {
        <EmptyState
            page=true
            icon=Icon::Lock
            title="You have no role here yet"
            text="You are signed in, but nobody has made you an administrator of this tenant. Ask one of its administrators to appoint you, then reload this page."
        >
            <Button action="sign-out" on_click=Callback::new(sign_out)>"Sign out"</Button>
        </EmptyState>
    }
}
