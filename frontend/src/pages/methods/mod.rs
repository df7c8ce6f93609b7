//! Methods.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Methods() -> impl IntoView {
    view! { <PageHead title="Methods"/> }
}
