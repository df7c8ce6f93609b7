//! Audit events of requests: who, where from, under which name.

use cardea_store::{NewAuditEvent, Outcome};

use crate::oauth::request::Request;

/// Nobody's name is longer; what a stranger presents may be.
const LONGEST_NAME: usize = 255;

/// An event of `request`: a failure of `client_id`, until the caller says otherwise.
pub fn of_request(request: &Request<'_>, kind: &'static str, client_id: &str) -> NewAuditEvent {
    let client_id: String = client_id.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let workspace = &request.workspace;
    let now = request.app.clock.now();
    NewAuditEvent {
        actor: Some(format!("client:{}/{client_id}", workspace.key)),
        client_id: Some(client_id),
        ip: request.peer.ip.map(|ip| ip.to_string()),
        request_id: Some(request.id.to_string()),
        ..NewAuditEvent::new(&workspace.tenant_id, &workspace.id, now, kind, Outcome::Failure)
    }
}
