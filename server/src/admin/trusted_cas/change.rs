//! Trusting authorities, changing and distrusting them; also for the command line.

use cardea_api::trusted_ca::{NewTrustedCa, TrustedCaView};
use cardea_protocol::time::Timestamp;
use cardea_protocol::violation::Violation;
use cardea_store::{Detail, NewAuditEvent, TrustedCaRecord, WorkspaceRecord};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::event::{difference, event};
use super::super::{ATTEMPTS, members, text};
use super::upload::{self, MAX_AUTHORITIES, Upload};
use super::view;
use crate::app::App;
use crate::certificates::{Authority, Certificate};
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::http::strict;

/// `author` has done `kind` to `ca`; the detail says which it is, and `more`.
fn ca_event(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    kind: &'static str,
    ca: &TrustedCaRecord,
    more: Map<String, Value>,
) -> NewAuditEvent {
    let place = (&workspace.tenant_id, &workspace.id);
    let mut detail = members::of(&json!({"id": ca.id, "subject_dn": subject(ca)}));
    detail.extend(more);
    let event = event(app, author, place, kind, format!("trusted_ca:{}/{}/{}", place.0, place.1, ca.id));
    NewAuditEvent { detail: Detail::of(&detail), ..event }
}

fn subject(ca: &TrustedCaRecord) -> Option<String> {
    Some(Certificate::parse(&ca.certificate).ok()?.subject().to_rfc4514())
}

fn record(upload: Upload, now: Timestamp) -> TrustedCaRecord {
    TrustedCaRecord {
        id: upload.authority.id(),
        name: upload.name,
        certificate: upload.authority.certificate().der().to_vec(),
        revocation_list: upload.revocation_list,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// Trusts one authority, or all of a bundle.
///
/// # Errors
/// When one cannot be trusted or is trusted already, or they would be too many; then none is added.
pub async fn create(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    new: &NewTrustedCa,
) -> Result<Vec<TrustedCaRecord>, Refusal> {
    let now = app.clock.now();
    let records: Vec<_> = upload::read(new, now)?.into_iter().map(|upload| record(upload, now)).collect();
    let mut tx = app.store.begin(now).await?;
    // Of those who trust somebody at the same time, each counts whom the others have trusted.
    tx.lock_workspace(&workspace.tenant_id, &workspace.id).await?.ok_or(Refusal::NotFound)?;
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    let mut taken = Vec::new();
    for ca in &records {
        if !scoped.insert_trusted_ca(ca).await?.is_inserted() {
            taken.push(format!("{} ({})", subject(ca).unwrap_or_default(), ca.id));
        }
    }
    if !taken.is_empty() {
        return Err(Refusal::already_exists(&format!("trusted CA {}", taken.join(", "))));
    }
    if scoped.count_trusted_cas().await? > MAX_AUTHORITIES as u64 {
        let detail = format!("a workspace trusts at most {MAX_AUTHORITIES} CAs");
        return Err(Refusal::Conflict { code: "too_many_trusted_cas", detail });
    }
    for ca in &records {
        let shown = view(ca, now)?;
        let more = json!({"name": shown.name, "not_after": shown.not_after, "revocation_list": shown.revocation_list});
        let more = members::of(&more);
        tx.record(ca_event(app, author, workspace, "trusted_ca.created", ca, more)).await?;
    }
    tx.changed(&workspace.tenant_id, &workspace.id, None);
    app.commit(tx).await?;
    Ok(records)
}

/// What a patch is merged onto.
#[derive(Deserialize)]
struct Settings {
    name: String,
    #[serde(default)]
    crl_pem: Option<String>,
}

/// The record as `patch` (RFC 7396) would have it.
fn patched(before: &TrustedCaRecord, patch: &Map<String, Value>, now: Timestamp) -> Result<TrustedCaRecord, Refusal> {
    let removes_list = patch.get("crl_pem").is_some_and(Value::is_null);
    let settable = members::patched(&view(before, now)?, patch.clone(), TrustedCaView::READ_ONLY)?;
    let Settings { name, crl_pem } = strict::read(settable)?;
    let mut violations = Vec::new();
    text::name("/name", &name, &mut violations);
    let revocation_list = match crl_pem {
        Some(text) => match revocation_list(before, &text, now) {
            Ok(list) => Some(list),
            Err(broken) => {
                violations.push(broken);
                None
            }
        },
        None if removes_list => None,
        None => before.revocation_list.clone(),
    };
    strict::none(violations)?;
    Ok(TrustedCaRecord { name, revocation_list, ..before.clone() })
}

fn revocation_list(ca: &TrustedCaRecord, text: &str, now: Timestamp) -> Result<Vec<u8>, Violation> {
    let authority = Authority::parse(&ca.certificate)
        .map_err(|why| Violation::new("/crl_pem", "invalid_value", format!("the authority cannot be used: {why}")))?;
    let list = upload::revocation_list(text, &authority, now)?;
    upload::is_no_step_back(&list, ca.revocation_list.as_deref())?;
    Ok(list)
}

/// Changes name or revocation list of an authority by a merge patch.
///
/// # Errors
/// When a rule is broken, or it is at another version.
pub async fn update(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    id: &str,
    patch: &Map<String, Value>,
    if_match: &IfMatch,
) -> Result<TrustedCaRecord, Refusal> {
    let place = (&workspace.tenant_id, &workspace.id);
    for _ in 0..ATTEMPTS {
        let now = app.clock.now();
        let before = app.store.scoped(place.0, place.1).find_trusted_ca(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(before.version)?;
        let after = patched(&before, patch, now)?;
        if after == before {
            return Ok(before);
        }
        let after = TrustedCaRecord { updated_at: now, ..after };
        let mut tx = app.store.begin(now).await?;
        if !tx.scoped(place.0, place.1).update_trusted_ca(&after).await? {
            continue;
        }
        let more = difference(&view(&before, now)?, &view(&after, now)?);
        tx.record(ca_event(app, author, workspace, "trusted_ca.updated", &after, more)).await?;
        tx.changed(place.0, place.1, None);
        app.commit(tx).await?;
        return Ok(TrustedCaRecord { version: after.version + 1, ..after });
    }
    Err(Refusal::contended())
}

/// Trusts an authority no longer.
///
/// # Errors
/// When it is at another version.
pub async fn delete(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    id: &str,
    if_match: &IfMatch,
) -> Result<(), Refusal> {
    let place = (&workspace.tenant_id, &workspace.id);
    for _ in 0..ATTEMPTS {
        let ca = app.store.scoped(place.0, place.1).find_trusted_ca(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(ca.version)?;
        let mut tx = app.store.begin(app.clock.now()).await?;
        let scoped = tx.scoped(place.0, place.1);
        // Locks the row, and with it whoever changes the authority meanwhile.
        if scoped.update_trusted_ca(&ca).await? && scoped.delete_trusted_ca(id).await? {
            let more = members::of(&json!({"name": ca.name}));
            tx.record(ca_event(app, author, workspace, "trusted_ca.deleted", &ca, more)).await?;
            tx.changed(place.0, place.1, None);
            app.commit(tx).await?;
            return Ok(());
        }
    }
    Err(Refusal::contended())
}
