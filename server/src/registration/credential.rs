//! Client secrets as they are made: hashed or sealed by what the method needs (product.md §4, "Secrets").

use cardea_protocol::violation::Violation;
use cardea_protocol::{AuthMethod, ClientId, ClientMetadata, Secret, SigningAlg, Timestamp};
use cardea_store::{SecretRecord, SecretVerifier, WorkspaceRecord};
use subtle::ConstantTimeEq as _;

use crate::app::App;
use crate::failure::Failure;
use crate::http::problem::Refusal;
use crate::vault;
use crate::workspace::client::hash;
use crate::{random, vault::VaultError};

/// Characters of a generated secret that are kept to recognise it.
const PREFIX: usize = 4;
/// Bytes a secret from elsewhere may have.
const MAX_LENGTH: usize = 512;

/// A new secret: what is stored, and the value that is shown once.
pub struct Credential {
    /// What is stored.
    pub record: SecretRecord,
    /// The value.
    pub value: Secret,
}

/// What a secret is made for.
pub struct Purpose<'a> {
    /// The workspace of the client.
    pub workspace: &'a WorkspaceRecord,
    /// The client.
    pub client_id: &'a ClientId,
    /// What it is registered with: decides how the secret is stored.
    pub metadata: &'a ClientMetadata,
}

/// Makes a secret, or takes over one that was `given`.
///
/// # Errors
/// When the given one is too short, or cannot be sent by a client.
pub async fn make(
    app: &App,
    purpose: Purpose<'_>,
    name: String,
    expires_at: Option<Timestamp>,
    given: Option<Secret>,
) -> Result<Credential, Refusal> {
    let is_sealed = purpose.metadata.token_endpoint_auth_method.has_recoverable_secret();
    let is_given = given.is_some();
    let value = match given {
        Some(value) => value,
        None => Secret::new(if is_sealed { random::recoverable_secret() } else { random::secret() }),
    };
    if is_given {
        check_given(&value, purpose.metadata)?;
    }
    let verifier = if is_sealed {
        seal(app, &purpose, &value).map_err(Failure::from)?
    } else if is_given {
        // People chose it: it can be guessed.
        SecretVerifier::Argon2id(app.passwords.hash(&value).await.map_err(Failure::from)?)
    } else {
        SecretVerifier::Sha256(hash(value.expose()))
    };
    let prefix = if is_given { String::new() } else { value.expose().chars().take(PREFIX).collect() };
    let record = SecretRecord {
        id: random::id(),
        client_id: purpose.client_id.clone(),
        name,
        verifier,
        prefix,
        created_at: app.clock.now(),
        expires_at,
        last_used_at: None,
    };
    Ok(Credential { record, value })
}

fn place(workspace: &WorkspaceRecord, client_id: &ClientId) -> String {
    vault::place(&workspace.tenant_id, &workspace.id, "client-secret", client_id.as_str())
}

fn seal(app: &App, purpose: &Purpose<'_>, value: &Secret) -> Result<SecretVerifier, VaultError> {
    let place = place(purpose.workspace, purpose.client_id);
    app.vault.seal(&place, value.expose().as_bytes()).map(SecretVerifier::Sealed)
}

fn check_given(value: &Secret, metadata: &ClientMetadata) -> Result<(), Refusal> {
    let refuse = |message: String| Err(Refusal::violation("/client_secret", "invalid_value", message));
    let length = value.expose().len();
    // RFC 6749 Appendix A.2: VSCHAR.
    if !(1..=MAX_LENGTH).contains(&length) || !value.expose().bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return refuse(format!("a secret is 1 to {MAX_LENGTH} printable ASCII characters"));
    }
    if metadata.token_endpoint_auth_method.has_recoverable_secret() {
        let needed = needed(metadata.token_endpoint_auth_signing_alg);
        if length < needed {
            return refuse(format!("a secret that signs is at least {needed} characters here (RFC 7518, section 3.2)"));
        }
    }
    Ok(())
}

/// Octets an HMAC key must have at least (RFC 7518 §3.2): as many as the hash. Who may use any algorithm needs the most.
fn needed(alg: Option<SigningAlg>) -> usize {
    match alg {
        Some(SigningAlg::HS256) => 32,
        Some(SigningAlg::HS384) => 48,
        _ => 64,
    }
}

/// The strongest algorithm that a given secret is long enough for; `None` when it is too short for all.
pub(crate) fn strongest(secret: &Secret) -> Option<SigningAlg> {
    [SigningAlg::HS512, SigningAlg::HS384, SigningAlg::HS256]
        .into_iter()
        .find(|alg| secret.expose().len() >= needed(Some(*alg)))
}

/// Whether every one of the sealed `secrets` is long enough for the algorithm that the client is to use.
///
/// # Errors
/// The violation, when one is not.
pub(crate) fn check_sealed(app: &App, purpose: &Purpose<'_>, secrets: &[SecretRecord]) -> Result<(), Refusal> {
    let needed = needed(purpose.metadata.token_endpoint_auth_signing_alg);
    let place = place(purpose.workspace, purpose.client_id);
    for secret in secrets {
        let SecretVerifier::Sealed(sealed) = &secret.verifier else { continue };
        if app.vault.unseal(&place, sealed).map_err(Failure::from)?.len() < needed {
            let message = format!("secret {} is shorter than the {needed} octets this needs", secret.name);
            let violation = Violation::new("/token_endpoint_auth_signing_alg", "secret_too_short", message);
            return Err(Refusal::Invalid { code: "invalid_client_metadata", violations: vec![violation] });
        }
    }
    Ok(())
}

/// The one of a client's secrets that was presented, while it works.
///
/// # Errors
/// When it cannot be told.
pub(crate) async fn presented<'s>(
    app: &App,
    purpose: &Purpose<'_>,
    secrets: &'s [SecretRecord],
    presented: &Secret,
) -> Result<Option<&'s SecretRecord>, Failure> {
    let (now, presented_hash) = (app.clock.now(), hash(presented.expose()));
    for secret in secrets.iter().filter(|secret| secret.expires_at.is_none_or(|at| at > now)) {
        let is_it = match &secret.verifier {
            SecretVerifier::Sha256(stored) => stored.ct_eq(&presented_hash).into(),
            SecretVerifier::Argon2id(phc) => app.passwords.verify(presented, phc).await?,
            SecretVerifier::Sealed(sealed) => {
                let value = app.vault.unseal(&place(purpose.workspace, purpose.client_id), sealed)?;
                value.ct_eq(presented.expose().as_bytes()).into()
            }
        };
        if is_it {
            return Ok(Some(secret));
        }
    }
    Ok(None)
}

/// What becomes of a client's secrets when its method changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// They serve the new method as well.
    Keep,
    /// They are deleted: the new method has none.
    Drop,
    /// They are deleted, and a new one is made: how they are stored does not serve the new method.
    Replace,
}

pub(crate) fn turn(from: AuthMethod, to: AuthMethod) -> Turn {
    if !to.has_secret() {
        Turn::Drop
    } else if from.has_secret() && from.has_recoverable_secret() == to.has_recoverable_secret() {
        Turn::Keep
    } else {
        Turn::Replace
    }
}

#[cfg(test)]
mod tests;
