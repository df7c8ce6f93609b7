//! Said when the sign-in has ended in the midst of something: where to sign in again, beside what was typed.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::me::Me;
use cardea_api::path;

use crate::api::use_api;
use crate::session::Session;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::toast::use_toasts;

/// The dialog, open while the session says so.
#[component]
pub(crate) fn SignedOut() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let api = use_api();
    let toasts = use_toasts();
    let kept_closed = RwSignal::new(false);
    let back = Callback::new(move |()| {
        toasts.good("You are signed in again. Go on where you were.");
        // It may be somebody else, or somebody whose roles have changed.
        spawn_local(async move {
            if let Ok(me) = api.get::<Me>(&path::me()).await {
                session.me.set(Some(me));
            }
        });
    });
    let sign_in = move |()| kept_closed.set(!session.sign_in_beside(back));
    let explained = move || {
        if kept_closed.get() {
            "Your browser kept the new tab closed. Permit this page to open it, and try again."
        } else {
            "What you typed is still here. Sign in again in a new tab, come back, and go on."
        }
    };
    view! {
        <Dialog open=session.ended title="Your sign-in has ended" id="signed-out">
            <div class="stack">
                <p role="status">{explained}</p>
                <div class="actions end">
                    <Button action="later" on_click=move |()| session.ended.set(false)>"Later"</Button>
                    <Button action="sign-in-beside" weight=Weight::Primary on_click=sign_in>"Sign in in a new tab"</Button>
                </div>
            </div>
        </Dialog>
    }
}
