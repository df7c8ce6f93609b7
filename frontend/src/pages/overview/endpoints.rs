//! The addresses that applications need.

use leptos::prelude::*;

use crate::session::Place;
use crate::shell::here::{aid, tid};
use crate::ui::page::{Fact, Facts, Section};

/// The addresses.
#[component]
pub(super) fn Endpoints() -> impl IntoView {
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let issuer = format!("{}/{}/{}", place.public_url, tid(), aid());
    let all = [
        ("Issuer", issuer.clone()),
        ("Discovery", format!("{issuer}/.well-known/openid-configuration")),
        ("Token endpoint", format!("{issuer}/oauth2/token")),
    ];
    let facts = all.map(|(label, url)| view! { <Fact label copy=url.clone()><code>{url}</code></Fact> });
    view! {
        <Section title="Addresses" id="addresses" about="Most libraries need the issuer or the discovery address alone, and find the rest.">
            <Facts>{facts.into_iter().collect_view()}</Facts>
        </Section>
    }
}
