//! `…/workspaces/{aid}/clients`

use actix_web::{HttpResponse, delete, get, patch, post, web};
use cardea_api::client::{ClientView, ClientWithSecret};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::schema;
use cardea_protocol::{AuthMethod, ClientId, GrantType, Status, WorkspaceId};
use cardea_store::{ClientFilter, ClientRecord, Sort};
use utoipa::IntoParams;

use super::list::{self, ListParameters};
use super::members::without_nulls;
use super::paths::{ClientPath, IfMatchHeader, WorkspacePath};
use crate::app::App;
use crate::http::can::{Can, ClientsRead, ClientsWrite};
use crate::http::etag::{IfMatch, etag};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::registration::built_in;
pub use crate::registration::credential::{self, Credential};

mod create;
mod delete;
mod update;

pub use create::{NewClient, create};
pub use delete::delete;
pub use update::update;

const SORTS: &[(&str, Sort)] =
    &[("created_at", Sort::CreatedAt), ("client_name", Sort::Name), ("last_authenticated_at", Sort::LastUsed)];

/// The filters of the list of clients.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; they are read strictly, one by one")]
pub struct ClientFilters {
    /// Only those with this status.
    #[param(value_type = Option<schema::Status>)]
    status: Option<String>,
    /// Only those registered for this method.
    #[param(value_type = Option<schema::AuthMethod>)]
    token_endpoint_auth_method: Option<String>,
    /// Only those that may use this grant.
    grant_type: Option<String>,
    /// Only those that were there then, and have not authenticated since. Public clients never authenticate.
    #[param(format = DateTime)]
    unused_since: Option<String>,
}

impl ClientFilters {
    const NAMES: &[&str] = &["status", "token_endpoint_auth_method", "grant_type", "unused_since"];
}

pub(super) fn view(app: &App, workspace_id: &WorkspaceId, client: ClientRecord) -> ClientView {
    ClientView {
        built_in: built_in::is_built_in(workspace_id, &client.client_id),
        metadata: built_in::metadata(workspace_id, &client.client_id, client.metadata, app.public_url()),
        client_id: client.client_id,
        created_at: client.created_at,
        updated_at: client.updated_at,
        last_authenticated_at: client.last_authenticated_at,
    }
}

fn with_secret(client: ClientView, secret: Option<Credential>) -> ClientWithSecret {
    let expires_at = secret.as_ref().map(|secret| secret.record.expires_at.map_or(0, |at| at.as_secs()));
    ClientWithSecret {
        client,
        client_secret: secret.map(|secret| secret.value.expose().to_owned()),
        client_secret_expires_at: expires_at,
    }
}

pub(super) fn client_id(path: &ClientPath) -> Result<ClientId, Refusal> {
    ClientId::parse(&path.client_id).map_err(|_| Refusal::NotFound)
}

/// The clients of a workspace.
#[utoipa::path(tag = "clients", params(WorkspacePath, ListParameters, ClientFilters), responses((status = 200, body = Page<ClientView>)))]
#[get("/tenants/{tid}/workspaces/{aid}/clients")]
pub(super) async fn list_clients(app: web::Data<App>, can: Can<ClientsRead>, query: Query) -> Answer {
    let parameters = query.parameters(&[ListParameters::NAMES, ClientFilters::NAMES])?;
    let query = list::query(&parameters, SORTS)?;
    let method = "a client authentication method";
    let filter = ClientFilter {
        status: parameters.parsed("status", "active or inactive", Status::parse)?,
        token_endpoint_auth_method: parameters.parsed("token_endpoint_auth_method", method, AuthMethod::parse)?,
        grant_type: parameters.parsed("grant_type", "a grant type", GrantType::parse)?,
        unused_since: parameters.time("unused_since")?,
    };
    let page = can.target.scoped.list_clients(&filter, &query).await?;
    Ok(HttpResponse::Ok().json(list::page(page, &query, |client| view(&app, &can.target.workspace.id, client))))
}

/// Registers a client. The answer shows its secret, if it has one, this once.
#[utoipa::path(
    tag = "clients", params(WorkspacePath), request_body = create::ClientRegistration,
    responses((status = 201, body = ClientWithSecret))
)]
#[post("/tenants/{tid}/workspaces/{aid}/clients")]
pub(super) async fn create_client(app: web::Data<App>, can: Can<ClientsWrite>, body: JsonBody) -> Answer {
    let new = create::read(without_nulls(body.object().await?))?;
    let workspace = &can.target.workspace;
    let (client, secret) = create(&app, &can.author, workspace, new).await?;
    let location = path::client(&workspace.tenant_id, &workspace.id, &client.client_id);
    let etag = etag(client.version);
    Ok(HttpResponse::Created()
        .insert_header(("location", location))
        .insert_header(etag)
        .json(with_secret(view(&app, &workspace.id, client), secret)))
}

/// A client.
#[utoipa::path(tag = "clients", params(WorkspacePath, ClientPath), responses((status = 200, body = ClientView)))]
#[get("/tenants/{tid}/workspaces/{aid}/clients/{client_id}")]
pub(super) async fn read_client(app: web::Data<App>, can: Can<ClientsRead>, path: web::Path<ClientPath>) -> Answer {
    let client = can.target.scoped.find_client(&client_id(&path)?).await?.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag(client.version)).json(view(&app, &can.target.workspace.id, client)))
}

/// Changes a client. When the new method needs a secret that the client does not have, the answer shows one, this once.
#[utoipa::path(
    tag = "clients", params(WorkspacePath, ClientPath, IfMatchHeader), request_body = schema::ClientMetadata,
    responses((status = 200, body = ClientWithSecret))
)]
#[patch("/tenants/{tid}/workspaces/{aid}/clients/{client_id}")]
pub(super) async fn patch_client(
    app: web::Data<App>,
    can: Can<ClientsWrite>,
    path: web::Path<ClientPath>,
    if_match: IfMatch,
    body: JsonBody,
) -> Answer {
    let patch = body.object().await?;
    let workspace = &can.target.workspace;
    let (client, secret) = update(&app, &can.author, workspace, &client_id(&path)?, patch, &if_match).await?;
    let etag = etag(client.version);
    Ok(HttpResponse::Ok().insert_header(etag).json(with_secret(view(&app, &workspace.id, client), secret)))
}

/// Deletes a client, its secrets, and the roles it holds.
#[utoipa::path(tag = "clients", params(WorkspacePath, ClientPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}/clients/{client_id}")]
pub(super) async fn delete_client(
    app: web::Data<App>,
    can: Can<ClientsWrite>,
    path: web::Path<ClientPath>,
    if_match: IfMatch,
) -> Answer {
    delete(&app, &can.author, &can.target.workspace, &client_id(&path)?, &if_match).await?;
    Ok(HttpResponse::NoContent().finish())
}
