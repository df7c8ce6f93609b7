//! The frame of every page behind the gate.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::keys::{Keys, Shortcuts};
use super::navigation::Navigation;
use super::palette::Palette;
use super::person::Person;
use super::switcher::Switcher;
use super::theme::ThemeButton;
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;

/// Navigation at the side (behind a button where there is no room), the page beside it.
#[component]
pub(crate) fn Frame(children: Children) -> impl IntoView {
    Keys::provide();
    let open = RwSignal::new(false);
    let path = use_location().pathname;
    Effect::new(move |before: Option<()>| {
        path.track();
        open.set(false);
        if before.is_some() {
            request_animation_frame(announce);
        }
    });
    view! {
        <a class="skip" href="#main">"Skip to the page"</a>
        <div class="frame">
            <header class="side" class:open=move || open.get()>
                <div class="side-head">
                    <a class="wordmark" href="/console/"><span class="mark" aria-hidden="true">"C"</span>"Cardea"</a>
                    <div class="side-toggle">
                        <IconButton
                            icon=Icon::Menu
                            label="Menu"
                            action="menu"
                            on_click=Callback::new(move |()| open.update(|open| *open = !*open))
                        />
                    </div>
                </div>
                <div class="side-body">
                    <Navigation/>
                    <div class="side-foot">
                        <Person/>
                        <ThemeButton/>
                    </div>
                </div>
            </header>
            <main id="main" tabindex="-1">{children()}</main>
        </div>
        <Switcher/>
        <Palette/>
        <Shortcuts/>
    }
}

/// Puts the focus on the heading of the page that was gone to, so that it is read out and the keyboard goes on from there.
fn announce() {
    let heading = document().query_selector("main h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = heading.focus();
    }
}
