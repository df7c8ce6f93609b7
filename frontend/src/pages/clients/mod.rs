//! Clients.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Clients() -> impl IntoView {
    view! { <PageHead title="Clients"/> }
}

/// To come.
#[component]
pub(crate) fn NewClient() -> impl IntoView {
    view! { <PageHead title="NewClient"/> }
}

/// To come.
#[component]
pub(crate) fn Client() -> impl IntoView {
    view! { <Outlet/> }
}

/// To come.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    view! { <PageHead title="Overview"/> }
}

/// To come.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    view! { <PageHead title="Settings"/> }
}

/// To come.
#[component]
pub(crate) fn Credentials() -> impl IntoView {
    view! { <PageHead title="Credentials"/> }
}

/// To come.
#[component]
pub(crate) fn Scopes() -> impl IntoView {
    view! { <PageHead title="Scopes"/> }
}

/// To come.
#[component]
pub(crate) fn Tokens() -> impl IntoView {
    view! { <PageHead title="Tokens"/> }
}

/// To come.
#[component]
pub(crate) fn Activity() -> impl IntoView {
    view! { <PageHead title="Activity"/> }
}

/// To come.
#[component]
pub(crate) fn Consents() -> impl IntoView {
    view! { <PageHead title="Consents"/> }
}

/// To come.
#[component]
pub(crate) fn Code() -> impl IntoView {
    view! { <PageHead title="Code"/> }
}
