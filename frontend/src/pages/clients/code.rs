//! To come.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Code() -> impl IntoView {
    view! { <PageHead title="Code"/> }
}
