//! The request is granted: a code is made, of which the store keeps the hash (RFC 6749 §4.1.2).

use std::sync::Arc;

use actix_web::HttpResponse;
use cardea_protocol::authorization_response::AuthorizationResponse;
use cardea_store::{CodeRecord, NewAuditEvent};

use crate::authorization::asked::{Asked, Refused};
use crate::authorization::session::{ACR_PASSWORD, SignedIn};
use crate::authorization::visit::Visit;
use crate::failure::Failure;
use crate::random;
use crate::workspace::client::hash;

/// Answers with a code.
pub(super) async fn code(visit: &Visit<'_>, asked: &Asked, person: &SignedIn) -> Result<HttpResponse, Refused> {
    let (app, workspace) = (visit.app, &visit.workspace);
    let (code, now) = (random::secret(), app.clock.now());
    let record = CodeRecord {
        hash: hash(&code),
        client_id: asked.client.id.clone(),
        family_id: random::token_id(),
        pool_id: workspace.pool_id().to_owned(),
        user_id: person.user.id.clone(),
        sid: person.session.sid.clone(),
        redirect_uri: asked.return_to.redirect_uri_given.then(|| asked.return_to.redirect_uri.as_str().to_owned()),
        scope: asked.scope.clone(),
        resource: asked.request.resource.clone(),
        nonce: asked.request.nonce.clone(),
        code_challenge: asked.request.code_challenge.as_ref().map(ToString::to_string),
        auth_time: person.session.auth_time,
        acr: Some(ACR_PASSWORD.to_owned()),
        amr: person.session.amr.clone(),
        claims: serde_json::to_value(&asked.request.claims).ok().filter(|_| !asked.request.claims.is_empty()),
        expires_at: now.plus_secs(workspace.settings.authorization_code_ttl.into()),
    };
    let failed = |error| Refused::Failed(Arc::new(Failure::from(error)));
    let tx = app.store.begin(now).await.map_err(failed)?;
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    if let Some(pushed) = &asked.resolved.pushed
        && scoped.claim_pushed_request(pushed, &asked.client.id, now).await.map_err(failed)?.is_none()
    {
        return Err(Refused::page("The request_uri is unknown, expired, or used before."));
    }
    let _ = scoped.insert_code(&record).await.map_err(failed)?;
    app.commit(tx).await.map_err(failed)?;
    let detail = serde_json::json!({"scope": asked.scope.as_str(), "family": record.family_id});
    let event = visit.event("authorization.granted", Some(&asked.client.id), Some(&person.user.id));
    app.audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
    let response = AuthorizationResponse::code(&asked.return_to, &workspace.issuer, &code);
    Ok(visit.answer(&response, asked.client_name()))
}
