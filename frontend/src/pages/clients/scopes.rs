//! What a client may ask for.

use leptos::prelude::*;
use serde_json::Value;

use cardea_protocol::grant_type::GrantType;

use super::one::use_one;
use super::saving::Saving;
use super::scope_list::{OF_PEOPLE, ScopeList};
use crate::ui::page::Section;

/// The scopes of the client.
#[component]
pub(crate) fn Scopes() -> impl IntoView {
    let Some(one) = use_one() else { return ().into_any() };
    let Some(form) = one.form() else { return ().into_any() };
    let values = form.bound("scope", read, write);
    let metadata = untrack(|| one.metadata());
    let signs_in = metadata.grant_types.iter().any(|grant| *grant != GrantType::ClientCredentials);
    let has_some = metadata.scope.iter().any(|name| OF_PEOPLE.iter().any(|(own, _)| *own == name));
    let problem = form.problem("/scope");
    view! {
        <Saving one form>
            <Section title="Scopes" about="What the client may ask for. What it gets is what it asks for, and what people agree to.">
                <ScopeList values people=signs_in || has_some/>
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </Section>
        </Saving>
    }
    .into_any()
}

fn read(scope: Option<&Value>) -> Vec<String> {
    scope.and_then(Value::as_str).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "the form hands the value over")]
fn write(scope: Vec<String>) -> Value {
    if scope.is_empty() { Value::Null } else { Value::from(scope.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_one_string_and_none_is_no_member() {
        let value = Value::from("a b");
        assert_eq!(read(Some(&value)), ["a", "b"]);
        assert_eq!((write(read(Some(&value))), write(read(None))), (value, Value::Null));
    }
}
