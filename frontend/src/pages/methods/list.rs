//! The seven methods, the strongest first.

use leptos::prelude::*;

use cardea_protocol::workspace_settings::Profile;
use cardea_protocol::{AuthMethod, AuthMethods, WorkspaceSettings};

use super::MethodUsage;
use super::row::Row;
use crate::data::{Load, shown_with};
use crate::methods::describe;
use crate::ui::page::Section;

/// The methods with their switches.
#[component]
pub(super) fn MethodList(
    enabled: RwSignal<AuthMethods>,
    saved: Signal<AuthMethods>,
    usage: Load<Vec<MethodUsage>>,
    problem: Signal<Option<String>>,
    profile: Profile,
    may_change: bool,
) -> impl IntoView {
    let rows = strongest_first().into_iter().map(move |method| {
        let usage = Signal::derive(move || {
            let all = usage.value().unwrap_or_default();
            all.into_iter().find(|usage| usage.token_endpoint_auth_method == method)
        });
        view! { <Row method enabled saved usage locked=locked(method, profile, may_change)/> }
    });
    let count = move || format!("{} of {} enabled.", enabled.get().len(), AuthMethod::ALL.len());
    view! {
        <Section title="Methods" id="methods" about="At least one stays enabled. Each client uses the one it is registered for.">
            <p class="quiet small" role="status">{count}</p>
            {move || problem.get().map(|problem| view! { <p class="problem" id="methods-problem">{sentence(&problem)}</p> })}
            {shown_with(usage, || (), |_| ())}
            <ul class="methods">{rows.collect_view()}</ul>
        </Section>
    }
}

fn strongest_first() -> Vec<AuthMethod> {
    let mut methods = AuthMethod::ALL.to_vec();
    methods.sort_by_key(|method| std::cmp::Reverse(describe(*method).strength));
    methods
}

/// Why `method` cannot be switched here.
fn locked(method: AuthMethod, profile: Profile, may_change: bool) -> Option<&'static str> {
    if !may_change {
        return Some("Your role may look at this, not change it.");
    }
    let is_outside = profile == Profile::Fapi2 && !WorkspaceSettings::FAPI_2_METHODS.contains(&method);
    is_outside.then_some("The workspace keeps the FAPI 2.0 profile, which does not allow this method.")
}

/// A message of the validator as a sentence.
pub(super) fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_seven_are_listed_and_a_bare_name_is_last() {
        let all = strongest_first();
        assert_eq!((all.len(), all.last()), (7, Some(&AuthMethod::None)));
    }

    #[test]
    fn the_profile_and_the_role_lock_switches() {
        assert!(locked(AuthMethod::ClientSecretBasic, Profile::Fapi2, true).is_some());
        assert!(locked(AuthMethod::PrivateKeyJwt, Profile::Fapi2, true).is_none());
        assert!(locked(AuthMethod::ClientSecretBasic, Profile::Default, true).is_none());
        assert!(locked(AuthMethod::ClientSecretBasic, Profile::Default, false).is_some());
    }

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("at least one method stays enabled"), "At least one method stays enabled.");
        assert_eq!(sentence(""), ".");
    }
}
