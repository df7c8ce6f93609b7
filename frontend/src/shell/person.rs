//! Who is signed in, and the way out.

use leptos::prelude::*;

use crate::session::{Place, Session};
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;

/// The person's name and the button to sign out.
#[component]
pub(crate) fn Person() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let name = move || session.me.with(|me| me.as_ref().map(|me| me.subject.clone()).unwrap_or_default());
    let sign_out = move |()| session.sign_out(&Place::of_page());
    view! {
        <div class="person">
            <p class="person-name"><bdi>{name}</bdi></p>
            <IconButton icon=Icon::SignOut label="Sign out" action="sign-out" on_click=Callback::new(sign_out)/>
        </div>
    }
}
