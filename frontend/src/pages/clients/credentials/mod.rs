//! What a client proves itself with: its secrets, its keys, or its certificate.

use leptos::prelude::*;

use cardea_protocol::{AuthMethod, ClientMetadata};

use super::one::{One, use_one};
use super::register::described;
use crate::ui::button::ButtonLink;
use crate::ui::page::{Fact, Facts, Notice, Section, Tone};

mod add;
mod registered;
mod secrets;

use registered::Registered;
use secrets::Secrets;

/// The credentials of the client.
#[component]
pub(crate) fn Credentials() -> impl IntoView {
    let Some(one) = use_one() else { return ().into_any() };
    let client = untrack(|| one.metadata());
    let change = one.may_write().then(|| {
        let href = format!("{}#authentication", one.tab("settings"));
        view! { <div class="actions"><ButtonLink href=href action="change-method">"Change the method or its keys"</ButtonLink></div> }
    });
    let inside = match client.token_endpoint_auth_method {
        method if method.has_secret() => view! { <Secrets one/> }.into_any(),
        AuthMethod::PrivateKeyJwt => {
            view! { <Registered one client title="Public keys" about="Its assertions are verified with these; the private halves are only with the client."/> }
                .into_any()
        }
        AuthMethod::SelfSignedTlsClientAuth => {
            view! { <Registered one client title="Certificates" about="It is let in with one of these, as they are."/> }.into_any()
        }
        AuthMethod::TlsClientAuth => view! { <Subject one client/> }.into_any(),
        _ => view! {
            <Section title="No credentials">
                <p>"This client has the method " <code>"none"</code> ": it says its name and proves nothing. PKCE keeps its codes from whoever might steal them."</p>
            </Section>
        }
        .into_any(),
    };
    view! { <div class="stack">{inside} {change}</div> }.into_any()
}

/// The name in the certificate by which it is recognised (RFC 8705 §2.1.2).
#[component]
fn Subject(one: One, client: ClientMetadata) -> impl IntoView {
    let href = crate::paths::of_workspace(&one.tid, &one.aid, "certificates");
    let named = subject(&client).map(|(member, value)| (member, value.to_owned()));
    let facts = named.map(|(member, value)| {
        view! {
            <Fact label=described(member) copy=value.clone()><code>{value.clone()}</code></Fact>
        }
    });
    let none = facts.is_none().then(|| {
        view! {
            <Notice tone=Tone::Bad title="No name is registered">"Without one no certificate is recognised."</Notice>
        }
    });
    view! {
        <Section title="Registered certificate" about="A certificate with this name is accepted if a trusted authority of the workspace vouches for it.">
            <Facts>{facts}</Facts>
            {none}
            <div class="actions"><ButtonLink href=href action="trusted-cas">"Trusted CAs"</ButtonLink></div>
        </Section>
    }
}

/// The one member that is set, and its value.
pub(super) fn subject(client: &ClientMetadata) -> Option<(&'static str, &str)> {
    let all = [
        ("tls_client_auth_subject_dn", &client.tls_client_auth_subject_dn),
        ("tls_client_auth_san_dns", &client.tls_client_auth_san_dns),
        ("tls_client_auth_san_uri", &client.tls_client_auth_san_uri),
        ("tls_client_auth_san_ip", &client.tls_client_auth_san_ip),
        ("tls_client_auth_san_email", &client.tls_client_auth_san_email),
    ];
    all.into_iter().find_map(|(member, value)| Some((member, value.as_deref()?)))
}
