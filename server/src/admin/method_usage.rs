//! `…/token-endpoint-auth-methods`: the seven methods, whether they are enabled, and who uses them.

use actix_web::{HttpResponse, get};
use cardea_api::method_usage::MethodUsage;
use cardea_api::page::Page;
use cardea_protocol::AuthMethod;

use super::paths::WorkspacePath;
use crate::http::can::{Can, ClientsRead};
use crate::http::problem::Answer;
use crate::http::query::Query;

/// Every client authentication method, whether the workspace enables it, and how many active clients are registered for it.
#[utoipa::path(tag = "workspaces", params(WorkspacePath), responses((status = 200, body = Page<MethodUsage>)))]
#[get("/tenants/{tid}/workspaces/{aid}/token-endpoint-auth-methods")]
pub(super) async fn list_methods(can: Can<ClientsRead>, query: Query) -> Answer {
    query.parameters(&[])?;
    let enabled = can.target.workspace.settings.token_endpoint_auth_methods;
    let in_use = can.target.scoped.methods_in_use().await?;
    let methods = AuthMethod::ALL.iter().map(|method| {
        let used = in_use.iter().find(|used| used.method == *method);
        MethodUsage {
            token_endpoint_auth_method: *method,
            enabled: enabled.contains(*method),
            clients: used.map_or(0, |used| used.clients),
            last_authenticated_at: used.and_then(|used| used.last_authenticated_at),
        }
    });
    Ok(HttpResponse::Ok().json(Page::whole(methods.collect())))
}
