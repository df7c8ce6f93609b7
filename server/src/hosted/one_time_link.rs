//! What the pages have in common that are reached by a one-time link: its secret in the path, and the form tied to both.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::params::Params;
use cardea_store::UserPoolRecord;

use crate::authorization::form_token::Begun;
use crate::authorization::visit::Visit;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::http::standing::Standing;

/// The secret part of the address.
pub(super) fn token(http: &HttpRequest) -> &str {
    http.match_info().get("token").unwrap_or_default()
}

/// The token of a form that is shown now.
pub(super) fn csrf(visit: &Visit<'_>, token: &str) -> String {
    visit.token(token, Begun::now(visit.app.clock.now(), false))
}

/// Whether a form was sent from the page of this link, in the browser that it was shown to, within the hour.
pub(super) fn is_own(visit: &Visit<'_>, token: &str, params: &Params<'_>) -> bool {
    visit.begun(token, params.get("csrf")).is_some() && visit.is_from_here()
}

/// The pool of the people who sign in here.
///
/// # Errors
/// When the store is down.
pub(super) async fn pool(visit: &Visit<'_>) -> Result<UserPoolRecord, Refusal> {
    let found = visit.app.store.find_pool(&visit.workspace.tenant_id, visit.workspace.pool_id()).await;
    found?.ok_or(Refusal::NotFound)
}

/// Whoever holds the link, as the audit log names them; they may do nothing else.
pub(super) fn author(visit: &Visit<'_>, actor: String) -> Author {
    Author {
        actor,
        standing: Standing::new(visit.workspace.tenant_id.clone(), []),
        ip: visit.peer.ip.map(|ip| ip.to_string()),
        request_id: Some(visit.request_id.clone()),
    }
}

/// A page for what is neither the link's fault nor a rule of the form.
pub(super) fn broken(visit: &Visit<'_>, refusal: Refusal) -> HttpResponse {
    match refusal {
        Refusal::Failure(failure) => visit.failed(&failure),
        Refusal::NotFound => visit.error(StatusCode::NOT_FOUND, "What this link was for is gone."),
        _ => visit.error(StatusCode::CONFLICT, "Something changed at the same time. Open the link once more."),
    }
}
