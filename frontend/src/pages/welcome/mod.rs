//! Welcome.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Welcome() -> impl IntoView {
    view! { <PageHead title="Welcome"/> }
}
