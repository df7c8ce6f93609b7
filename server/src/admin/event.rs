//! Audit events of changes: written in the transaction of the change, so that neither exists without the other.

use cardea_protocol::{ClientId, TenantId, WorkspaceId};
use cardea_store::{NewAuditEvent, Outcome};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::members;
use crate::app::App;
use crate::http::author::Author;

/// Longer values are left out of the difference: a key set would fill the log.
const LONGEST_VALUE: usize = 2_000;

/// `author` has done `kind` to `object`; the event belongs to the workspace named.
pub(super) fn event(
    app: &App,
    author: &Author,
    (tenant_id, workspace_id): (&TenantId, &WorkspaceId),
    kind: &'static str,
    object: String,
) -> NewAuditEvent {
    NewAuditEvent {
        actor: Some(author.actor.clone()),
        object: Some(object),
        ip: author.ip.clone(),
        request_id: author.request_id.clone(),
        ..NewAuditEvent::new(tenant_id, workspace_id, app.clock.now(), kind, Outcome::Success)
    }
}

/// The same of one client, so that it is found among the client's events.
pub(super) fn client_event(
    app: &App,
    author: &Author,
    place: (&TenantId, &WorkspaceId),
    kind: &'static str,
    client_id: &ClientId,
) -> NewAuditEvent {
    let object = crate::http::author::client_name(place.0, place.1, client_id);
    NewAuditEvent { client_id: Some(client_id.as_str().to_owned()), ..event(app, author, place, kind, object) }
}

/// The members that differ, as `{"name": {"from": …, "to": …}}`. Give it representations without secrets.
pub(super) fn difference(before: &impl Serialize, after: &impl Serialize) -> Map<String, Value> {
    let (before, after) = (members::of(before), members::of(after));
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
