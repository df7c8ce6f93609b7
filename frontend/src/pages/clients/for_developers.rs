//! What the developer of a client needs: its id, the addresses, and the code.

use leptos::prelude::*;

use cardea_protocol::id::{TenantId, WorkspaceId};

use super::snippets::{Facts, snippets};
use crate::ui::code::CodeTabs;
use crate::ui::page::{Fact, Facts as List};

/// Where the discovery document of a workspace is, on this server.
pub(super) fn discovery_path(tid: &TenantId, aid: &WorkspaceId) -> String {
    format!("/{tid}/{aid}/.well-known/openid-configuration")
}

/// The addresses and the code.
#[component]
pub(super) fn ForDevelopers(facts: Signal<Facts>) -> impl IntoView {
    view! {
        <Addresses facts/>
        <CodeTabs tabs=Signal::derive(move || facts.with(snippets))/>
    }
}

/// The addresses alone.
#[component]
pub(super) fn Addresses(facts: Signal<Facts>) -> impl IntoView {
    let text = move |read: fn(&Facts) -> String| Signal::derive(move || facts.with(read));
    let id = text(|facts| facts.client_id.clone());
    let discovery = text(|facts| format!("{}/.well-known/openid-configuration", facts.endpoints.issuer));
    let token = text(|facts| facts.endpoints.token.clone());
    let issuer = text(|facts| facts.endpoints.issuer.clone());
    view! {
        <List>
            <Fact label="Client ID" copy=id><code id="client_id">{id}</code></Fact>
            <Fact label="Issuer" copy=issuer><code>{issuer}</code></Fact>
            <Fact label="Discovery" copy=discovery><code>{discovery}</code></Fact>
            <Fact label="Token endpoint" copy=token><code>{token}</code></Fact>
        </List>
    }
}
