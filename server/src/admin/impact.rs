//! `…/token-endpoint-auth-methods/impact`: what a change of the enabled set would do, before it is made.

use actix_web::{HttpResponse, post};
use cardea_api::impact::{Impact, ImpactedClient, ProposedMethods};
use cardea_protocol::{AuthMethod, ClientMetadata, WorkspaceSettings};

use super::paths::WorkspacePath;
use crate::http::can::{Can, ClientsRead};
use crate::http::json_body::JsonBody;
use crate::http::problem::Answer;
use crate::http::strict;

/// The clients that would stop working if the enabled set became this one.
#[utoipa::path(
    tag = "workspaces", params(WorkspacePath), request_body = ProposedMethods,
    responses((status = 200, body = Impact))
)]
#[post("/tenants/{tid}/workspaces/{aid}/token-endpoint-auth-methods/impact")]
pub(super) async fn impact(can: Can<ClientsRead>, body: JsonBody) -> Answer {
    let proposed: ProposedMethods = strict::read(body.object().await?)?;
    let mut settings = can.target.workspace.settings;
    let enabled = std::mem::replace(&mut settings.token_endpoint_auth_methods, proposed.token_endpoint_auth_methods);
    let (clients, total) = can.target.scoped.impacted(proposed.token_endpoint_auth_methods, enabled).await?;
    let clients = clients.into_iter().map(|client| ImpactedClient {
        movable_to: movable_to(&client.metadata, &settings),
        client_id: client.client_id,
        token_endpoint_auth_method: client.metadata.token_endpoint_auth_method,
        client_name: client.metadata.client_name,
        contacts: client.metadata.contacts,
        last_authenticated_at: client.last_authenticated_at,
    });
    Ok(HttpResponse::Ok().json(Impact { clients: clients.collect(), total }))
}

/// The methods that a client could be changed to with the credentials that it has and no other change.
fn movable_to(metadata: &ClientMetadata, settings: &WorkspaceSettings) -> Vec<AuthMethod> {
    let of_a_kind = |to: &AuthMethod| match (metadata.token_endpoint_auth_method, *to) {
        (AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost)
        | (AuthMethod::ClientSecretPost, AuthMethod::ClientSecretBasic)
        | (AuthMethod::SelfSignedTlsClientAuth, AuthMethod::PrivateKeyJwt) => true,
        // Whether there are certificates at a `jwks_uri` is not known here.
        (AuthMethod::PrivateKeyJwt, AuthMethod::SelfSignedTlsClientAuth) => metadata.jwks.is_some(),
        _ => false,
    };
    let allowed = |to: &AuthMethod| {
        let moved = ClientMetadata { token_endpoint_auth_method: *to, ..metadata.clone() };
        moved.validate(settings).is_ok()
    };
    settings.token_endpoint_auth_methods.iter().filter(of_a_kind).filter(allowed).collect()
}
