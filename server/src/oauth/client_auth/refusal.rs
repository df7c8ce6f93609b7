//! How a failed authentication ends: an audit event that says exactly why, and an answer that does not.

use std::time::{Duration, Instant};

use cardea_protocol::assertion::Rejection;
use cardea_protocol::{ErrorCode, Reason};
use cardea_store::NewAuditEvent;

use super::super::request::Request;
use super::evidence::{Evidence, Unreadable};
use crate::audit;
use crate::http::failure::OAuthFailure;

/// A wrong secret is answered no sooner than this after it came, so that time does not tell a client whose secret is
/// checked by a slow hash from one that does not exist.
const FLOOR: Duration = Duration::from_millis(40);

/// A malformed attempt: nobody is known to have made it.
pub(super) fn unreadable(request: &Request<'_>, unreadable: Unreadable) -> OAuthFailure {
    match unreadable {
        Unreadable::MultipleMethods => {
            let rejected = Rejection {
                reason: Reason::MultipleMethods,
                detail: "the request uses more than one client authentication method".to_owned(),
            };
            let client_id = request.params.get("client_id");
            match record(request, client_id, &rejected) {
                Some(seconds) => OAuthFailure::too_many(seconds),
                None => OAuthFailure::new(
                    ErrorCode::InvalidRequest,
                    "The request uses more than one client authentication method.",
                ),
            }
        }
        Unreadable::Incomplete => OAuthFailure::new(
            ErrorCode::InvalidRequest,
            "client_assertion and client_assertion_type are needed together.",
        ),
    }
}

/// Records a refusal and answers it without a challenge.
pub(super) fn answer(request: &Request<'_>, client_id: Option<&str>, rejected: &Rejection) -> OAuthFailure {
    match record(request, client_id, rejected) {
        Some(seconds) => OAuthFailure::too_many(seconds),
        None => OAuthFailure::invalid_client(None),
    }
}

/// A readable attempt that did not convince.
pub(super) async fn rejected(
    request: &Request<'_>,
    evidence: &Evidence<'_>,
    client_id: Option<&str>,
    rejected: Rejection,
    arrived: Instant,
) -> OAuthFailure {
    let slowed = record(request, client_id, &rejected);
    if evidence.is_secret() {
        tokio::time::sleep_until((arrived + FLOOR).into()).await;
    }
    match slowed {
        Some(seconds) => OAuthFailure::too_many(seconds),
        None => OAuthFailure::invalid_client(evidence.used_header().then(|| request.workspace.issuer.as_str())),
    }
}

/// Counts a failure and records it, unless there were too many: an attacker fills no log. Seconds to wait, if so.
fn record(request: &Request<'_>, client_id: Option<&str>, rejected: &Rejection) -> Option<u64> {
    let client_id = client_id.unwrap_or_default();
    let verdict = request.app.throttle.failed(request.attempt(client_id));
    if !verdict.record {
        return verdict.retry_after;
    }
    tracing::info!(
        request_id = %request.id,
        workspace = %request.workspace.key,
        endpoint = request.endpoint.as_str(),
        reason = rejected.reason.as_str(),
        "client authentication failed"
    );
    let detail = serde_json::json!({
        "endpoint": request.endpoint.as_str(),
        "message": rejected.detail,
        "slowed": verdict.retry_after.is_some(),
    });
    let event = audit::of_stranger(request, "client.authenticated", client_id);
    let reason = Some(rejected.reason.as_str().into());
    request.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
    verdict.retry_after
}
