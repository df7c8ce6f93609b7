//! What tokens are made of, and how long they and what leads to them live.

use leptos::prelude::*;

use cardea_protocol::algorithm::SigningAlg;
use cardea_protocol::workspace_settings::AccessTokenFormat;

use super::policy::preset;
use crate::form::Form;
use crate::ui::field::{Card, Choice, DurationField, RadioCards, SelectField};
use crate::ui::page::{Section, SubSection};

/// The lifetimes: label, member, hint.
const LIFETIMES: [(&str, &str, &str); 5] = [
    ("Access tokens", "access_token_ttl", "10 seconds to 1 day. Short ones limit what a stolen token is worth."),
    ("ID tokens", "id_token_ttl", "10 seconds to 1 day. Applications read them once, right after sign-in."),
    ("Refresh tokens", "refresh_token_ttl", "1 minute to 1 year. People sign in again when it has passed."),
    (
        "Authorization codes",
        "authorization_code_ttl",
        "5 seconds to 10 minutes. Only as long as the way back to the application takes.",
    ),
    (
        "Pushed requests",
        "pushed_authorization_request_ttl",
        "5 seconds to 10 minutes. From pushing the request until the browser arrives.",
    ),
];

/// Tokens and lifetimes.
#[component]
pub(super) fn Tokens(form: Form) -> impl IntoView {
    let lifetime = move |(label, member, hint): (&'static str, &'static str, &'static str)| {
        let inherited = Signal::derive(move || form.draft.with(|draft| preset(draft, member)));
        view! {
            <DurationField
                label
                id=member
                name=member
                seconds=form.seconds(member)
                hint
                problem=form.problem(pointer(member))
                inherited
            />
        }
    };
    view! {
        <Section title="Tokens and lifetimes">
            <RadioCards
                legend="Access tokens are (access_token_format)"
                name="access_token_format"
                value=form.choice("access_token_format")
                cards=formats()
            />
            <SelectField
                label="Access tokens are signed with"
                id="access_token_signing_alg"
                name="access_token_signing_alg"
                value=form.choice("access_token_signing_alg")
                options=algorithms()
                problem=form.problem("/access_token_signing_alg")
                hint="ES256 is short, fast and understood everywhere. A key is made when an algorithm is first used."
            />
            <SubSection title="Lifetimes" about="An empty field has the value of the profile. A client can have its own for its tokens.">
                <div class="grid-2">{LIFETIMES.into_iter().map(lifetime).collect_view()}</div>
            </SubSection>
        </Section>
    }
}

fn pointer(member: &str) -> &'static str {
    match member {
        "access_token_ttl" => "/access_token_ttl",
        "id_token_ttl" => "/id_token_ttl",
        "refresh_token_ttl" => "/refresh_token_ttl",
        "authorization_code_ttl" => "/authorization_code_ttl",
        _ => "/pushed_authorization_request_ttl",
    }
}

fn formats() -> Vec<Card> {
    let card = |format: &AccessTokenFormat| {
        let (title, text) = match format {
            AccessTokenFormat::Jwt => {
                ("Signed JWTs", "Services check them by themselves with the public keys (RFC 9068).")
            }
            AccessTokenFormat::Opaque => {
                ("Opaque", "Services ask this server about each one (RFC 7662), and a revoked one is refused at once.")
            }
        };
        Card { value: format.as_str().to_owned(), title: title.to_owned(), text: text.to_owned(), ..Card::default() }
    };
    AccessTokenFormat::ALL.iter().map(card).collect()
}

fn algorithms() -> Vec<Choice> {
    SigningAlg::ACCESS_TOKEN.iter().map(|alg| Choice::new(alg.as_str(), alg.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use cardea_protocol::WorkspaceSettings;

    use super::*;

    #[test]
    fn every_lifetime_there_is_has_a_field_and_its_own_pointer() {
        let members = WorkspaceSettings::MEMBERS.iter().filter(|member| member.ends_with("_ttl"));
        for member in members {
            assert!(LIFETIMES.iter().any(|(_, name, _)| name == member), "{member}");
            assert_eq!(pointer(member), format!("/{member}"));
        }
    }
}
