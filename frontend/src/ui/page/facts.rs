//! Names and values of one thing.

use leptos::prelude::*;

use crate::ui::button::CopyButton;

/// A list of [`Fact`]s.
#[component]
pub(crate) fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One value, and a button that copies it when `copy` says what.
#[component]
pub(crate) fn Fact(
    #[prop(into)] label: String,
    children: Children,
    #[prop(optional, into)] copy: Option<Signal<String>>,
) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()} {copy.map(|text| view! { <CopyButton text/> })}</dd>
        </div>
    }
}
