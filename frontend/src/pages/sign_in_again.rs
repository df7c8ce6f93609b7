//! The tab that is opened to sign in again: leaves for the sign-in page, comes back, and hands over what it got.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::sign_in::Waiting;
use crate::paths;
use crate::session::{Place, Session};
use crate::url;

/// The page.
#[component]
pub(crate) fn SignInAgain() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let (tenant, to, signed_in) =
        use_query_map().with_untracked(|query| (query.get("tenant"), query.get("to"), query.get("signed-in")));
    let to = to.unwrap_or_default();
    if signed_in.is_none() || !session.is_signed_in() {
        // A new tab may begin with the old tokens of the one that opened it.
        session.forget();
        let back = format!("{}?{}", paths::SIGN_IN_AGAIN, url::encode([("to", &*to), ("signed-in", "yes")]));
        session.sign_in(&place, tenant.as_deref().unwrap_or("system"), &back);
        return view! { <Waiting text="Taking you to the sign-in page"/> }.into_any();
    }
    session.hand_over(&to);
    let _ = window().close();
    view! {
        <main class="alone">
            <h1>"You are signed in again"</h1>
            <p>"Close this tab and go on where you were."</p>
        </main>
    }
    .into_any()
}
