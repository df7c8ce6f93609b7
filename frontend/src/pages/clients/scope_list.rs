//! Scopes to tick: those of the workspace's services, and those of OpenID Connect where people sign in.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::service::ScopeView;

use crate::data::{load, shown};
use crate::shell::here;
use crate::ui::field::{Card, CheckCards};

/// What every workspace knows (OIDC Core §5.4 and §11).
pub(super) const OF_PEOPLE: [(&str, &str); 6] = [
    ("openid", "Sign in: an ID token that says who it is"),
    ("profile", "Name, picture and the like"),
    ("email", "E-mail address"),
    ("address", "Postal address"),
    ("phone", "Phone number"),
    ("offline_access", "Refresh tokens that outlive the sign-in"),
];

/// The scopes, ticked into `values`.
#[component]
pub(super) fn ScopeList(
    values: RwSignal<Vec<String>>,
    /// Whether people sign in with the client.
    #[prop(into)]
    people: Signal<bool>,
) -> impl IntoView {
    let at = format!("{}?limit=200", path::in_workspace(&here::tid(), &here::aid(), "scopes"));
    let scopes = load(move || at.clone(), |api, path| async move { api.get::<Page<ScopeView>>(&path).await });
    view! {
        {move || people.get().then(|| view! {
            <CheckCards legend="About people" name="scope-people" values cards=of_people()/>
        })}
        {shown(scopes, 3, move |page| {
            let cards = of_services(page.items, &values.get_untracked());
            if cards.is_empty() {
                return view! { <p class="quiet">"The workspace's services have no scopes yet."</p> }.into_any();
            }
            view! { <CheckCards legend="Of services" name="scope" values cards/> }.into_any()
        })}
    }
}

fn of_people() -> Vec<Card> {
    let card = |(name, text): (&str, &str)| Card {
        value: name.to_owned(),
        title: name.to_owned(),
        text: text.to_owned(),
        ..Card::default()
    };
    OF_PEOPLE.into_iter().map(card).collect()
}

/// The scopes of services, and those that are ticked though no service has them any more.
fn of_services(scopes: Vec<ScopeView>, ticked: &[String]) -> Vec<Card> {
    let known: Vec<String> = scopes.iter().map(|scope| scope.name.clone()).collect();
    let lost = ticked.iter().filter(|name| !known.contains(name) && OF_PEOPLE.iter().all(|(own, _)| own != name));
    let lost = lost.map(|name| Card {
        value: name.clone(),
        title: name.clone(),
        text: "No service has it any more.".to_owned(),
        ..Card::default()
    });
    let lost: Vec<_> = lost.collect();
    let card = |scope: ScopeView| {
        let text = if scope.display_name.is_empty() { scope.description } else { scope.display_name };
        Card { value: scope.name.clone(), title: scope.name, text, ..Card::default() }
    };
    scopes
        .into_iter()
        .filter(|scope| OF_PEOPLE.iter().all(|(own, _)| *own != scope.name))
        .map(card)
        .chain(lost)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticked_scope_that_is_gone_can_still_be_taken_out() {
        let scope = ScopeView {
            service_id: "s".into(),
            name: "orders:read".into(),
            display_name: String::new(),
            description: "Read orders".into(),
        };
        let cards = of_services(vec![scope], &["openid".into(), "old".into(), "orders:read".into()]);
        let names: Vec<_> = cards.iter().map(|card| card.value.as_str()).collect();
        assert_eq!(names, ["orders:read", "old"]);
    }
}
