//! How a failed authentication ends: an audit event that says exactly why, and an answer that does not.

use std::time::{Duration, Instant};

use cardea_protocol::{Compared, ErrorCode, Reason, Rejection};
use cardea_store::NewAuditEvent;

use super::super::request::Request;
use super::evidence::{Evidence, Unreadable};
use crate::audit;
use crate::http::failure::OAuthFailure;
use crate::passwords::PENANCE;

/// A refusal is answered no sooner than this after it came, and no sooner than a slow hash takes at present, so that time
/// does not tell a client whose secret is checked by one from a client that does not exist.
const FLOOR: Duration = Duration::from_millis(40);
/// Seconds to wait while no more slow hashes can be computed. Everybody who fails is told so, not only whose they are.
const BREATHER: u64 = 2;
const LONGEST_TEXT: usize = 1_000;

/// A malformed attempt: nobody is known to have made it.
pub(super) fn unreadable(request: &Request<'_>, unreadable: Unreadable) -> OAuthFailure {
    match unreadable {
        Unreadable::MultipleMethods => {
            let message = "the request uses more than one client authentication method";
            let rejected = Rejection::new(Reason::MultipleMethods, message);
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

/// The body names another client than the credentials do.
pub(super) fn contradiction(request: &Request<'_>, named: &str, client_id: &str) -> OAuthFailure {
    let message = format!("client_id is {named:?}, and the credentials are of {client_id:?}");
    match recorded(request, client_id, ErrorCode::InvalidRequest.as_str(), &message, None) {
        Some(seconds) => OAuthFailure::too_many(seconds),
        None => OAuthFailure::new(
            ErrorCode::InvalidRequest,
            "The client_id parameter names another client than the credentials.",
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
    let passwords = &request.app.passwords;
    let saturated = (evidence.is_secret() && passwords.is_saturated()).then_some(BREATHER);
    let slowed = record(request, client_id, &rejected).max(saturated);
    // Who guesses too often waits as long for a client that does not exist as for one whose secret is checked slowly.
    let penance = if evidence.is_secret() && slowed.is_some() { PENANCE } else { Duration::ZERO };
    tokio::time::sleep_until((arrived + penance + FLOOR.max(passwords.usual_duration())).into()).await;
    match slowed {
        Some(seconds) => OAuthFailure::too_many(seconds),
        None => OAuthFailure::invalid_client(evidence.used_header().then(|| request.workspace.issuer.as_str())),
    }
}

fn record(request: &Request<'_>, client_id: Option<&str>, rejected: &Rejection) -> Option<u64> {
    let compared = rejected.compared.as_ref();
    recorded(request, client_id.unwrap_or_default(), rejected.reason.as_str(), &rejected.detail, compared)
}

/// Counts a failure and records it, unless there were too many: an attacker fills no log. Seconds to wait, if so.
fn recorded(
    request: &Request<'_>,
    client_id: &str,
    reason: &'static str,
    message: &str,
    compared: Option<&Compared>,
) -> Option<u64> {
    let verdict = request.app.throttle.failed(request.attempt(client_id));
    if !verdict.record {
        return verdict.retry_after;
    }
    tracing::info!(
        request_id = %request.id,
        workspace = %request.workspace.key,
        endpoint = request.endpoint.as_str(),
        reason,
        "client authentication failed"
    );
    // What a stranger presents may be long.
    let shortened = |text: &str| text.chars().take(LONGEST_TEXT).collect::<String>();
    let mut detail = serde_json::json!({
        "endpoint": request.endpoint.as_str(),
        "message": shortened(message),
        "slowed": verdict.retry_after.is_some(),
    });
    if let (Some(detail), Some(compared)) = (detail.as_object_mut(), compared) {
        detail.insert("registered".to_owned(), shortened(&compared.registered).into());
        detail.insert("presented".to_owned(), shortened(&compared.presented).into());
    }
    let event = audit::of_stranger(request, "client.authenticated", client_id);
    let reason = Some(reason.into());
    request.app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
    verdict.retry_after
}
