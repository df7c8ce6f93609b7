//! Whom client assertions must name as their audience (`client_assertion_audience`).

use leptos::prelude::*;

use cardea_protocol::workspace_settings::Profile;

use crate::ui::field::{Card, RadioCards};
use crate::ui::page::{Section, Tone};

/// The three rules.
#[component]
pub(super) fn Audience(
    value: RwSignal<String>,
    issuer: String,
    problem: Signal<Option<String>>,
    profile: Profile,
    may_change: bool,
) -> impl IntoView {
    let locked = move |of_fapi: bool| match (may_change, profile) {
        (false, _) => Some("Your role may look at this, not change it.".to_owned()),
        (true, Profile::Fapi2) if !of_fapi => Some("The FAPI 2.0 profile demands the bare string.".to_owned()),
        _ => None,
    };
    let card = |value: &str, title: &str, text: String, badge: Option<(Tone, String)>, of_fapi| Card {
        value: value.to_owned(),
        title: title.to_owned(),
        text,
        badge,
        disabled_because: locked(of_fapi),
        icon: None,
    };
    let cards = vec![
        card(
            "issuer",
            "The issuer alone",
            format!("aud is {issuer}, as a string or as a list of one. An assertion made for another server is worth nothing here (RFC 10070)."),
            Some((Tone::Good, "Recommended".to_owned())),
            false,
        ),
        card(
            "issuer_string",
            "The issuer as a bare string",
            "aud is the issuer, and not in a list. What FAPI 2.0 demands; the strictest.".to_owned(),
            None,
            true,
        ),
        card(
            "legacy",
            "Issuer or token endpoint",
            "aud may also be the token endpoint or its mTLS address, and among others. For older libraries, which send the token endpoint; a client that is tricked into another server could have its assertion passed on.".to_owned(),
            Some((Tone::Warn, "Older libraries".to_owned())),
            false,
        ),
    ];
    view! {
        <Section
            title="Audience of assertions"
            id="audience"
            about="What the aud of a client assertion must say. A single client may be given another rule on its own page."
        >
            {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            <RadioCards legend="Assertions must name" name="client_assertion_audience" value cards/>
        </Section>
    }
}
