//! Keys.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Keys() -> impl IntoView {
    view! { <PageHead title="Keys"/> }
}
