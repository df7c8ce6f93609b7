//! `…/clients/{client_id}/secrets`: values are shown once, when they are made.

use actix_web::{HttpResponse, delete, get, post, web};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::secret::{MAX_OLD, NewSecret, SecretView, SecretWithValue};
use cardea_protocol::violation::Violation;
use cardea_protocol::{ClientId, Secret, Timestamp};
use cardea_store::{ClientRecord, NewAuditEvent, SecretRecord, WorkspaceRecord};
use serde::Deserialize;
use serde_json::json;

use super::clients::client_id;
use super::clients::credential::{self, Credential, Purpose};
use super::event::client_event;
use super::list::{self, PageParameters};
use super::members::without_nulls;
use super::paths::{self, ClientPath, IdPath, IfMatchHeader, WorkspacePath};
use super::platform::{Watch, is_live};
use super::text;
use crate::app::App;
use crate::http::author::Author;
use crate::http::can::{Can, ClientsRead, ClientsWrite};
use crate::http::etag::{IfMatch, etag_of};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;

/// [`NewSecret`] as it comes in: the value is held as what it is.
#[derive(Deserialize)]
struct Given {
    name: String,
    expires_at: Option<Timestamp>,
    client_secret: Option<Secret>,
    revoke_others_after: Option<u32>,
}

#[derive(Deserialize)]
struct SecretPath {
    client_id: String,
    id: String,
}

fn view(secret: SecretRecord) -> SecretView {
    SecretView {
        id: secret.id,
        name: secret.name,
        prefix: (!secret.prefix.is_empty()).then_some(secret.prefix),
        created_at: secret.created_at,
        expires_at: secret.expires_at,
        last_used_at: secret.last_used_at,
    }
}

/// What changes of a secret is when it ends; when it was used is no new version.
fn tag(secret: &SecretRecord) -> String {
    format!("{}-{}", secret.id, secret.expires_at.map_or(0, Timestamp::as_millis))
}

/// The secrets of a client, the newest first, without their values.
#[utoipa::path(
    tag = "clients", params(WorkspacePath, ClientPath, PageParameters), responses((status = 200, body = Page<SecretView>))
)]
#[get("/tenants/{tid}/workspaces/{aid}/clients/{client_id}/secrets")]
pub(super) async fn list_secrets(can: Can<ClientsRead>, path: web::Path<ClientPath>, query: Query) -> Answer {
    let query = list::newest_first(&query.parameters(&[PageParameters::NAMES])?)?;
    let client_id = client_id(&path)?;
    let scoped = can.target.scoped;
    scoped.find_client(&client_id).await?.ok_or(Refusal::NotFound)?;
    let page = list::in_memory(scoped.secrets_of(&client_id).await?, &query, |secret| list::Place {
        created_at: secret.created_at,
        name: &secret.name,
        id: &secret.id,
    });
    Ok(HttpResponse::Ok().json(list::page(page, &query, view)))
}

/// Adds a secret. At most two older ones stay beside it.
#[utoipa::path(
    tag = "clients", params(WorkspacePath, ClientPath), request_body = NewSecret,
    responses((status = 201, body = SecretWithValue))
)]
#[post("/tenants/{tid}/workspaces/{aid}/clients/{client_id}/secrets")]
pub(super) async fn create_secret(
    app: web::Data<App>,
    can: Can<ClientsWrite>,
    path: web::Path<ClientPath>,
    body: JsonBody,
) -> Answer {
    let given: Given = strict::read(without_nulls(body.object().await?))?;
    let client_id = client_id(&path)?;
    let client = can.target.scoped.find_client(&client_id).await?.ok_or(Refusal::NotFound)?;
    check(&given, &client, app.clock.now())?;
    let workspace = &can.target.workspace;
    let purpose = Purpose { workspace, client_id: &client_id, metadata: &client.metadata };
    let secret = credential::make(&app, purpose, given.name, given.expires_at, given.client_secret).await?;
    let others_end = given.revoke_others_after.map(|seconds| app.clock.now().plus_secs(seconds.into()));
    add(&app, &can.author, workspace, &secret, others_end).await?;
    let Credential { record, value } = secret;
    let location = path::secret(&workspace.tenant_id, &workspace.id, &client_id, &record.id);
    let etag = etag_of(&tag(&record));
    Ok(HttpResponse::Created().insert_header(("location", location)).insert_header(etag).json(SecretWithValue {
        client_secret_expires_at: record.expires_at.map_or(0, Timestamp::as_secs),
        client_secret: value.expose().to_owned(),
        secret: view(record),
    }))
}

