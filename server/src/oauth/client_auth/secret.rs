//! A presented secret against the stored ones: fast where a hash suffices, slow and bounded where people chose the secret.

use std::sync::Arc;

use cardea_protocol::{Reason, Secret};
use cardea_store::secrets::SecretVerifier;
use subtle::ConstantTimeEq as _;

use super::super::request::Request;
use super::{Proof, Unproved, rejection};
use crate::passwords::Saturated;
use crate::workspace::Client;
use crate::workspace::client::{StoredSecret, hash};

pub(super) async fn judge(request: &Request<'_>, client: &Client, presented: &Secret) -> Result<Proof, Unproved> {
    let presented_hash = hash(presented.expose());
    if let Some(secret) = client.secrets.iter().find(|secret| is_fast_match(request, secret, &presented_hash)) {
        return unexpired(request, secret);
    }
    for secret in &client.secrets {
        if let SecretVerifier::Argon2id(phc) = &secret.verifier
            && accepts(request, client, phc, presented).await?
        {
            request.app.passwords.proved(&secret.id, presented_hash);
            return unexpired(request, secret);
        }
    }
    Err(rejection(Reason::SecretMismatch, format!("none of the client's {} secrets", client.secrets.len())))
}

/// Asks the slow hash. Guesses at a secret that somebody chose are worth slowing, yet whoever knows it is let in.
async fn accepts(request: &Request<'_>, client: &Client, phc: &str, presented: &Secret) -> Result<bool, Unproved> {
    let (passwords, throttle) = (&request.app.passwords, &request.app.throttle);
    let attempt = request.attempt(client.id.as_str());
    let slowly = throttle.is_exhausted(attempt);
    // Counted first and taken back when the outcome is known: who hangs up meanwhile has guessed all the same.
    let _ = throttle.failed(attempt);
    let verified =
        if slowly { passwords.verify_slowly(presented, phc).await } else { passwords.verify(presented, phc).await };
    throttle.forgive(attempt);
    verified.map_err(|Saturated| rejection(Reason::SecretMismatch, "not compared: too many secrets are being checked"))
}

/// Whether the secret whose SHA-256 is `hash` is this one, as far as can be told cheaply.
fn is_fast_match(request: &Request<'_>, secret: &StoredSecret, hash: &[u8; 32]) -> bool {
    match &secret.verifier {
        SecretVerifier::Sha256(stored) => stored.ct_eq(hash).into(),
        SecretVerifier::Argon2id(_) => {
            request.app.passwords.proven(&secret.id).is_some_and(|proven| proven.ct_eq(hash).into())
        }
        SecretVerifier::Sealed(_) => false,
    }
}

fn unexpired(request: &Request<'_>, secret: &Arc<StoredSecret>) -> Result<Proof, Unproved> {
    match secret.expires_at {
        Some(expired) if secret.is_expired(request.app.clock.now()) => {
            Err(rejection(Reason::SecretExpired, format!("secret {} expired at {expired}", secret.id)))
        }
        _ => Ok(Some(secret.clone())),
    }
}
