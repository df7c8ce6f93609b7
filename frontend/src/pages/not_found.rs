//! What is not there.

use leptos::prelude::*;

use crate::ui::button::ButtonLink;
use crate::ui::icon::Icon;
use crate::ui::page::EmptyState;

/// No such page.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! {
        <EmptyState page=true icon=Icon::Search title="There is no such page" text="The address leads nowhere. It may have been mistyped, or what it named is gone.">
            <ButtonLink href="/console/">"Go to the start"</ButtonLink>
        </EmptyState>
    }
}

/// No such page, where there is no frame around it either.
#[component]
pub(crate) fn Nowhere() -> impl IntoView {
    view! { <main id="main" class="alone"><NotFound/></main> }
}
