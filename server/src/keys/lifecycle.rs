//! When keys are made, replaced and withdrawn.

use cardea_protocol::{ClientMetadata, GrantType, SigningAlg, TenantId, WorkspaceId, WorkspaceSettings};
use cardea_store::keys::{KeyRecord, KeyState};

use super::{KeyError, generate};
use crate::app::App;
use crate::failure::Failure;

/// How long a retired key stays published, in seconds: no token lives longer than a day, and an hour for clocks and caches.
pub const RETIRED_KEY_TTL: i64 = 86_400 + 3_600;

/// The current and the next key of a workspace for `alg`, not yet stored. RSA is made on a blocking thread.
///
/// # Errors
/// When the keys cannot be made or sealed.
pub async fn first_keys(
    app: &App,
    tenant: &TenantId,
    workspace: &WorkspaceId,
    alg: SigningAlg,
) -> Result<[KeyRecord; 2], KeyError> {
    let current = new_key(app, tenant, workspace, alg, KeyState::Current).await?;
    let next = new_key(app, tenant, workspace, alg, KeyState::Next).await?;
    Ok([current, next])
}

/// One key, not yet stored.
///
/// # Errors
/// When the key cannot be made or sealed.
pub async fn new_key(
    app: &App,
    tenant: &TenantId,
    workspace: &WorkspaceId,
    alg: SigningAlg,
    state: KeyState,
) -> Result<KeyRecord, KeyError> {
    let now = app.clock.now();
    if matches!(alg, SigningAlg::ES256 | SigningAlg::ES384 | SigningAlg::EdDSA) {
        return generate(&app.vault, tenant, workspace, alg, state, now);
    }
    // One at a time: RSA keys are the most expensive thing that a request can ask for.
    let _place = app.making_rsa.acquire().await.map_err(|_| KeyError::Crypto("key generation has stopped"))?;
    let (vault, tenant, workspace) = (app.vault.clone(), tenant.clone(), workspace.clone());
    tokio::task::spawn_blocking(move || generate(&vault, &tenant, &workspace, alg, state, now))
        .await
        .map_err(|_| KeyError::Crypto("key generation was interrupted"))?
}

/// Makes the keys that answers to this client will be signed with, unless they are there: whoever reads the published keys when the
/// client is registered finds them (OpenID Connect Core §10.1).
///
/// # Errors
/// When the keys cannot be made or the store is down.
pub async fn prepare_for(
    app: &App,
    tenant: &TenantId,
    workspace: &WorkspaceId,
    settings: &WorkspaceSettings,
    client: &ClientMetadata,
) -> Result<(), Failure> {
    let of_people = [GrantType::AuthorizationCode, GrantType::DeviceCode];
    if !of_people.iter().any(|grant| client.grant_types.contains(grant)) {
        return Ok(());
    }
    let loaded = app.workspace(tenant.as_str(), workspace.as_str()).await.ok().flatten();
    let is_there = |alg| loaded.as_ref().is_some_and(|loaded| loaded.keys.signer(alg).is_some());
    for alg in [Some(client.id_token_alg(settings)), client.userinfo_signed_response_alg].into_iter().flatten() {
        if !is_there(alg) {
            make_first_keys(app, tenant, workspace, alg).await?;
        }
    }
    Ok(())
}

/// Makes and stores the keys for `alg`, unless somebody else was faster: of the requests that find none, one makes them.
///
/// # Errors
/// When the keys cannot be made or the store is down.
pub async fn make_first_keys(
    app: &App,
    tenant: &TenantId,
    workspace: &WorkspaceId,
    alg: SigningAlg,
) -> Result<(), Failure> {
    let _one_at_a_time = app.making_first_keys.lock().await;
    let scoped = app.store.scoped(tenant, workspace);
    let now = app.clock.now();
    let made = |ring: &[KeyRecord]| ring.iter().any(|key| key.alg == alg && matches!(key.state, KeyState::Current));
    if made(&scoped.key_ring(now).await?) {
        return Ok(());
    }
    let keys = first_keys(app, tenant, workspace, alg).await?;
    let mut tx = app.store.begin(now).await?;
    for key in &keys {
        // Another node may have been faster: its key then stays, ours is forgotten.
        let _ = tx.scoped(tenant, workspace).insert_key(key).await?;
    }
    tx.changed(tenant, workspace, None);
    app.commit(tx).await?;
    Ok(())
}
