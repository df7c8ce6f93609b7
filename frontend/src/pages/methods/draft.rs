//! The members of the policy as signals, and parts of sets as switches.

use leptos::prelude::*;
use serde_json::Value;

use cardea_protocol::{AuthMethods, SigningAlg};

use crate::form::Form;

const METHODS: &str = "token_endpoint_auth_methods";
const ALGORITHMS: &str = "token_endpoint_auth_signing_alg_values";

/// The enabled methods of `object`.
pub(super) fn methods_of(object: &Value) -> AuthMethods {
    read(object.get(METHODS))
}

/// The enabled methods of the draft.
pub(super) fn methods(form: Form) -> RwSignal<AuthMethods> {
    form.bound(METHODS, read, |set| serde_json::to_value(set).unwrap_or_default())
}

/// The algorithms of the draft, in the order of the registry.
pub(super) fn algorithms(form: Form) -> RwSignal<Vec<SigningAlg>> {
    let sorted = |value: Option<&Value>| in_order(&read::<Vec<SigningAlg>>(value));
    form.bound(ALGORITHMS, sorted, |algs| serde_json::to_value(algs).unwrap_or_default())
}

/// `algs` in the order of the registry, each once.
fn in_order(algs: &[SigningAlg]) -> Vec<SigningAlg> {
    SigningAlg::ALL.iter().copied().filter(|alg| algs.contains(alg)).collect()
}

fn read<T: serde::de::DeserializeOwned + Default>(value: Option<&Value>) -> T {
    value.and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}

/// A switch that follows `whole`, and that `whole` follows.
pub(super) fn part<S: Clone + Send + Sync + 'static>(
    whole: RwSignal<S>,
    has: impl Fn(&S) -> bool + Copy + Send + Sync + 'static,
    set: impl Fn(&mut S, bool) + Copy + Send + Sync + 'static,
) -> RwSignal<bool> {
    let switch = RwSignal::new(whole.with_untracked(has));
    Effect::new(move |_| {
        let on = whole.with(has);
        if switch.get_untracked() != on {
            switch.set(on);
        }
    });
    Effect::new(move |_| {
        let on = switch.get();
        if whole.with_untracked(has) != on {
            whole.update(|whole| set(whole, on));
        }
    });
    switch
}

/// The switch of `alg`.
pub(super) fn alg_switch(algs: RwSignal<Vec<SigningAlg>>, alg: SigningAlg) -> RwSignal<bool> {
    let set = move |algs: &mut Vec<SigningAlg>, on: bool| {
        algs.retain(|other| *other != alg);
        if on {
            algs.push(alg);
        }
        *algs = in_order(algs);
    };
    part(algs, move |algs| algs.contains(&alg), set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace_form::violations;
    use cardea_protocol::{AuthMethod, WorkspaceSettings};
    use serde_json::json;

    #[test]
    fn the_servers_validator_wants_one_method_and_an_algorithm_for_it() {
        let mut draft = serde_json::to_value(WorkspaceSettings::default()).unwrap();
        assert_eq!(violations(&draft), []);
        draft[METHODS] = json!([]);
        assert_eq!(
            violations(&draft).first().map(|broken| broken.pointer.clone()).as_deref(),
            Some("/token_endpoint_auth_methods")
        );
        draft[METHODS] = json!(["private_key_jwt"]);
        draft[ALGORITHMS] = json!(["HS256"]);
        assert_eq!(violations(&draft).len(), 1);
        draft[ALGORITHMS] = json!(["ES256"]);
        assert_eq!(violations(&draft), []);
    }

    #[test]
    fn members_are_read_whatever_order_they_have() {
        let object = json!({METHODS: ["none", "client_secret_basic"], ALGORITHMS: ["ES256", "RS256"]});
        assert!(methods_of(&object).contains(AuthMethod::None) && methods_of(&object).len() == 2);
        assert_eq!(
            in_order(&[SigningAlg::ES256, SigningAlg::RS256, SigningAlg::ES256]),
            [SigningAlg::RS256, SigningAlg::ES256]
        );
        assert_eq!(methods_of(&json!({})), AuthMethods::empty());
    }
}
