//! Where sign-in returns to: takes the code, then goes where the person wanted to be.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::sign_in::Waiting;
use crate::data::Failed;
use crate::session::{Place, Returned, Session};
use crate::ui::button::ButtonLink;

/// The end of a sign-in.
#[component]
pub(crate) fn Callback() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let failure = RwSignal::new(None);
    let go = use_navigate();
    let returned = use_query_map().with_untracked(|query| Returned {
        code: query.get("code"),
        state: query.get("state"),
        iss: query.get("iss"),
        error: query.get("error"),
        error_description: query.get("error_description"),
    });
    spawn_local(async move {
        match session.arrive(&place, returned).await {
            Ok(target) => go(&target, NavigateOptions { replace: true, ..NavigateOptions::default() }),
            Err(problem) => failure.set(Some(problem)),
        }
    });
    move || match failure.get() {
        None => view! { <Waiting text="Signing you in"/> }.into_any(),
        Some(failure) => view! {
            <main class="alone">
                <h1>"You are not signed in"</h1>
                <Failed failure/>
                <ButtonLink href="/console/">"Begin again"</ButtonLink>
            </main>
        }
        .into_any(),
    }
}
