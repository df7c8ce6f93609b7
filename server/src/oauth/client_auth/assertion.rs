//! What both assertion methods share: the pinned algorithm, the claims, and the record that lets a `jti` be used once.

use std::sync::Arc;

use cardea_protocol::assertion::{ExpectedAssertion, UnverifiedAssertion};
use cardea_protocol::{Reason, Rejection, SigningAlg};
use sha2::{Digest as _, Sha256};

use super::super::request::Request;
use super::{Unproved, rejection};
use crate::failure::Failure;
use crate::workspace::Client;

/// The algorithm must be the client's own, where it registered one, and always one that the workspace allows.
pub(super) fn check_algorithm(request: &Request<'_>, client: &Client, alg: SigningAlg) -> Result<(), Unproved> {
    let registered = client.metadata.token_endpoint_auth_signing_alg;
    if let Some(registered) = registered.filter(|registered| *registered != alg) {
        let (registered, presented) = (registered.as_str(), alg.as_str());
        let detail = format!("registered: {registered}, presented: {presented}");
        return Err(Rejection::comparing(Reason::AssertionAlgorithm, detail, registered, presented).into());
    }
    if !request.workspace.settings.token_endpoint_auth_signing_alg_values.contains(&alg) {
        let detail = format!("{} is not enabled in this workspace", alg.as_str());
        return Err(rejection(Reason::AssertionAlgorithm, detail));
    }
    Ok(())
}

/// The claims, then the `jti`: used once across nodes and restarts.
pub(super) async fn accept(
    request: &Request<'_>,
    client: &Client,
    assertion: &UnverifiedAssertion<'_>,
) -> Result<(), Unproved> {
    let workspace = &request.workspace;
    let expected = ExpectedAssertion {
        client_id: &client.id,
        issuer: workspace.issuer.as_str(),
        token_endpoint: &workspace.token_endpoint,
        mtls_token_endpoint: workspace.mtls_token_endpoint.as_deref(),
        audience: client.metadata.client_assertion_audience.unwrap_or(workspace.settings.client_assertion_audience),
        now: request.app.clock.now(),
    };
    let accepted = assertion.check_claims(&expected)?;
    let hash = replay_hash(client.id.as_str(), &accepted.jti);
    let claimed = request.app.store.claim_replay(&workspace.tenant_id, &workspace.id, hash, accepted.expires_at).await;
    if claimed.map_err(|error| Arc::new(Failure::from(error)))? {
        Ok(())
    } else {
        Err(rejection(Reason::AssertionReplayed, format!("jti {:?} was used before", accepted.jti)))
    }
}

/// Lengths keep the two apart: no choice of `jti` reaches into the space of another client.
fn replay_hash(client_id: &str, jti: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update((client_id.len() as u64).to_be_bytes());
    hash.update(client_id.as_bytes());
    hash.update(jti.as_bytes());
    hash.finalize().into()
}
