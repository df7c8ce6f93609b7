//! What a change has changed, as its audit event says it.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// Longer values are left out of the difference: a key set would fill the log.
const LONGEST_VALUE: usize = 2_000;

/// The members of a representation.
pub fn members(shown: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(shown) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

/// The members that differ, as `{"name": {"from": …, "to": …}}`. Give it representations without secrets.
pub fn difference(before: &impl Serialize, after: &impl Serialize) -> Map<String, Value> {
    let (before, after) = (members(before), members(after));
    let mut changed = Map::new();
    for name in before.keys().chain(after.keys()) {
        let (from, to) = (before.get(name), after.get(name));
        if from != to && !matches!(name.as_str(), "updated_at") {
            changed.insert(name.clone(), json!({"from": brief(from), "to": brief(to)}));
        }
    }
    changed
}

fn brief(value: Option<&Value>) -> Value {
    match value {
        None => Value::Null,
        Some(value) if value.to_string().len() > LONGEST_VALUE => json!("(too long to repeat)"),
        Some(value) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_names_what_changed_and_nothing_else() {
        let before = json!({"a": 1, "b": 2, "gone": true, "updated_at": "x"});
        let after = json!({"a": 1, "b": 3, "new": "y".repeat(3_000), "updated_at": "z"});
        let expected = json!({
            "b": {"from": 2, "to": 3},
            "gone": {"from": true, "to": null},
            "new": {"from": null, "to": "(too long to repeat)"},
        });
        assert_eq!(Value::Object(difference(&before, &after)), expected);
    }
}
