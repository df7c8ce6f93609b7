//! A key of the keyboard.

use leptos::prelude::*;

/// A key to press, such as `Ctrl K`.
#[component]
pub(crate) fn Kbd(children: Children) -> impl IntoView {
    view! { <kbd class="kbd">{children()}</kbd> }
}
