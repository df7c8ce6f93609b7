//! How the client proves itself: the method, and what belongs to it.

use leptos::prelude::*;

use cardea_protocol::assertion::AssertionAudience;
use cardea_protocol::{AuthMethod, SigningAlg, WorkspaceSettings};

use super::Group;
use super::credential::{CertificateName, PublicKeys};
use crate::form::Form;
use crate::methods::describe;
use crate::ui::field::{Card, Choice, RadioCards, SelectField};
use crate::ui::page::{Notice, Tone};

#[component]
pub(super) fn Authentication(form: Form, workspace: WorkspaceSettings) -> impl IntoView {
    let method = form.choice("token_endpoint_auth_method");
    let now = Memo::new(move |_| method.with(|method| AuthMethod::parse(method)));
    let saved = Memo::new(move |_| {
        form.saved.with(|saved| AuthMethod::parse(saved.get("token_endpoint_auth_method")?.as_str()?))
    });
    let cards = cards(&workspace);
    let problem = form.problem("/token_endpoint_auth_method");
    let keys_problem = form.problem("/jwks");
    let settings = StoredValue::new(workspace);
    let change = move || {
        let (Some(now), Some(saved)) = (now.get(), saved.get()) else { return None };
        let gets_secret =
            now.has_secret() && (!saved.has_secret() || now.has_recoverable_secret() != saved.has_recoverable_secret());
        (now != saved).then(|| view! {
            <Notice tone=Tone::Warn title=format!("From {saved} to {now}")>
                {if gets_secret { "If it has no secret that fits, the server makes one when you save and shows it once. " } else { "" }}
                "Until the client itself is changed too, it is refused."
            </Notice>
        })
    };
    view! {
        <Group title="Authentication" about="How it proves that it is itself." id="authentication" open=true>
            <RadioCards legend="Method (token_endpoint_auth_method)" name="token_endpoint_auth_method" value=method cards/>
            {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            {change}
            {move || match now.get() {
                Some(AuthMethod::PrivateKeyJwt | AuthMethod::SelfSignedTlsClientAuth) => view! { <PublicKeys form problem=keys_problem/> }.into_any(),
                Some(AuthMethod::TlsClientAuth) => view! { <CertificateName form/> }.into_any(),
                _ => ().into_any(),
            }}
            {move || now.get().filter(|method| method.is_assertion()).map(|method| {
                settings.with_value(|settings| view! { <Assertions form options=algorithms(method, settings)/> })
            })}
        </Group>
    }
}

/// What its assertions are like.
#[component]
fn Assertions(form: Form, options: Vec<Choice>) -> impl IntoView {
    view! {
        <div class="grid-2">
            <SelectField
                label="Assertions are signed with"
                id="token_endpoint_auth_signing_alg"
                name="token_endpoint_auth_signing_alg"
                value=form.choice("token_endpoint_auth_signing_alg")
                options
                problem=form.problem("/token_endpoint_auth_signing_alg")
            />
            <SelectField
                label="Their audience"
                id="client_assertion_audience"
                name="client_assertion_audience"
                value=form.choice("client_assertion_audience")
                options=audiences()
                problem=form.problem("/client_assertion_audience")
                hint="Older libraries name the token endpoint: they need the last choice."
            />
        </div>
    }
}

fn cards(workspace: &WorkspaceSettings) -> Vec<Card> {
    let card = |method: &AuthMethod| {
        let enabled = workspace.token_endpoint_auth_methods.contains(*method);
        Card {
            value: method.as_str().to_owned(),
            title: method.as_str().to_owned(),
            text: describe(*method).sentence.to_owned(),
            disabled_because: (!enabled).then(|| "Not enabled in this workspace.".to_owned()),
            ..Card::default()
        }
    };
    AuthMethod::ALL.iter().map(card).collect()
}

fn algorithms(method: AuthMethod, workspace: &WorkspaceSettings) -> Vec<Choice> {
    let fits = |alg: &&SigningAlg| alg.is_hmac() == (method == AuthMethod::ClientSecretJwt);
    let enabled = workspace.token_endpoint_auth_signing_alg_values.iter().filter(fits);
    let any = std::iter::once(Choice::new("", "Any that the workspace allows"));
    any.chain(enabled.map(|alg| Choice::new(alg.as_str(), alg.as_str()))).collect()
}

fn audiences() -> Vec<Choice> {
    let word = |audience: &AssertionAudience| match audience {
        AssertionAudience::Issuer => "The issuer alone",
        AssertionAudience::IssuerString => "The issuer as a bare string (FAPI 2.0)",
        AssertionAudience::Legacy => "The issuer or the token endpoint",
    };
    let inherited = std::iter::once(Choice::new("", "As the workspace says"));
    inherited
        .chain(AssertionAudience::ALL.iter().map(|audience| Choice::new(audience.as_str(), word(audience))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_algorithms_of_the_method_are_offered() {
        let workspace = WorkspaceSettings::default();
        let of = |method| {
            algorithms(method, &workspace).iter().skip(1).map(|choice| choice.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(of(AuthMethod::ClientSecretJwt), ["HS256", "HS384", "HS512"]);
        assert!(of(AuthMethod::PrivateKeyJwt).iter().all(|alg| !alg.starts_with("HS")));
    }
}
