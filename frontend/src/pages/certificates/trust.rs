//! Trusting an authority: its file is dropped, looked at, and only then sent to be trusted.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::certificate::{CertificateToInspect, CertificateView};
use cardea_api::path;
use cardea_api::trusted_ca::{NewTrustedCa, TrustedCasCreated};

use super::Authorities;
use super::inspected::Inspected;
use super::pem::{Contents, contents};
use crate::api::{Failure, Kind, use_api};
use crate::data::Failed;
use crate::shell::here::{aid, tid};
use crate::ui::button::{Button, Weight};
use crate::ui::field::{FileDrop, TextField};
use crate::ui::page::{Notice, Section, SubSection, Tone};
use crate::ui::toast::use_toasts;

/// Certificates of one file that are looked at one by one.
const MOST: usize = 20;

/// What is about to be trusted.
#[derive(Clone)]
struct Candidate {
    contents: Contents,
    views: Vec<CertificateView>,
}

/// The drop zone, and what was dropped.
#[component]
pub(super) fn Trust(all: Authorities) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let path = StoredValue::new(path::trusted_cas(&tid(), &aid()));
    let candidate = RwSignal::new(None::<Candidate>);
    let failure = RwSignal::new(None::<Failure>);
    let (name, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let inspect = move |(_, text): (String, String)| {
        candidate.set(None);
        failure.set(None);
        name.set(String::new());
        let contents = contents(&text);
        if contents.certificates.is_empty() {
            failure.set(Some(Failure::of(
                Kind::Invalid,
                "There is no certificate in this file. Choose a PEM file that begins with -----BEGIN CERTIFICATE-----.",
            )));
            return;
        }
        if contents.certificates.len() > MOST {
            failure.set(Some(Failure::of(
                Kind::Invalid,
                format!("There are more than {MOST} certificates in this file. Add those you trust alone."),
            )));
            return;
        }
        spawn_local(async move {
            let mut views = Vec::new();
            for pem in &contents.certificates {
                let question = CertificateToInspect { pem: Some(pem.clone()), der: None };
                match api.post::<CertificateView>(&format!("{}/certificates/inspect", path::BASE), &question).await {
                    Ok(view) => views.push(view),
                    Err(why) => {
                        let _ = failure.try_set(Some(why));
                        return;
                    }
                }
            }
            let _ = candidate.try_set(Some(Candidate { contents, views }));
        });
    };
    let trust = move |()| {
        let Some(Candidate { contents, .. }) = candidate.get_untracked() else { return };
        let is_one = contents.certificates.len() == 1;
        let new = NewTrustedCa {
            pem: contents.certificates.concat(),
            name: Some(name.get_untracked().trim().to_owned()).filter(|name| is_one && !name.is_empty()),
            crl_pem: contents.revocation_lists.first().cloned().filter(|_| is_one),
        };
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<TrustedCasCreated>(&path.get_value(), &new).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(TrustedCasCreated::One(ca)) => toasts.good(format!("{} is trusted.", ca.name)),
                Ok(TrustedCasCreated::Several(bundle)) => {
                    toasts.good(format!("{} authorities are trusted.", bundle.items.len()))
                }
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                    return;
                }
            }
            let _ = candidate.try_set(None);
            let _ = failure.try_set(None);
            all.list.load.again();
        });
    };
    let looked_at = move || candidate.get().map(|candidate| view! { <LookedAt candidate name/> });
    view! {
        <Section title="Trust an authority" id="trust" about="Nothing is trusted before you have seen what is in it.">
            <FileDrop
                label="Certificate of the authority"
                id="pem"
                accept=".pem,.crt,.cer,.ca-bundle"
                hint="PEM: one authority or a bundle; a revocation list in the same file is taken as well."
                on_text=inspect
            />
            {looked_at}
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <Show when=move || candidate.with(Option::is_some)>
                <div class="actions">
                    <Button action="trust-authority" weight=Weight::Primary busy on_click=trust>
                        {move || match candidate.with(|candidate| candidate.as_ref().map_or(0, |it| it.views.len())) {
                            1 => "Trust this authority".to_owned(),
                            many => format!("Trust these {many} authorities"),
                        }}
                    </Button>
                    <Button action="forget-candidate" on_click=move |()| { candidate.set(None); failure.set(None); }>"Cancel"</Button>
                </div>
            </Show>
        </Section>
    }
}

#[component]
fn LookedAt(candidate: Candidate, name: RwSignal<String>) -> impl IntoView {
    let is_one = candidate.views.len() == 1;
    let with_list = is_one && !candidate.contents.revocation_lists.is_empty();
    let each = candidate.views.into_iter().enumerate().map(|(index, certificate)| {
        let title = if is_one { "What is in it".to_owned() } else { format!("Certificate {}", index + 1) };
        view! { <SubSection title><Inspected certificate/></SubSection> }
    });
    view! {
        {candidate.contents.has_private_key.then(|| view! {
            <Notice tone=Tone::Warn title="There is a private key in this file">
                <p>"It stays in this browser and is not sent. Keep it where nobody else can read it."</p>
            </Notice>
        })}
        {each.collect_view()}
        {with_list.then(|| view! { <p class="quiet">"The revocation list in the file will be enforced."</p> })}
        {is_one.then(|| view! {
            <TextField label="Name" id="name" value=name hint="What your colleagues call it; without one, its common name."/>
        })}
    }
}
