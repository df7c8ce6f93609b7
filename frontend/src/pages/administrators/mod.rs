//! Administrators.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Administrators() -> impl IntoView {
    view! { <PageHead title="Administrators"/> }
}
