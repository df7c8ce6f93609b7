//! What client assertions may be signed with (RFC 8414 §2, `token_endpoint_auth_signing_alg_values_supported`), by family.

use leptos::prelude::*;

use cardea_protocol::workspace_settings::Profile;
use cardea_protocol::{AuthMethod, AuthMethods, SigningAlg};

use super::draft::alg_switch;
use super::list::sentence;
use crate::ui::field::Checkbox;
use crate::ui::page::{Notice, Section, Tone};

/// A family of algorithms.
struct Family {
    name: &'static str,
    sentence: &'static str,
    algs: &'static [SigningAlg],
}

const FAMILIES: [Family; 5] = [
    Family {
        name: "Elliptic curves (ECDSA)",
        sentence: "Short keys and signatures that every current library knows. The best choice for private_key_jwt.",
        algs: &[SigningAlg::ES256, SigningAlg::ES384],
    },
    Family {
        name: "Ed25519 (EdDSA)",
        sentence: "As strong, and quicker; older libraries do not know it yet.",
        algs: &[SigningAlg::EdDSA],
    },
    Family {
        name: "RSA with PSS",
        sentence: "RSA in its modern padding, as the financial-grade profiles want it.",
        algs: &[SigningAlg::PS256, SigningAlg::PS384, SigningAlg::PS512],
    },
    Family {
        name: "RSA with PKCS #1 v1.5",
        sentence: "The oldest and most widely known; for applications that know nothing newer.",
        algs: &[SigningAlg::RS256, SigningAlg::RS384, SigningAlg::RS512],
    },
    Family {
        name: "Shared secret (HMAC)",
        sentence: "For client_secret_jwt alone: both sides hold the same secret.",
        algs: &[SigningAlg::HS256, SigningAlg::HS384, SigningAlg::HS512],
    },
];

/// The families with their switches.
#[component]
pub(super) fn Algorithms(
    algs: RwSignal<Vec<SigningAlg>>,
    methods: RwSignal<AuthMethods>,
    problem: Signal<Option<String>>,
    profile: Profile,
    may_change: bool,
) -> impl IntoView {
    let unused = move || !AuthMethod::ALL.iter().any(|method| method.is_assertion() && methods.get().contains(*method));
    let families = FAMILIES.map(|family| {
        let boxes = family.algs.iter().map(|alg| {
            let is_outside = profile == Profile::Fapi2 && !SigningAlg::FAPI_2.contains(alg);
            let checked = alg_switch(algs, *alg);
            view! { <Checkbox label=alg.as_str() checked id=format!("alg-{alg}") disabled=!may_change || is_outside/> }
        });
        view! {
            <fieldset class="family">
                <legend>{family.name}</legend>
                <p class="hint">{family.sentence}</p>
                <div class="row family-algs">{boxes.collect_view()}</div>
            </fieldset>
        }
    });
    view! {
        <Section
            title="Signing algorithms of assertions"
            id="algorithms"
            about="What client_secret_jwt and private_key_jwt clients may sign with. A client can be held to one of them."
        >
            {move || unused().then(|| view! {
                <Notice tone=Tone::Neutral>
                    <p>"Nobody needs these at the moment: client_secret_jwt and private_key_jwt are both off."</p>
                </Notice>
            })}
            {move || problem.get().map(|problem| view! { <p class="problem">{sentence(&problem)}</p> })}
            <div class="families">{families.into_iter().collect_view()}</div>
        </Section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_algorithm_is_in_one_family() {
        let mut listed: Vec<_> = FAMILIES.iter().flat_map(|family| family.algs).map(|alg| alg.as_str()).collect();
        let mut all: Vec<_> = SigningAlg::ALL.iter().map(|alg| alg.as_str()).collect();
        listed.sort_unstable();
        all.sort_unstable();
        assert_eq!(listed, all);
    }
}
