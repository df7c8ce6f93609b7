//! The certificate of a client that authenticates by mutual TLS: dropped here, read by the server, registered by one of its
//! names (RFC 8705 §2.1) or as it is (§2.2).

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::certificate::{CertificateToInspect, CertificateView};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::trusted_ca::TrustedCaView;
use cardea_protocol::AuthMethod;

use super::chosen::Chosen;
use crate::api::{Failure, use_api};
use crate::data::{Failed, load};
use crate::pages::clients::keys::Certificate;
use crate::paths;
use crate::shell::here;
use crate::ui::field::{Card, FileDrop, RadioCards};
use crate::ui::page::{Notice, Tone};

/// `/certificates/inspect`
pub(in crate::pages::clients) fn inspect_path() -> String {
    format!("{}/certificates/inspect", path::BASE)
}

/// The certificate, and what of it is registered.
#[component]
pub(super) fn ClientCertificate(chosen: Chosen, method: AuthMethod) -> impl IntoView {
    let api = use_api();
    let failure = RwSignal::new(None::<Failure>);
    let dropped = move |(_, pem): (String, String)| {
        spawn_local(async move {
            let asked = CertificateToInspect { pem: Some(pem), der: None };
            match api.post::<CertificateView>(&inspect_path(), &asked).await {
                Ok(certificate) => {
                    failure.set(None);
                    chosen.subject.set(certificate.registration_values.first().cloned());
                    chosen.certificate.set(Some(certificate));
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    let by_authority = method == AuthMethod::TlsClientAuth;
    view! {
        <FileDrop
            label="The client's certificate"
            id="certificate"
            accept=".pem,.crt,.cer"
            hint="PEM, without the private key. The server reads it and forgets it."
            on_text=dropped
        />
        {move || failure.get().map(|failure| view! { <Failed failure/> })}
        {move || chosen.certificate.get().map(|certificate| {
            let named = by_authority.then(|| view! { <Names chosen certificate=certificate.clone()/> });
            let unusable = (!by_authority && certificate.jwk.is_none()).then(|| view! {
                <Notice tone=Tone::Bad title="This kind of key is not supported">
                    "Make a certificate with an RSA, P-256, P-384 or Ed25519 key."
                </Notice>
            });
            view! { <div class="stack"><Certificate certificate/> {unusable} {named}</div> }
        })}
    }
}

/// Which of its names is registered, and who vouches for it.
#[component]
fn Names(chosen: Chosen, certificate: CertificateView) -> impl IntoView {
    let values = certificate.registration_values.clone();
    let word = |member: &str, value: &str| format!("{member}={value}");
    let first = chosen.subject.with_untracked(|subject| {
        subject.as_ref().map(|subject| word(&subject.member, &subject.value)).unwrap_or_default()
    });
    let picked = RwSignal::new(first);
    let cards: Vec<_> = values
        .iter()
        .map(|value| Card {
            value: word(&value.member, &value.value),
            title: described(&value.member).to_owned(),
            text: value.value.clone(),
            ..Card::default()
        })
        .collect();
    Effect::new(move |_| {
        let now = picked.get();
        let value = values.iter().find(|value| word(&value.member, &value.value) == now);
        chosen.subject.set(value.cloned());
    });
    view! {
        <RadioCards legend="Recognise it by" name="tls_client_auth" value=picked cards/>
        <Authority issuer=certificate.issuer_dn/>
    }
}

/// What a member recognises, in words.
pub(in crate::pages::clients) fn described(member: &str) -> &'static str {
    match member {
        "tls_client_auth_subject_dn" => "Subject",
        "tls_client_auth_san_dns" => "Host name",
        "tls_client_auth_san_uri" => "URI",
        "tls_client_auth_san_ip" => "IP address",
        _ => "E-mail address",
    }
}

/// Whether a trusted authority has the name of the certificate's issuer.
#[component]
fn Authority(issuer: String) -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let at = format!("{}?limit=200", path::trusted_cas(&tid, &aid));
    let trusted = load(move || at.clone(), |api, path| async move { api.get::<Page<TrustedCaView>>(&path).await });
    let href = StoredValue::new(paths::of_workspace(&tid, &aid, "certificates"));
    move || {
        let page = trusted.value()?;
        let found = page.items.iter().find(|authority| authority.subject_dn == issuer);
        let link = move || view! { <a href=href.get_value()>"Trusted CAs"</a> };
        Some(match found {
            Some(authority) => view! {
                <Notice tone=Tone::Good title="Its issuer is trusted here">
                    {format!("The workspace trusts “{}”, which has the name of the issuer.", authority.name)}
                </Notice>
            }
            .into_any(),
            None if page.items.is_empty() => view! {
                <Notice tone=Tone::Warn title="No authority is trusted here yet">
                    "The client gets in only after its issuer is trusted. " {link()}
                </Notice>
            }
            .into_any(),
            None => view! {
                <Notice tone=Tone::Warn title="Its issuer is none of the trusted authorities">
                    "An intermediate is fine as long as the client sends the chain up to a trusted one; else trust the issuer. "
                    {link()}
                </Notice>
            }
            .into_any(),
        })
    }
}