fn check(given: &Given, client: &ClientRecord, now: Timestamp) -> Result<(), Refusal> {
    let method = client.metadata.token_endpoint_auth_method;
    if !method.has_secret() {
        return Err(Refusal::violation("", "not_allowed", format!("a client of {method} has no secrets")));
    }
    let mut violations = Vec::new();
    text::name("/name", &given.name, &mut violations);
    if given.expires_at.is_some_and(|at| at <= now) {
        violations.push(Violation::new("/expires_at", "invalid_value", "this is in the past"));
    }
    Ok(strict::none(violations)?)
}

async fn add(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    secret: &Credential,
    others_end: Option<Timestamp>,
) -> Result<(), Refusal> {
    let (place, now) = ((&workspace.tenant_id, &workspace.id), app.clock.now());
    let record = &secret.record;
    let mut tx = app.store.begin(now).await?;
    let scoped = tx.scoped(place.0, place.1);
    // Of those who add secrets at the same time, each sees what the others have added.
    scoped.lock_client(&record.client_id).await?.ok_or(Refusal::NotFound)?;
    if let Some(end) = others_end {
        scoped.expire_other_secrets(&record.client_id, &record.id, end).await?;
    }
    let mut old = 0;
    for other in scoped.secrets_of(&record.client_id).await? {
        if is_live(&other, now) {
            old += 1;
        } else {
            scoped.delete_secret(&record.client_id, &other.id).await?;
        }
    }
    if old > MAX_OLD {
        let detail = format!(
            "a client keeps at most {MAX_OLD} old secrets; delete one, or let them end with revoke_others_after"
        );
        return Err(Refusal::Conflict { code: "too_many_secrets", detail });
    }
    if !scoped.insert_secret(record).await?.is_inserted() {
        return Err(Refusal::contended());
    }
    let detail = json!({"secret_id": record.id, "name": record.name, "expires_at": record.expires_at, "others_end_at": others_end});
    let event = client_event(app, author, place, "client.secret_created", &record.client_id);
    tx.record(NewAuditEvent { detail: Some(detail.into()), ..event }).await?;
    tx.changed(place.0, place.1, Some(&record.client_id));
    Ok(app.commit(tx).await?)
}

/// Deletes a secret; it is refused from the next request on.
#[utoipa::path(tag = "clients", params(WorkspacePath, ClientPath, IdPath, IfMatchHeader), responses((status = 204)))]
#[delete("/tenants/{tid}/workspaces/{aid}/clients/{client_id}/secrets/{id}")]
pub(super) async fn delete_secret(
    app: web::Data<App>,
    can: Can<ClientsWrite>,
    path: web::Path<SecretPath>,
    if_match: IfMatch,
) -> Answer {
    let client_id = ClientId::parse(&path.client_id).map_err(|_| Refusal::NotFound)?;
    let id = paths::name(&path.id)?;
    let workspace = &can.target.workspace;
    let place = (&workspace.tenant_id, &workspace.id);
    let mut watch = Watch::over(&app, place.0, place.1).await?;
    let mut tx = app.store.begin(app.clock.now()).await?;
    watch.lock(&tx).await?;
    let scoped = tx.scoped(place.0, place.1);
    // Who adds or ends secrets of this client meanwhile waits.
    scoped.lock_client(&client_id).await?.ok_or(Refusal::NotFound)?;
    let secret = scoped.secrets_of(&client_id).await?.into_iter().find(|secret| secret.id == id);
    if_match.check_tag(&tag(&secret.ok_or(Refusal::NotFound)?))?;
    if !scoped.delete_secret(&client_id, id).await? {
        return Err(Refusal::NotFound);
    }
    watch.stays(&tx, None).await?;
    let event = client_event(&app, &can.author, place, "client.secret_deleted", &client_id);
    tx.record(NewAuditEvent { detail: Some(json!({"secret_id": id}).into()), ..event }).await?;
    tx.changed(place.0, place.1, Some(&client_id));
    app.commit(tx).await?;
    Ok(HttpResponse::NoContent().finish())
}
