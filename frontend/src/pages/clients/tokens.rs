//! To come.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Tokens() -> impl IntoView {
    view! { <PageHead title="Tokens"/> }
}
