//! To come.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Activity() -> impl IntoView {
    view! { <PageHead title="Activity"/> }
}
