//! Rotating and revoking signing keys; also for the command line. New keys are made before a transaction begins: RSA takes
//! its time.

use cardea_protocol::{SigningAlg, TenantId, WorkspaceId};
use cardea_store::{KeyRecord, KeyState, NewAuditEvent, ScopedTx};
use serde_json::json;

use super::super::ATTEMPTS;
use super::super::event::event;
use super::tag;
use crate::app::App;
use crate::failure::Failure;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::keys::lifecycle::{RETIRED_KEY_TTL, new_key};

/// Retired keys of one algorithm, at most.
const MAX_RETIRED: usize = 20;

type Place<'a> = (&'a TenantId, &'a WorkspaceId);

async fn next_key(app: &App, place: Place<'_>, alg: SigningAlg) -> Result<KeyRecord, Refusal> {
    Ok(new_key(app, place.0, place.1, alg, KeyState::Next).await.map_err(Failure::from)?)
}

fn key_event(
    app: &App,
    author: &Author,
    place: Place<'_>,
    kind: &'static str,
    kid: &str,
    alg: SigningAlg,
) -> NewAuditEvent {
    let event = event(app, author, place, kind, format!("key:{}/{}/{kid}", place.0, place.1));
    NewAuditEvent { detail: Some(json!({"kid": kid, "alg": alg.as_str()}).into()), ..event }
}

fn in_state(ring: &[KeyRecord], alg: SigningAlg, state: KeyState) -> Option<&KeyRecord> {
    ring.iter().find(|key| key.alg == alg && key.state == state)
}

/// Retires the current key of `alg`, lets the next one sign, and makes another next one. Where there are none yet, the
/// first are made.
///
/// # Errors
/// When somebody else rotates at the same time, the keys are not those of `if_match`, or too many are retired already.
pub async fn rotate(
    app: &App,
    author: &Author,
    place: Place<'_>,
    alg: SigningAlg,
    if_match: &IfMatch,
) -> Result<(), Refusal> {
    let ring = app.store.scoped(place.0, place.1).key_ring(app.clock.now()).await?;
    if_match.check_tag(&tag(&ring))?;
    room_for_one_more(&ring, alg)?;
    let current = in_state(&ring, alg, KeyState::Current).map(|key| key.kid.clone());
    let new_current = match in_state(&ring, alg, KeyState::Next) {
        Some(next) => next.clone(),
        None => next_key(app, place, alg).await?,
    };
    let new_next = next_key(app, place, alg).await?;
    let now = app.clock.now();
    let mut tx = app.store.begin(now).await?;
    let scoped = tx.scoped(place.0, place.1);
    // Already there, if it was the next one.
    let _ = scoped.insert_key(&new_current).await?;
    let retire_until = now.plus_secs(RETIRED_KEY_TTL);
    if !scoped.rotate_key(alg, current.as_deref(), &new_next, now, retire_until).await? {
        return Err(Refusal::contended());
    }
    tx.record(key_event(app, author, place, "key.rotated", &new_current.kid, alg)).await?;
    tx.changed(place.0, place.1, None);
    Ok(app.commit(tx).await?)
}

/// Every retired key is published and weighs on whoever verifies: a workspace keeps so many of an algorithm.
fn room_for_one_more(ring: &[KeyRecord], alg: SigningAlg) -> Result<(), Refusal> {
    let ends: Vec<_> = ring
        .iter()
        .filter(|key| key.alg == alg)
        .filter_map(|key| match key.state {
            KeyState::Retired { expires_at, .. } => Some(expires_at),
            KeyState::Next | KeyState::Current | KeyState::Revoked { .. } => None,
        })
        .collect();
    match ends.iter().min() {
        Some(oldest) if ends.len() >= MAX_RETIRED => {
            let detail = format!("at most {MAX_RETIRED} keys of {alg} may be retired; the oldest expires at {oldest}");
            Err(Refusal::Conflict { code: "too_many_keys", detail })
        }
        _ => Ok(()),
    }
}

/// Withdraws a key at once, and puts another in its place. Withdrawing it again changes nothing.
///
/// # Errors
/// When there is no such key, or the keys are not those of `if_match`.
pub async fn revoke(
    app: &App,
    author: &Author,
    place: Place<'_>,
    kid: &str,
    if_match: &IfMatch,
) -> Result<(), Refusal> {
    for _ in 0..ATTEMPTS {
        let ring = app.store.scoped(place.0, place.1).key_ring(app.clock.now()).await?;
        let key = ring.iter().find(|key| key.kid == kid).ok_or(Refusal::NotFound)?;
        if_match.check_tag(&tag(&ring))?;
        if matches!(key.state, KeyState::Revoked { .. }) {
            return Ok(());
        }
        let substitute = match key.state {
            KeyState::Next | KeyState::Current => Some(next_key(app, place, key.alg).await?),
            KeyState::Retired { .. } | KeyState::Revoked { .. } => None,
        };
        let now = app.clock.now();
        let mut tx = app.store.begin(now).await?;
        let scoped = tx.scoped(place.0, place.1);
        let is_revoked = scoped.revoke_key(kid, now).await?;
        // The key may have moved on since the ring was read; then everything is looked at again.
        if is_revoked && substituted(app, &scoped, key, substitute).await? {
            tx.record(key_event(app, author, place, "key.revoked", kid, key.alg)).await?;
            tx.changed(place.0, place.1, None);
            return Ok(app.commit(tx).await?);
        }
    }
    Err(Refusal::contended())
}

async fn substituted(
    app: &App,
    scoped: &ScopedTx<'_>,
    revoked: &KeyRecord,
    substitute: Option<KeyRecord>,
) -> Result<bool, Refusal> {
    let Some(substitute) = substitute else { return Ok(true) };
    if revoked.state == KeyState::Next {
        return Ok(scoped.insert_key(&substitute).await?.is_inserted());
    }
    let now = app.clock.now();
    Ok(scoped.rotate_key(revoked.alg, None, &substitute, now, now).await?)
}
