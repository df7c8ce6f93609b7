//! Where clients with certificates call (RFC 8705 §5), and whose certificates are trusted.

use leptos::prelude::*;
use serde_json::Value;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::trusted_ca::TrustedCaView;
use cardea_protocol::{AuthMethod, AuthMethods};

use crate::data::{load, shown};
use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::page::{Fact, Facts, Notice, Section, Tone};

/// The section, while a TLS method is enabled.
#[component]
pub(super) fn MutualTls(saved: Signal<AuthMethods>) -> impl IntoView {
    let is_on = Memo::new(move |_| saved.get().iter().any(AuthMethod::is_tls));
    let by_authority = Memo::new(move |_| saved.get().contains(AuthMethod::TlsClientAuth));
    move || is_on.get().then(|| view! { <Addresses by_authority=by_authority.get()/> })
}

#[component]
fn Addresses(by_authority: bool) -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let discovery = format!("/{tid}/{aid}/.well-known/openid-configuration");
    let document = load(move || discovery.clone(), |api, path| async move { api.get::<Value>(&path).await });
    view! {
        <Section
            title="Mutual TLS"
            id="mutual-tls"
            about="Clients that authenticate by certificate call these addresses; the others do not ask for a certificate."
        >
            {by_authority.then(|| view! { <Authorities/> })}
            {shown(document, 4, |document| {
                let aliases = aliases(&document);
                if aliases.is_empty() {
                    return view! {
                        <Notice tone=Tone::Warn title="There is no mTLS listener">
                            <p>"The server publishes no addresses for mutual TLS. Ask the operator to set one up."</p>
                        </Notice>
                    }.into_any();
                }
                let facts = aliases.into_iter().map(|(name, url)| view! {
                    <Fact label=name copy=url.clone()><code>{url}</code></Fact>
                });
                view! { <Facts>{facts.collect_view()}</Facts> }.into_any()
            })}
        </Section>
    }
}

/// How many authorities are trusted, and the way to them.
#[component]
fn Authorities() -> impl IntoView {
    let href = paths::of_workspace(&tid(), &aid(), "certificates");
    let path = format!("{}?limit=200", path::trusted_cas(&tid(), &aid()));
    let trusted = load(move || path.clone(), |api, path| async move { api.get::<Page<TrustedCaView>>(&path).await });
    shown(trusted, 1, move |page| {
        let href = href.clone();
        let link = view! { <a href=href>"Trusted CAs"</a> };
        match page.items.len() {
            0 => view! {
                <Notice tone=Tone::Warn title="No authority is trusted yet">
                    <p>"Until one is, no tls_client_auth client gets in. " {link}</p>
                </Notice>
            }
            .into_any(),
            1 => view! { <p>"1 authority may vouch for tls_client_auth clients. " {link}</p> }.into_any(),
            many => {
                let more = if page.next_cursor.is_some() { "more than " } else { "" };
                view! { <p>{format!("{more}{many} authorities may vouch for tls_client_auth clients. ")}{link}</p> }
                    .into_any()
            }
        }
    })
}

/// The addresses by what they are for, the token endpoint first.
fn aliases(document: &Value) -> Vec<(String, String)> {
    let all = document.get("mtls_endpoint_aliases").and_then(Value::as_object).into_iter().flatten();
    let mut all: Vec<_> = all
        .filter_map(|(name, url)| Some((name.replace('_', " "), url.as_str()?.to_owned())))
        .map(|(name, url)| (capitalised(&name), url))
        .collect();
    all.sort_by_key(|(name, _)| (!name.starts_with("Token"), name.clone()));
    all
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_ascii_uppercase().to_string() + characters.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_token_endpoint_comes_first() {
        let document =
            json!({"mtls_endpoint_aliases": {"revocation_endpoint": "https://m/r", "token_endpoint": "https://m/t"}});
        let expected = [("Token endpoint", "https://m/t"), ("Revocation endpoint", "https://m/r")];
        assert_eq!(aliases(&document), expected.map(|(name, url)| (name.to_owned(), url.to_owned())));
        assert!(aliases(&json!({})).is_empty());
    }
}
