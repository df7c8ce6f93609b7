//! To come.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    view! { <PageHead title="Overview"/> }
}
