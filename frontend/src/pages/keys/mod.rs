//! Signing keys: which sign, which will, which did; rotating and withdrawing them; the key set as everybody sees it.

use leptos::prelude::*;

use cardea_api::key::KeyView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::SigningAlg;

use crate::data::{Load, load, shown};
use crate::may::use_may;
use crate::shell::here::{aid, tid};
use crate::ui::page::{PageHead, Section};

mod published;
mod revoke;
mod rotate;
mod table;
mod words;

use published::Published;
use revoke::Revoke;
use rotate::Rotate;
use table::KeyTable;

/// What the parts of the page act upon.
#[derive(Clone, Copy)]
struct Ring {
    load: Load<Vec<KeyView>>,
    /// The key that is about to be revoked.
    revoking: RwSignal<Option<KeyView>>,
    may_change: bool,
}

/// The page.
#[component]
pub(crate) fn Keys() -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let may_change = use_may().in_workspace(Permission::KeysWrite, &tid, &aid);
    let path = format!("{}?limit=200", path::in_workspace(&tid, &aid, "keys"));
    let load = load(
        move || path.clone(),
        |api, path| async move { api.get::<Page<KeyView>>(&path).await.map(|page| page.items) },
    );
    let ring = Ring { load, revoking: RwSignal::new(None), may_change };
    view! {
        <PageHead
            title="Signing keys"
            about="What this workspace signs tokens with. APIs and applications fetch the public halves from the key set; a key is published before it signs and until what it signed has expired."
        />
        {shown(load, 8, move |keys| {
            let present = |alg: &SigningAlg| keys.iter().any(|key| key.alg == *alg);
            let (used, unused): (Vec<_>, Vec<_>) = SigningAlg::ACCESS_TOKEN.into_iter().partition(present);
            let sections = used.into_iter().map(|alg| {
                let own = keys.iter().filter(|key| key.alg == alg).cloned().collect::<Vec<_>>();
                view! { <OfAlgorithm alg keys=own ring/> }
            });
            view! { {sections.collect_view()} <Unused algs=unused ring/> }
        })}
        <Published load/>
        <Revoke ring/>
    }
}

/// The keys of one algorithm.
#[component]
fn OfAlgorithm(alg: SigningAlg, keys: Vec<KeyView>, ring: Ring) -> impl IntoView {
    let actions = move || ring.may_change.then(|| view! { <Rotate alg ring is_first=false/> });
    view! {
        <Section title=alg.as_str() about=words::of_algorithm(alg) id=format!("keys-{alg}") actions=actions>
            <KeyTable alg keys ring/>
        </Section>
    }
}

/// The algorithms that have no keys yet.
#[component]
fn Unused(algs: Vec<SigningAlg>, ring: Ring) -> impl IntoView {
    if algs.is_empty() {
        return ().into_any();
    }
    let rows = algs.into_iter().map(move |alg| {
        let button = ring.may_change.then(|| view! { <Rotate alg ring is_first=true/> });
        view! {
            <li class="row unused-alg">
                <span><strong>{alg.as_str()}</strong>" "<span class="quiet">{words::of_algorithm(alg)}</span></span>
                {button}
            </li>
        }
    });
    view! {
        <Section title="Without keys" about="Keys of these are made when a client or the workspace first needs them, or now.">
            <ul class="unused-algs">{rows.collect_view()}</ul>
        </Section>
    }
    .into_any()
}
