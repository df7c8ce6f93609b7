//! What somebody takes back: being signed in elsewhere, and what they have let an application have.

use actix_web::HttpResponse;
use cardea_protocol::ClientId;
use cardea_store::NewAuditEvent;
use serde_json::json;

use super::{done, failed};
use crate::authorization::account;
use crate::authorization::asked::Refused;
use crate::authorization::consent::{self, Withdrawal};
use crate::authorization::ending::revoke_and_tell;
use crate::authorization::session::SignedIn;
use crate::authorization::visit::Visit;
use crate::hosted::pages::AccountNews;

/// Signs them out of another browser.
pub(super) async fn session(visit: &Visit<'_>, person: &SignedIn, sid: &str) -> Result<HttpResponse, Refused> {
    let (app, workspace) = (visit.app, &visit.workspace);
    let tx = app.store.begin(app.clock.now()).await.map_err(failed)?;
    let pool = tx.pool(&workspace.tenant_id, workspace.pool_id());
    if sid.contains('\0') || !pool.delete_session_of(&person.user.id, sid).await.map_err(failed)? {
        // It has ended meanwhile: the page says so by not showing it.
        return Ok(account::open(visit));
    }
    revoke_and_tell(app, &tx, &workspace.tenant_id, workspace.pool_id(), sid).await.map_err(failed)?;
    app.commit(tx).await.map_err(failed)?;
    app.logouts.notify_one();
    record(visit, person, "user.session_revoked", json!({"username": person.user.username, "sid": sid}));
    Ok(done(visit, AccountNews::SessionEnded))
}

/// Signs them out of all other browsers.
pub(super) async fn other_sessions(visit: &Visit<'_>, person: &SignedIn) -> Result<HttpResponse, Refused> {
    let (app, workspace) = (visit.app, &visit.workspace);
    let tx = app.store.begin(app.clock.now()).await.map_err(failed)?;
    let pool = tx.pool(&workspace.tenant_id, workspace.pool_id());
    let ended = pool.delete_sessions_of(&person.user.id, Some(&person.session.hash)).await.map_err(failed)?;
    for sid in &ended {
        revoke_and_tell(app, &tx, &workspace.tenant_id, workspace.pool_id(), sid).await.map_err(failed)?;
    }
    app.commit(tx).await.map_err(failed)?;
    app.logouts.notify_one();
    let detail = json!({"username": person.user.username, "sessions_ended": ended.len()});
    record(visit, person, "user.session_revoked", detail);
    Ok(done(visit, AccountNews::OthersEnded))
}

/// Takes back what they have let an application have.
pub(super) async fn consent(visit: &Visit<'_>, person: &SignedIn, client_id: &str) -> Result<HttpResponse, Refused> {
    let (app, workspace, now) = (visit.app, &visit.workspace, visit.app.clock.now());
    let Ok(client_id) = ClientId::parse(client_id) else { return Ok(account::open(visit)) };
    let user_id = &person.user.id;
    let which =
        Withdrawal { tenant_id: &workspace.tenant_id, workspace_id: &workspace.id, user_id, client_id: &client_id };
    let event = visit.event("consent.withdrawn", Some(&client_id), Some(user_id));
    let tx = app.store.begin(now).await.map_err(failed)?;
    if !consent::withdraw(&tx, which, event, now).await.map_err(failed)? {
        return Ok(account::open(visit));
    }
    app.commit(tx).await.map_err(failed)?;
    Ok(done(visit, AccountNews::Withdrawn))
}

fn record(visit: &Visit<'_>, person: &SignedIn, kind: &'static str, detail: serde_json::Value) {
    let event = visit.event(kind, None, Some(&person.user.id));
    visit.app.audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
}
