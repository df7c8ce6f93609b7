//! `…/jwks/inspect`: keys as this server understands them (RFC 7517), before a client is registered with them.

use actix_web::{HttpResponse, post, web};
use cardea_api::jwks::{JwksToInspect, JwksView};

use super::paths::WorkspacePath;
use crate::app::App;
use crate::http::can::{Can, ClientsWrite};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::strict;

mod key;
mod source;

use source::Keys;

/// What the server makes of keys: those at an address, which is asked as it would be for a client, or those in the body. Whatever is wrong
/// with them is in the answer, in words.
#[utoipa::path(
    tag = "clients", params(WorkspacePath), request_body = JwksToInspect, responses((status = 200, body = JwksView))
)]
#[post("/tenants/{tid}/workspaces/{aid}/jwks/inspect")]
pub(super) async fn inspect_jwks(app: web::Data<App>, can: Can<ClientsWrite>, body: JsonBody) -> Answer {
    let given: JwksToInspect = strict::read(body.object().await?)?;
    let keys = match given {
        JwksToInspect { jwks_uri: Some(uri), jwks: None, pem: None } => source::at_address(&app, &uri).await,
        JwksToInspect { jwks_uri: None, jwks: Some(jwks), pem: None } => source::by_value(jwks),
        JwksToInspect { jwks_uri: None, jwks: None, pem: Some(pem) } => source::in_pem(&pem),
        _ => return Err(Refusal::violation("", "invalid_value", "give one of jwks_uri, jwks and pem")),
    };
    let view = match keys {
        Ok(keys) => view(&app, &can, keys),
        Err(problem) => JwksView { problems: vec![problem], ..JwksView::default() },
    };
    Ok(HttpResponse::Ok().json(view))
}

fn view(app: &App, can: &Can<ClientsWrite>, Keys { keys, pointer, problems }: Keys) -> JwksView {
    let allowed = &can.target.workspace.settings.token_endpoint_auth_signing_alg_values;
    let mut view = JwksView { problems, ..JwksView::default() };
    let mut usable = Vec::new();
    for (index, value) in keys.iter().enumerate() {
        let (shown, jwk) = key::view(value, index, &format!("{pointer}/keys/{index}"), allowed, app.clock.now());
        usable.extend(jwk.and_then(|jwk| serde_json::to_value(jwk).ok()));
        view.keys.push(shown);
    }
    key::compare_names(&mut view.keys, &pointer);
    if usable.is_empty() {
        let message = "there is no key that a signature could be verified with; give a public key of RSA, P-256, P-384 or Ed25519";
        view.problems.push(source::problem("no_key", &pointer, message));
    } else {
        view.jwks = Some(serde_json::json!({ "keys": usable }));
    }
    view
}
