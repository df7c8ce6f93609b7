//! Whether clients register themselves (RFC 7591).

use leptos::prelude::*;

use cardea_protocol::id::{TenantId, WorkspaceId};
use cardea_protocol::workspace_settings::Registration;

use super::initial_access_tokens::InitialAccessTokens;
use crate::form::Form;
use crate::session::Place;
use crate::ui::field::{Card, RadioCards};
use crate::ui::page::{Fact, Facts, Section};

/// Dynamic registration.
#[component]
pub(super) fn RegistrationSection(form: Form, tid: TenantId, aid: WorkspaceId) -> impl IntoView {
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let endpoint = StoredValue::new(format!("{}/{tid}/{aid}/oauth2/register", place.public_url));
    let is_admin = aid == WorkspaceId::admin();
    let value = form.choice("registration");
    let is_on = move || value.with(|word| Registration::parse(word).is_some_and(Registration::is_on));
    // Only once it is saved: until then a token lets nobody in.
    let changed = form.changed();
    let saved =
        Memo::new(move |before: Option<&bool>| if changed.get() { before.copied().unwrap_or(false) } else { is_on() });
    let problem = form.problem("/registration");
    view! {
        <Section title="Registration" about="Clients can register themselves, if somebody lets them (RFC 7591).">
            <RadioCards legend="Who registers clients (registration)" name="registration" value cards=cards(is_admin)/>
            {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
            {move || is_on().then(|| view! {
                <Facts>
                    <Fact label="Registration endpoint" copy=endpoint.get_value()><code>{endpoint.get_value()}</code></Fact>
                </Facts>
            })}
            {move || saved.get().then(|| view! { <InitialAccessTokens tid=tid.clone() aid=aid.clone()/> })}
        </Section>
    }
}

fn cards(is_admin: bool) -> Vec<Card> {
    let card = |rule: &Registration| {
        let (title, text) = match rule {
            Registration::Off => ("Administrators only", "There is no registration endpoint."),
            Registration::InitialAccessToken => (
                "Also whoever holds an initial access token",
                "An administrator makes the token and hands it on; it registers as many clients as it says. What is registered keeps this workspace's rules.",
            ),
        };
        let why = "Not where administrators sign in: a client that registers itself could be lent their rights.";
        Card {
            value: rule.as_str().to_owned(),
            title: title.to_owned(),
            text: text.to_owned(),
            disabled_because: (is_admin && rule.is_on()).then(|| why.to_owned()),
            ..Card::default()
        }
    };
    Registration::ALL.iter().map(card).collect()
}
