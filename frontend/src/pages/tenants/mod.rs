//! Tenants.

use leptos::prelude::*;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Tenants() -> impl IntoView {
    view! { <PageHead title="Tenants"/> }
}

/// To come.
#[component]
pub(crate) fn TenantSettings() -> impl IntoView {
    view! { <PageHead title="TenantSettings"/> }
}
