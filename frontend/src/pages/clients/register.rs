//! To come.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn NewClient() -> impl IntoView {
    view! { <PageHead title="Register a client"/> }
}
