//! A client at a glance: what it does, when it last did, what of it expires, and switching it off.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::secret::SecretView;
use cardea_protocol::{AuthMethod, Status};

use super::danger::Danger;
use super::for_developers::Addresses;
use super::one::{One, use_one};
use super::snippets::{Endpoints, Facts};
use super::words::{grant_name, summary};
use crate::data::{load, shown};
use crate::paths;
use crate::ui::button::ButtonLink;
use crate::ui::page::{Badge, Fact, Facts as List, Notice, Section, Tone};
use crate::ui::time::{Ago, Until, now};

/// The client at a glance.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let Some(one) = use_one() else { return ().into_any() };
    let (about, glance, addresses) = (one.clone(), one.clone(), one.clone());
    let code = one.tab("code");
    view! {
        {move || state(&about)}
        <div class="grid-2">
            {move || at_a_glance(&glance)}
            <Expiring one=one.clone()/>
        </div>
        <Section title="For its developers">
            {move || Some(view! { <Addresses facts=Signal::stored(facts(&addresses)?)/> })}
            <div class="actions">
                <ButtonLink href=code action="open-code">"Code in six languages"</ButtonLink>
            </div>
        </Section>
        <Danger one/>
    }
    .into_any()
}

fn facts(one: &One) -> Option<Facts> {
    let (client, workspace) = (one.metadata(), one.workspace()?);
    let grant = super::snippets::beginnings(&client).first().copied()?;
    let method = client.token_endpoint_auth_method;
    // The aliases for mutual TLS are in the discovery document, which the code tab asks for.
    let endpoints = Endpoints::of(&workspace.issuer, &serde_json::Value::Null, method);
    Some(Facts::of(one.client_id.as_str(), &client, &workspace.settings, endpoints, grant))
}

/// What is to be known first. No component, so that it follows the client.
fn state(one: &One) -> Option<impl IntoView + use<>> {
    let client = one.view()?;
    let method = client.metadata.token_endpoint_auth_method;
    let enabled = one.settings().token_endpoint_auth_methods.contains(method);
    let methods = paths::of_workspace(&one.tid, &one.aid, "methods");
    let disabled = client.metadata.status == Status::Inactive;
    Some(view! {
        <div class="stack" id="state">
        {disabled.then(|| view! {
            <Notice tone=Tone::Warn title="This client is disabled">"Each of its requests is refused until it is enabled again."</Notice>
        })}
        {(!enabled).then(|| view! {
            <Notice tone=Tone::Bad title=format!("{method} is disabled in this workspace")>
                "The client is refused until it changes its method, or the method is enabled. "
                <a href=methods>"Client authentication"</a>
            </Notice>
        })}
        <p id="summary">{summary(&client.metadata)}</p>
        </div>
    })
}

fn at_a_glance(one: &One) -> Option<impl IntoView + use<>> {
    let client = one.view()?;
    let metadata = client.metadata;
    let public = metadata.token_endpoint_auth_method == AuthMethod::None;
    let never = if public { "Does not authenticate" } else { "Never" };
    let grants = metadata.grant_types.iter().map(|grant| grant_name(*grant)).collect::<Vec<_>>().join(", ");
    let scope = metadata.scope.iter().map(|name| view! { <li><code>{name.to_owned()}</code></li> }).collect_view();
    let uris = metadata.redirect_uris.iter().map(|uri| view! { <div><code>{uri.clone()}</code></div> }).collect_view();
    Some(view! {
        <Section title="At a glance">
            <List>
                <Fact label="Last authenticated"><Ago time=client.last_authenticated_at never=never/></Fact>
                <Fact label="Method"><code>{metadata.token_endpoint_auth_method.as_str()}</code></Fact>
                <Fact label="Grants">{grants}</Fact>
                {(!uris.is_empty()).then(|| view! { <Fact label="Redirect URIs"><div>{uris}</div></Fact> })}
                {(!scope.is_empty()).then(|| view! { <Fact label="Scopes"><ul class="chips">{scope}</ul></Fact> })}
                {metadata.description.map(|text| view! { <Fact label="Description">{text}</Fact> })}
                <Fact label="Created"><Ago time=Some(client.created_at)/></Fact>
                <Fact label="Changed"><Ago time=Some(client.updated_at)/></Fact>
            </List>
        </Section>
    })
}

/// When its credentials expire.
#[component]
fn Expiring(one: One) -> impl IntoView {
    let method = untrack(|| one.metadata().token_endpoint_auth_method);
    let href = one.tab("credentials");
    let inside = if method.has_secret() {
        let at = format!("{}/secrets", one.path());
        let secrets = load(move || at.clone(), |api, path| async move { api.get::<Page<SecretView>>(&path).await });
        shown(secrets, 3, |page| {
            let secrets = page.items;
            if secrets.is_empty() {
                return view! {
                    <Notice tone=Tone::Warn title="It has no secret">"Without one it cannot authenticate. Add one under its credentials."</Notice>
                }
                .into_any();
            }
            view! { <List>{secrets.into_iter().map(|secret| view! { <Fact label=secret.name.clone()><Ends secret/></Fact> }).collect_view()}</List> }
                .into_any()
        })
        .into_any()
    } else {
        let text = match method {
            AuthMethod::None => "It has none: whoever knows its name can begin a sign-in, and PKCE protects the rest.",
            AuthMethod::TlsClientAuth => {
                "It is recognised by a name in its certificate; renewals with the same name go on working."
            }
            AuthMethod::SelfSignedTlsClientAuth => "Its certificates are registered; each expires on its own.",
            _ => "It is recognised by its public keys, which do not expire by themselves.",
        };
        view! { <p>{text}</p> }.into_any()
    };
    view! {
        <Section title="Credentials">
            {inside}
            <div class="actions"><ButtonLink href=href action="open-credentials">"Credentials"</ButtonLink></div>
        </Section>
    }
}

#[component]
fn Ends(secret: SecretView) -> impl IntoView {
    match secret.expires_at {
        None => view! { "Does not expire" }.into_any(),
        Some(at) if at.as_millis() <= now() => {
            view! { <Badge tone=Tone::Bad>"Expired"</Badge> " " <Ago time=Some(at)/> }.into_any()
        }
        Some(at) => view! { "Expires " <Until time=at/> }.into_any(),
    }
}
