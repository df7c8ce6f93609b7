//! `…/token-endpoint-auth-methods/impact`: what a change of the enabled set would do, before it is made.

use actix_web::{HttpResponse, post};
use cardea_api::impact::{Impact, ImpactedClient, ProposedMethods};

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
    let enabled = can.target.workspace.settings.token_endpoint_auth_methods;
    let (clients, total) = can.target.scoped.impacted(proposed.token_endpoint_auth_methods, enabled).await?;
    let clients = clients.into_iter().map(|client| ImpactedClient {
        client_id: client.client_id,
        client_name: client.client_name,
        token_endpoint_auth_method: client.token_endpoint_auth_method,
        last_authenticated_at: client.last_authenticated_at,
    });
    Ok(HttpResponse::Ok().json(Impact { clients: clients.collect(), total }))
}
