//! JSON Merge Patch (RFC 7396), and the members that a patch may repeat but not change.

use cardea_protocol::time::Timestamp;
use cardea_protocol::violation::Violation;
use serde_json::{Map, Value};

/// RFC 7396 §2, on objects.
pub fn merge(target: &mut Map<String, Value>, patch: Map<String, Value>) {
    for (name, value) in patch {
        match value {
            Value::Null => {
                target.remove(&name);
            }
            Value::Object(patch) => {
                let mut member = match target.remove(&name) {
                    Some(Value::Object(member)) => member,
                    _ => Map::new(),
                };
                merge(&mut member, patch);
                target.insert(name, Value::Object(member));
            }
            value => {
                target.insert(name, value);
            }
        }
    }
}

/// Times that move on between reading and sending back, by what others do.
const MOVING: [&str; 4] = ["updated_at", "last_authenticated_at", "last_signed_in_at", "password_set_at"];

/// Takes the members `read_only` out of `patch`; those that differ from `current` are violations. A client may so send back
/// what it was shown, even if an object was used or changed since (who minds sends `If-Match`).
pub fn take_read_only(patch: &mut Map<String, Value>, current: &Value, read_only: &[&str]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for name in read_only {
        let Some(value) = patch.remove(*name) else { continue };
        let is_old = MOVING.contains(name)
            && (value.is_null() || value.as_str().is_some_and(|text| Timestamp::parse_rfc3339(text).is_ok()));
        if !is_old && value != *current.get(name).unwrap_or(&Value::Null) {
            violations.push(Violation::new(format!("/{name}"), "read_only", "this cannot be changed"));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    /// The rows of RFC 7396, Appendix A, whose target and patch are objects.
    #[test]
    fn the_examples_of_the_rfc() {
        for (target, patch, result) in [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b"}), json!({"a":null}), json!({})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"c"}), json!({"a":["b"]}), json!({"a":["b"]})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!({"a":[{"b":"c"}]}), json!({"a":[1]}), json!({"a":[1]})),
            (json!({"e":null}), json!({"a":1}), json!({"e":null,"a":1})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ] {
            let mut merged = object(target.clone());
            merge(&mut merged, object(patch.clone()));
            assert_eq!(Value::Object(merged), result, "{target} + {patch}");
        }
    }

    #[test]
    fn a_read_only_member_may_be_repeated_but_not_changed() {
        let current = json!({"id": "a", "created_at": "x", "name": "n"});
        let mut patch = object(json!({"id": "b", "created_at": "x", "name": "m", "last_used_at": null}));
        let violations = take_read_only(&mut patch, &current, &["id", "created_at", "last_used_at"]);
        assert_eq!(violations.len(), 1);
        assert_eq!((violations[0].pointer.as_str(), violations[0].code.as_ref()), ("/id", "read_only"));
        assert_eq!(Value::Object(patch), json!({"name": "m"}));
    }

    #[test]
    fn a_time_that_moved_on_since_it_was_shown_is_no_change() {
        let current = json!({"updated_at": "2026-01-02T00:00:00Z", "last_authenticated_at": "2026-01-02T00:00:00Z"});
        let names = ["updated_at", "last_authenticated_at"];
        for old in [json!(null), json!("2026-01-01T00:00:00Z")] {
            let mut patch = object(json!({"updated_at": old, "last_authenticated_at": old}));
            assert!(take_read_only(&mut patch, &current, &names).is_empty() && patch.is_empty(), "{old}");
        }
        for odd in [json!("yesterday"), json!(1), json!({})] {
            let mut patch = object(json!({"last_authenticated_at": odd}));
            assert_eq!(take_read_only(&mut patch, &current, &names).len(), 1, "{odd}");
        }
    }
}
