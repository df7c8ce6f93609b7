//! About whom a client wants an answer: the `sub` of an `id_token_hint` (OpenID Connect Core §3.1.2.1) or of the `claims` parameter
//! (§5.5.1).

use cardea_protocol::claims::id_token::IdTokenHint;
use cardea_protocol::jws::UnverifiedJws;
use cardea_protocol::{Error, ErrorCode};

use super::asked::Asked;
use crate::workspace::Workspace;

/// The one subject that the client wants an answer about, where it names one.
///
/// # Errors
/// `invalid_request` for a hint that is no ID token of ours for this client. An expired one is as good as any.
pub fn wanted_subject(workspace: &Workspace, asked: &Asked) -> Result<Option<String>, Error> {
    let claimed = asked.request.claims.subject().map(str::to_owned);
    let Some(hint) = asked.request.id_token_hint.as_deref() else { return Ok(claimed) };
    let refused = || {
        Error::new(ErrorCode::InvalidRequest, "The id_token_hint is not an ID token of this issuer for this client.")
    };
    let hint = read(workspace, hint).filter(|hint| hint.is_of(workspace.issuer.as_str(), asked.client.id.as_str()));
    let subject = hint.ok_or_else(refused)?.sub;
    if claimed.is_some_and(|claimed| claimed != subject) {
        return Err(Error::new(
            ErrorCode::InvalidRequest,
            "The id_token_hint and the claims parameter name two people.",
        ));
    }
    Ok(Some(subject))
}

/// An ID token that this workspace has signed, however long ago.
pub fn read(workspace: &Workspace, hint: &str) -> Option<IdTokenHint> {
    let jws = UnverifiedJws::parse(hint, "JWT").ok()?;
    let verifier = workspace.keys.verifier(jws.kid()?)?;
    let is_ours = verifier.verifies(jws.signing_input(), jws.signature());
    is_ours.then(|| serde_json::from_value(jws.claims().clone().into()).ok()).flatten()
}
