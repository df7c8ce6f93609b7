//! Services.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Services() -> impl IntoView {
    view! { <PageHead title="Services"/> }
}

/// To come.
#[component]
pub(crate) fn Service() -> impl IntoView {
    view! { <PageHead title="Service"/> }
}
