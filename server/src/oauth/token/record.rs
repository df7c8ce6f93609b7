//! What the audit log hears of the token endpoint once the client is known.

use cardea_protocol::{ErrorCode, GrantType};
use cardea_store::{Detail, NewAuditEvent, TokenUse};
use serde::Serialize;
use serde_json::json;

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use crate::audit;
use crate::http::failure::OAuthFailure;
use crate::tokens::issue::Issued;

#[derive(Serialize)]
struct IssuedDetail<'a> {
    endpoint: &'static str,
    grant_type: Option<&'static str>,
    method: &'static str,
    scope: &'a str,
    token: &'a str,
}

/// A token was issued, to a client that authenticated for it.
pub(super) fn issued(request: &Request<'_>, client: &AuthenticatedClient, issued: &Issued) {
    // It was understood, or nothing were issued.
    let grant_type = request.params.get("grant_type").and_then(GrantType::parse);
    let token = grant_type.map(|grant_type| TokenUse { grant_type, method: client.method() });
    let detail = IssuedDetail {
        endpoint: request.endpoint.as_str(),
        grant_type: grant_type.map(GrantType::as_str),
        method: client.method().as_str(),
        scope: &issued.scope,
        token: &issued.id,
    };
    let event = audit::of_client(request, "token.issued", &client.client().id);
    request.app.audit.record_success(NewAuditEvent { detail: Detail::of(&detail), token, ..event });
}

/// A client asked for what it does not get. What it asks for all the time is told as often as failures are, and no oftener.
/// A device that asks whether somebody has decided does what it should (RFC 8628 §3.5).
pub(super) fn refused(request: &Request<'_>, client: &AuthenticatedClient, failure: &OAuthFailure) {
    if failure.reason() == ErrorCode::AuthorizationPending.as_str() {
        return;
    }
    if !request.app.throttle.failed(request.repeated_refusal(client.client().id.as_str())).record {
        return;
    }
    let detail = json!({"endpoint": request.endpoint.as_str(), "message": failure.to_string()});
    let event = audit::of_client(request, "token.issued", &client.client().id);
    let reason = Some(failure.reason().into());
    request.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
}
