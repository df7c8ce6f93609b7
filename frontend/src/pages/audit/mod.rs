//! Audit.

use leptos::prelude::*;

use crate::ui::page::PageHead;

pub(crate) mod reasons;

/// To come.
#[component]
pub(crate) fn Audit() -> impl IntoView {
    view! { <PageHead title="Audit"/> }
}
