//! Decoder.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Decoder() -> impl IntoView {
    view! { <PageHead title="Decoder"/> }
}
