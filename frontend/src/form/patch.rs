//! The merge patch (RFC 7396) that makes one object of another.

use serde_json::{Map, Value};

/// What has to be sent so that `from` becomes `to`. Members that are gone are `null`.
pub(crate) fn merge_patch(from: &Value, to: &Value) -> Value {
    let (Value::Object(old), Value::Object(new)) = (from, to) else { return to.clone() };
    let mut patch = Map::new();
    for (name, value) in new {
        match old.get(name) {
            Some(before) if before == value => {}
            Some(before) if before.is_object() && value.is_object() => {
                patch.insert(name.clone(), merge_patch(before, value));
            }
            _ => {
                patch.insert(name.clone(), value.clone());
            }
        }
    }
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        patch.insert(name.clone(), Value::Null);
    }
    Value::Object(patch)
}

/// Applies a merge patch to `target` (RFC 7396 §2).
pub(crate) fn apply(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(members) = target.as_object_mut() else { return };
    for (name, change) in changes {
        if change.is_null() {
            members.remove(name);
        } else {
            apply(members.entry(name.clone()).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_sent() {
        let from = json!({"a": 1, "b": [1, 2], "c": {"x": 1, "y": 2}, "d": "gone"});
        let to = json!({"a": 1, "b": [2], "c": {"x": 1, "y": 3}, "e": "new"});
        let patch = json!({"b": [2], "c": {"y": 3}, "d": null, "e": "new"});
        assert_eq!(merge_patch(&from, &to), patch);
        assert_eq!(merge_patch(&to, &to), json!({}));
        let mut applied = from.clone();
        apply(&mut applied, &patch);
        assert_eq!(applied, to);
    }
}
