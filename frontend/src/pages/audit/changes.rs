//! What a change has changed (`{"member": {"from": …, "to": …}}`), as a table.

use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::ui::table::{Cell, Column, Table};

/// A member that was changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    /// Its name.
    pub(super) member: String,
    /// What it was.
    pub(super) from: String,
    /// What it became.
    pub(super) to: String,
}

/// Takes the members that were changed out of `detail`.
pub(super) fn take(detail: &mut Map<String, Value>) -> Vec<Change> {
    let is_change = |value: &Value| {
        value.as_object().is_some_and(|it| it.len() == 2 && it.contains_key("from") && it.contains_key("to"))
    };
    let names: Vec<String> =
        detail.iter().filter(|(_, value)| is_change(value)).map(|(name, _)| name.clone()).collect();
    let change = |member: String| {
        let value = detail.remove(&member)?;
        let side = |name| value.get(name).map(plain).unwrap_or_default();
        Some(Change { from: side("from"), to: side("to"), member })
    };
    names.into_iter().filter_map(change).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The table.
#[component]
pub(super) fn Changes(changes: Vec<Change>) -> impl IntoView {
    let rows = changes.into_iter().map(|change| {
        view! {
            <tr>
                <Cell label="Member" head=true><code>{change.member}</code></Cell>
                <Cell label="Before"><code>{change.from}</code></Cell>
                <Cell label="After"><code>{change.to}</code></Cell>
            </tr>
        }
    });
    let columns =
        vec![Column::plain("member", "Member"), Column::plain("from", "Before"), Column::plain("to", "After")];
    view! { <Table caption="What was changed" columns>{rows.collect_view()}</Table> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changes_are_taken_out_and_the_rest_stays() {
        let detail = json!({"status": {"from": "active", "to": null}, "message": "x", "jwks": {"keys": []}});
        let Value::Object(mut detail) = detail else { panic!() };
        let expected = Change { member: "status".into(), from: "active".into(), to: "–".into() };
        assert_eq!(take(&mut detail), [expected]);
        assert_eq!(Value::Object(detail), json!({"message": "x", "jwks": {"keys": []}}));
    }
}
