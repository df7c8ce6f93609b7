//! Audit events of requests: who, where from, under which name.

use cardea_protocol::ClientId;
use cardea_store::{NewAuditEvent, Outcome};

use crate::oauth::request::Request;

mod difference;

pub use difference::{difference, members};

/// Nobody's name is longer; what a stranger presents may be.
const LONGEST_NAME: usize = 255;

/// An event of `request` about a client that exists.
pub fn of_client(request: &Request<'_>, kind: &'static str, client_id: &ClientId) -> NewAuditEvent {
    about(request, kind, client_id.as_str())
}

/// A failure of whoever calls itself `presented`.
pub fn of_stranger(request: &Request<'_>, kind: &'static str, presented: &str) -> NewAuditEvent {
    about(request, kind, &shortened_name(presented))
}

/// A name that somebody presented, fit to be kept.
pub fn shortened_name(presented: &str) -> String {
    presented.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

fn about(request: &Request<'_>, kind: &'static str, client_id: &str) -> NewAuditEvent {
    let workspace = &request.workspace;
    NewAuditEvent {
        actor: Some(["client:", &workspace.key, "/", client_id].concat()),
        object: Some(["workspace:", &workspace.key].concat()),
        client_id: Some(client_id.to_owned()),
        ip: request.peer.ip.map(|ip| ip.to_string()),
        request_id: Some(request.id.to_string()),
        ..NewAuditEvent::new(&workspace.tenant_id, &workspace.id, request.app.clock.now(), kind, Outcome::Failure)
    }
}
