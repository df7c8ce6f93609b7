//! `private_key_jwt` (RFC 7523 §2.2, OpenID Connect Core §9): algorithm → key → signature → claims → `jti`, recorded last,
//! so that a bad assertion burns nothing.

use cardea_protocol::Reason;
use cardea_protocol::assertion::UnverifiedAssertion;

use super::super::request::Request;
use super::{Proof, Unproved, assertion as rules, registered_keys, rejection};
use crate::outbound::jwks::KeySet;
use crate::workspace::Client;

pub(super) async fn judge(
    request: &Request<'_>,
    client: &Client,
    assertion: &UnverifiedAssertion<'_>,
) -> Result<Proof, Unproved> {
    rules::check_algorithm(request, client, assertion.alg())?;
    let verdict = |keys: &KeySet| verify(keys, assertion);
    registered_keys::judge(request, client, Reason::AssertionKeyNotFound, verdict).await?;
    rules::accept(request, client, assertion).await?;
    Ok(None)
}

fn verify(keys: &KeySet, assertion: &UnverifiedAssertion<'_>) -> Result<(), Unproved> {
    let mut candidates = keys.candidates(assertion.kid(), assertion.alg()).peekable();
    if candidates.peek().is_none() {
        let kid = assertion.kid().unwrap_or("(none)");
        let detail = format!("no registered key fits alg {} and kid {kid}", assertion.alg().as_str());
        return Err(rejection(Reason::AssertionKeyNotFound, detail));
    }
    let proved = candidates.any(|key| key.verifies(assertion.signing_input(), assertion.signature()));
    if proved { Ok(()) } else { Err(rejection(Reason::AssertionSignature, "the signature is by another key")) }
}
