//! Certificates.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Certificates() -> impl IntoView {
    view! { <PageHead title="Certificates"/> }
}
