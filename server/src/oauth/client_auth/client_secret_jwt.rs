//! `client_secret_jwt` (RFC 7523 §2.2, OpenID Connect Core §9): HMAC under the octets of one of the client's secrets.

use std::sync::Arc;

use cardea_protocol::Reason;
use cardea_protocol::assertion::UnverifiedAssertion;
use cardea_store::secrets::SecretVerifier;

use super::super::request::Request;
use super::{Proof, Unproved, assertion as rules, rejection};
use crate::failure::Failure;
use crate::tokens::verifier::Verifier;
use crate::vault;
use crate::workspace::Client;
use crate::workspace::client::StoredSecret;

pub(super) async fn judge(
    request: &Request<'_>,
    client: &Client,
    assertion: &UnverifiedAssertion<'_>,
) -> Result<Proof, Unproved> {
    rules::check_algorithm(request, client, assertion.alg())?;
    let secret = signing_secret(request, client, assertion)?;
    if let Some(expired) = secret.expires_at.filter(|_| secret.is_expired(request.app.clock.now())) {
        return Err(rejection(Reason::SecretExpired, format!("secret {} expired at {expired}", secret.id)));
    }
    rules::accept(request, client, assertion).await?;
    Ok(Some(secret.clone()))
}

fn signing_secret<'a>(
    request: &Request<'_>,
    client: &'a Client,
    assertion: &UnverifiedAssertion<'_>,
) -> Result<&'a Arc<StoredSecret>, Unproved> {
    let workspace = &request.workspace;
    let place = vault::place(&workspace.tenant_id, &workspace.id, "client-secret", client.id.as_str());
    for secret in &client.secrets {
        let SecretVerifier::Sealed(sealed) = &secret.verifier else { continue };
        let octets = request.app.vault.unseal(&place, sealed).map_err(|error| Arc::new(Failure::from(error)))?;
        // RFC 7518 §3.2: a key shorter than the hash is no key for it.
        if octets.len() < assertion.alg().hash_bytes() {
            continue;
        }
        let verifier = Verifier::hmac(assertion.alg(), &octets);
        if verifier.is_some_and(|key| key.verifies(assertion.signing_input(), assertion.signature())) {
            return Ok(secret);
        }
    }
    Err(rejection(Reason::AssertionSignature, "no secret of the client signed this"))
}
