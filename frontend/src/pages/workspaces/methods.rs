//! The client authentication methods of a workspace: as a few words in a list, and as cards to tick when one is created.

use cardea_protocol::auth_method::{AuthMethod, AuthMethods};
use cardea_protocol::workspace_settings::{Profile, WorkspaceSettings};
use leptos::prelude::*;

use crate::methods::{Strength, describe};
use crate::ui::field::Card;
use crate::ui::page::Tone;

/// A method in two or three words.
pub(crate) const fn short(method: AuthMethod) -> &'static str {
    match method {
        AuthMethod::ClientSecretBasic => "Secret, header",
        AuthMethod::ClientSecretPost => "Secret, body",
        AuthMethod::ClientSecretJwt => "Secret, signed",
        AuthMethod::PrivateKeyJwt => "Private key",
        AuthMethod::TlsClientAuth => "TLS, CA",
        AuthMethod::SelfSignedTlsClientAuth => "TLS, self-signed",
        AuthMethod::None => "Public",
    }
}

/// The enabled methods, briefly.
#[component]
pub(crate) fn MethodBadges(methods: AuthMethods) -> impl IntoView {
    if methods == AuthMethods::all() {
        let all = AuthMethod::ALL.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ");
        return view! { <ul class="chips"><li title=all>"All seven"</li></ul> }.into_any();
    }
    let badge = |method: AuthMethod| view! { <li title=method.as_str()>{short(method)}</li> };
    view! { <ul class="chips">{methods.iter().map(badge).collect_view()}</ul> }.into_any()
}

/// A card for each method; those that the profile forbids say so.
pub(crate) fn cards(profile: Profile) -> Vec<Card> {
    let allowed = WorkspaceSettings::for_profile(profile).token_endpoint_auth_methods;
    let card = |method: &AuthMethod| {
        let words = describe(*method);
        let badge = match words.strength {
            Strength::PrivateKey => Some((Tone::Good, "Strongest".to_owned())),
            Strength::Name => Some((Tone::Neutral, "Public clients".to_owned())),
            Strength::SharedKey | Strength::Secret => None,
        };
        Card {
            value: method.as_str().to_owned(),
            title: method.as_str().to_owned(),
            text: words.sentence.to_owned(),
            badge,
            disabled_because: (!allowed.contains(*method)).then(|| "FAPI 2.0 does not allow it.".to_owned()),
            ..Card::default()
        }
    };
    AuthMethod::ALL.iter().map(card).collect()
}

/// The methods by their names, as the cards keep them.
pub(crate) fn names(methods: AuthMethods) -> Vec<String> {
    methods.iter().map(|method| method.as_str().to_owned()).collect()
}

/// The policy of a new workspace: what the profile says, with these methods.
pub(crate) fn policy(profile: Profile, methods: &[String]) -> WorkspaceSettings {
    let methods = methods.iter().filter_map(|name| AuthMethod::parse(name)).collect();
    WorkspaceSettings { token_endpoint_auth_methods: methods, ..WorkspaceSettings::for_profile(profile) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_workspace_has_the_ticked_methods_and_the_rest_of_its_profile() {
        for profile in [Profile::Default, Profile::Fapi2] {
            let preset = WorkspaceSettings::for_profile(profile);
            assert_eq!(policy(profile, &names(preset.token_endpoint_auth_methods)), preset);
        }
        let one = policy(Profile::Default, &["private_key_jwt".to_owned(), "nonsense".to_owned()]);
        assert_eq!(one.token_endpoint_auth_methods.iter().collect::<Vec<_>>(), [AuthMethod::PrivateKeyJwt]);
        assert_eq!(one.validate(), Ok(()));
        assert!(policy(Profile::Default, &[]).validate().is_err());
    }

    #[test]
    fn the_cards_of_a_profile_can_be_ticked_where_it_allows_them() {
        let tickable = |profile| cards(profile).iter().filter(|card| card.disabled_because.is_none()).count();
        assert_eq!((tickable(Profile::Default), tickable(Profile::Fapi2)), (7, 3));
    }

    #[test]
    fn each_method_has_its_own_words() {
        let mut words: Vec<_> = AuthMethod::ALL.iter().map(|method| short(*method)).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), AuthMethod::ALL.len());
    }
}
