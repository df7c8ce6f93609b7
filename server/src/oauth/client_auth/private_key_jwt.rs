//! `private_key_jwt` (RFC 7523 §2.2, OpenID Connect Core §9): algorithm → key → signature → claims → `jti`, recorded last,
//! so that a bad assertion burns nothing.

use std::sync::Arc;

use cardea_protocol::Reason;
use cardea_protocol::assertion::UnverifiedAssertion;

use super::super::request::Request;
use super::{Proof, Unproved, assertion as rules, rejection};
use crate::outbound::FetchError;
use crate::outbound::jwks::KeySet;
use crate::workspace::Client;

pub(super) async fn judge(
    request: &Request<'_>,
    client: &Client,
    assertion: &UnverifiedAssertion<'_>,
) -> Result<Proof, Unproved> {
    rules::check_algorithm(request, client, assertion.alg())?;
    check_signature(request, client, assertion).await?;
    rules::accept(request, client, assertion).await?;
    Ok(None)
}

async fn check_signature(
    request: &Request<'_>,
    client: &Client,
    assertion: &UnverifiedAssertion<'_>,
) -> Result<(), Unproved> {
    if let Some(keys) = &client.keys {
        return verify(keys, assertion);
    }
    let Some(uri) = client.metadata.jwks_uri.as_deref() else {
        return Err(rejection(Reason::AssertionKeyNotFound, "the client has registered no keys"));
    };
    let owner = format!("{}/{}", request.workspace.key, client.id);
    let unavailable = |error: FetchError| rejection(Reason::JwksUnavailable, format!("{uri}: {error}"));
    let keys = request.app.jwks.keys(&owner, uri).await.map_err(unavailable)?;
    match verify(&keys, assertion) {
        // The client may have published a new key since.
        Err(Unproved::Rejected(rejected)) if rejected.reason == Reason::AssertionKeyNotFound => {
            let newer = request.app.jwks.newer_keys(&owner, uri, &keys).await.map_err(unavailable)?;
            if Arc::ptr_eq(&newer, &keys) { Err(rejected.into()) } else { verify(&newer, assertion) }
        }
        verdict => verdict,
    }
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
