//! How clients come by tokens, and what an authorization request has to be like.

use leptos::prelude::*;
use serde_json::Value;

use cardea_protocol::grant_type::GrantType;
use cardea_protocol::workspace_settings::RequirePkce;

use crate::form::Form;
use crate::ui::field::{Card, CheckCards, RadioCards, Switch};
use crate::ui::page::Section;

/// The grants that are served.
#[component]
pub(super) fn Grants(form: Form) -> impl IntoView {
    let problem = form.problem("/grant_types");
    // In canonical order: unticking and ticking again changes nothing.
    let ticked = form.bound("grant_types", read, |names: Vec<String>| {
        let ticked =
            GrantType::ALL.iter().map(|grant| grant.as_str()).filter(|grant| names.iter().any(|name| name == grant));
        ticked.collect::<Vec<_>>().into()
    });
    view! {
        <Section
            title="Grants"
            about="The ways to a token that the token endpoint serves. A client uses those of them that it is registered for."
        >
            <CheckCards legend="Grant types" name="grant_types" values=ticked cards=grants()/>
            {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
        </Section>
    }
}

fn read(value: Option<&Value>) -> Vec<String> {
    let names = value.and_then(Value::as_array).into_iter().flatten();
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn grants() -> Vec<Card> {
    let card = |grant: &GrantType| {
        let (title, text) = match grant {
            GrantType::AuthorizationCode => (
                "Authorization code",
                "People sign in with their browser, and the application gets a code for a token.",
            ),
            GrantType::RefreshToken => {
                ("Refresh token", "Applications get new tokens without asking the person again.")
            }
            GrantType::ClientCredentials => {
                ("Client credentials", "Services get tokens in their own name, with nobody signed in.")
            }
            GrantType::DeviceCode => {
                ("Device code", "Televisions and terminals show a code that people enter on another device.")
            }
        };
        Card {
            value: grant.as_str().to_owned(),
            title: title.to_owned(),
            text: format!("{text} ({})", grant.as_str()),
            ..Card::default()
        }
    };
    GrantType::ALL.iter().map(card).collect()
}

/// PKCE and pushed requests.
#[component]
pub(super) fn Requests(form: Form) -> impl IntoView {
    let problem = form.problem("/require_pkce");
    let pushed = form.problem("/require_pushed_authorization_requests");
    view! {
        <Section title="PKCE and pushed requests" about="What protects the way through the browser.">
            <RadioCards legend="Who must use PKCE (require_pkce)" name="require_pkce" value=form.choice("require_pkce") cards=pkce()/>
            {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
            <Switch
                label="Authorization requests must be pushed (require_pushed_authorization_requests)"
                id="require_pushed_authorization_requests"
                checked=form.flag("require_pushed_authorization_requests")
                hint="Clients send the request to the server first and the browser carries only a reference to it (RFC 9126). Clients that cannot do this stop working."
            />
            {move || pushed.get().map(|text| view! { <p class="problem">{text}</p> })}
        </Section>
    }
}

fn pkce() -> Vec<Card> {
    let card = |rule: &RequirePkce| {
        let (title, text) = match rule {
            RequirePkce::Always => ("Every client", "A stolen code is worth nothing. Current libraries all do it."),
            RequirePkce::PublicClients => {
                ("Public clients only", "For older applications that have a credential and cannot do PKCE.")
            }
        };
        Card { value: rule.as_str().to_owned(), title: title.to_owned(), text: text.to_owned(), ..Card::default() }
    };
    RequirePkce::ALL.iter().map(card).collect()
}
