//! Audit events of changes: written in the transaction of the change, so that neither exists without the other.

use cardea_protocol::{ClientId, TenantId, WorkspaceId};
use cardea_store::{NewAuditEvent, Outcome};

use crate::app::App;
pub(super) use crate::audit::difference;
use crate::http::author::Author;

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
