//! Typed reading of JSON that a person may have to correct: every complaint says where (RFC 6901), which rule, and what was
//! expected. Members that nothing reads are complaints too. What was sent is never repeated: it may be a secret.

use cardea_protocol::violation::Violation;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

const UNKNOWN: &str = "unknown_member";

/// Reads all of `members` as a `T`.
///
/// # Errors
/// The members that are unknown, of the wrong type or missing: all that can be told at once.
pub fn read<T: DeserializeOwned>(mut members: Map<String, Value>) -> Result<T, Vec<Violation>> {
    let mut wrong: Vec<Violation> = Vec::new();
    loop {
        let mut violations = match read_value(Value::Object(members.clone()), "") {
            Ok(read) if wrong.is_empty() => return Ok(read),
            Ok(_) => return Err(wrong),
            Err(violations) => violations,
        };
        // serde stops at the first member of a wrong type: without it, it finds the next.
        let at_fault = violations.first().map(|first| top(&first.pointer)).filter(|name| members.contains_key(name));
        match at_fault.filter(|_| violations.iter().any(|one| one.code != UNKNOWN)) {
            Some(name) => {
                members.remove(&name);
                wrong.extend(violations.drain(..).filter(|one| one.code != UNKNOWN));
            }
            None => {
                // What was taken out is not missing.
                violations.retain(|one| !wrong.iter().any(|wrong| top(&wrong.pointer) == top(&one.pointer)));
                wrong.append(&mut violations);
                return Err(wrong);
            }
        }
    }
}

/// The top-level member that a pointer leads through.
fn top(pointer: &str) -> String {
    let token = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
    token.replace("~1", "/").replace("~0", "~")
}

/// Takes the member `name` out of `members` and reads it; absent and `null` are `None`.
///
/// # Errors
/// When its type is wrong.
pub fn take<T: DeserializeOwned>(members: &mut Map<String, Value>, name: &str) -> Result<Option<T>, Vec<Violation>> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => read_value(value, &format!("/{}", escaped(name))).map(Some),
    }
}

/// The complaints of several readings together.
///
/// # Errors
/// When there are any.
pub fn none(violations: Vec<Violation>) -> Result<(), Vec<Violation>> {
    if violations.is_empty() { Ok(()) } else { Err(violations) }
}

fn read_value<T: DeserializeOwned>(value: Value, base: &str) -> Result<T, Vec<Violation>> {
    let mut violations = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let result = {
        let tracked = serde_path_to_error::Deserializer::new(value, &mut track);
        serde_ignored::deserialize(tracked, |path: serde_ignored::Path<'_>| {
            let pointer = format!("{base}{}", pointer_to_ignored(&path));
            violations.push(Violation::new(pointer, UNKNOWN, "there is no such member"));
        })
    };
    match result {
        Ok(read) if violations.is_empty() => Ok(read),
        Ok(_) => Err(violations),
        Err(error) => {
            violations.insert(0, complaint(format!("{base}{}", pointer_to(&track.path())), &error.to_string()));
            Err(violations)
        }
    }
}

/// Turns serde's sentence into ours, without the value that it quotes.
fn complaint(pointer: String, sentence: &str) -> Violation {
    if let Some(name) = quoted(sentence, "missing field `") {
        return Violation::new(format!("{pointer}/{}", escaped(name)), "required", "this member is required");
    }
    let code = if sentence.starts_with("invalid type") { "invalid_type" } else { "invalid_value" };
    match sentence.rsplit_once(", expected ") {
        Some((_, expected)) => Violation::new(pointer, code, format!("expected {expected}")),
        None => Violation::new(pointer, code, sentence),
    }
}

fn quoted<'s>(sentence: &'s str, begin: &str) -> Option<&'s str> {
    sentence.strip_prefix(begin)?.split('`').next()
}

fn pointer_to(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn pointer_to_ignored(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}/{index}", pointer_to_ignored(parent)),
        Path::Map { parent, key } => format!("{}/{}", pointer_to_ignored(parent), escaped(key)),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            pointer_to_ignored(parent)
        }
    }
}

/// A member's name as a reference token (RFC 6901 §3).
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use cardea_api::service::ServiceSettings;
    use serde_json::json;

    use super::*;

    fn complaints<T: DeserializeOwned>(body: Value) -> Vec<(String, String)> {
        let violations = read::<T>(body.as_object().unwrap().clone()).err().unwrap_or_default();
        violations.into_iter().map(|one| (one.pointer, one.code.into_owned())).collect()
    }

    #[test]
    fn a_complaint_points_to_the_member() {
        let audience = "https://api.example";
        for (body, pointer, code) in [
            (json!({"name": "n"}), "/audience", "required"),
            (json!({"name": 1, "audience": audience}), "/name", "invalid_type"),
            (
                json!({"name": "n", "audience": audience, "scopes": [{"name": "a"}, {"name": []}]}),
                "/scopes/1/name",
                "invalid_type",
            ),
            (json!({"name": "n", "audience": audience, "scopes": [{}]}), "/scopes/0/name", "required"),
            (
                json!({"name": "n", "audience": audience, "introspection_client_ids": [""]}),
                "/introspection_client_ids/0",
                "invalid_value",
            ),
            (json!({"name": "n", "audience": audience, "a/b~": 1}), "/a~1b~0", "unknown_member"),
            (
                json!({"name": "n", "audience": audience, "scopes": [{"name": "a", "x": 1}]}),
                "/scopes/0/x",
                "unknown_member",
            ),
        ] {
            let complaints = complaints::<ServiceSettings>(body.clone());
            assert!(complaints.contains(&(pointer.to_owned(), code.to_owned())), "{body}: {complaints:?}");
        }
        assert_eq!(complaints::<ServiceSettings>(json!({"name": "n", "audience": audience})), []);
    }

    #[test]
    fn all_complaints_come_at_once() {
        let body =
            json!({"name": 1, "audience": [], "scopes": [{"name": 1}], "nonsense": 1, "introspection_client_ids": []});
        let pointers: BTreeSet<_> =
            complaints::<ServiceSettings>(body).into_iter().map(|(pointer, _)| pointer).collect();
        let expected = ["/audience", "/name", "/nonsense", "/scopes/0/name"];
        assert_eq!(pointers.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_was_sent_is_not_repeated() {
        let mut members = json!({"client_secret": ["hunter2"], "n": "hunter2"}).as_object().unwrap().clone();
        let complaints = [
            take::<String>(&mut members, "client_secret").err().unwrap_or_default(),
            take::<u32>(&mut members, "n").err().unwrap_or_default(),
        ];
        for violation in complaints.concat() {
            assert!(!violation.message.contains("hunter2"), "{}", violation.message);
        }
        assert_eq!(take::<String>(&mut members, "client_secret"), Ok(None));
    }
}
