//! What the audit log hears of the token endpoint once the client is known.

use cardea_store::{NewAuditEvent, Outcome};
use serde_json::json;

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use crate::audit;
use crate::http::failure::OAuthFailure;
use crate::tokens::issue::{Granted, Issued};

/// A token was issued, to a client that authenticated for it.
pub(super) fn issued(request: &Request<'_>, client: &AuthenticatedClient, granted: &Granted, issued: &Issued) {
    let id = client.client().id.as_str();
    let now = request.app.clock.now();
    let detail = json!({
        "endpoint": request.endpoint.as_str(),
        "method": client.method().as_str(),
        "scope": granted.scope.to_string(),
        "token": issued.id,
    });
    let event = audit::of_request(request, "token.issued", id);
    request.app.audit.record_success(NewAuditEvent { outcome: Outcome::Success, detail: Some(detail), ..event });
    let workspace = &request.workspace;
    let secret = client.secret_id().map(AsRef::as_ref);
    request.app.audit.touch(&workspace.tenant_id, &workspace.id, &client.client().id, secret, now);
}

/// An authenticated client asked for what it does not get.
pub(super) fn refused(request: &Request<'_>, client: &AuthenticatedClient, failure: &OAuthFailure) {
    let id = client.client().id.as_str();
    let detail = json!({"endpoint": request.endpoint.as_str(), "message": failure.to_string()});
    let event = audit::of_request(request, "token.issued", id);
    let reason = Some(failure.code().as_str().into());
    request.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail), ..event });
}
