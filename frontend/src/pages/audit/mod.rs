//! Audit.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Audit() -> impl IntoView {
    view! { <PageHead title="Audit"/> }
}
