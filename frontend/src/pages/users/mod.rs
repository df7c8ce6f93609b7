//! Users.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Pools() -> impl IntoView {
    view! { <PageHead title="Pools"/> }
}

/// To come.
#[component]
pub(crate) fn Users() -> impl IntoView {
    view! { <PageHead title="Users"/> }
}

/// To come.
#[component]
pub(crate) fn User() -> impl IntoView {
    view! { <PageHead title="User"/> }
}
