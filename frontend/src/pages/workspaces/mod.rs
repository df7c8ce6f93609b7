//! Workspaces.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Workspaces() -> impl IntoView {
    view! { <PageHead title="Workspaces"/> }
}

/// To come.
#[component]
pub(crate) fn WorkspaceSettings() -> impl IntoView {
    view! { <PageHead title="WorkspaceSettings"/> }
}
