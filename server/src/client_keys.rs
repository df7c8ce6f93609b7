//! The keys of a client: those it registered by value, or those at its `jwks_uri`, looked at again when none of them verifies (OpenID
//! Connect Core §10.1.1).

use cardea_protocol::SigningAlg;

use crate::app::App;
use crate::outbound::jwks::KeySet;
use crate::tokens::verifier::Verifier;
use crate::workspace::{Client, Workspace};

/// Whether a key of the client that fits `kid` and `alg` verifies. Keys that cannot be had verify nothing.
pub async fn verify(
    app: &App,
    workspace: &Workspace,
    client: &Client,
    kid: Option<&str>,
    alg: SigningAlg,
    verifies: impl Fn(&Verifier) -> bool,
) -> bool {
    let any = |keys: &KeySet| keys.candidates(kid, alg).any(&verifies);
    if let Some(keys) = &client.keys {
        return any(keys);
    }
    let Some(uri) = client.metadata.jwks_uri.as_deref() else { return false };
    let owner = format!("{}/{}", workspace.key, client.id);
    let Ok(keys) = app.jwks.keys(&owner, uri).await else { return false };
    if any(&keys) {
        return true;
    }
    app.jwks.newer_keys(&owner, uri, &keys).await.is_ok_and(|newer| any(&newer))
}
