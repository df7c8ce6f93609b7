//! Registering clients; also for the command line.

use cardea_api::schema;
use cardea_protocol::{ClientId, ClientMetadata, Secret, violation::Violation};
use cardea_store::{ClientRecord, Detail, WorkspaceRecord};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::super::event::client_event;
use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::keys::lifecycle;
use crate::random;
use crate::registration::credential::{self, Credential, Purpose};
use crate::registration::rules::{canonical, refused, validate};

/// A client to be registered.
#[derive(Default)]
pub struct NewClient {
    /// Its id; generated when absent.
    pub client_id: Option<ClientId>,
    /// A secret that it has already; generated when absent, if the method needs one.
    pub client_secret: Option<Secret>,
    /// What it is registered with.
    pub metadata: ClientMetadata,
}

/// Body of `POST …/clients`.
#[derive(Serialize, ToSchema)]
pub(super) struct ClientRegistration {
    /// An id that the client has already; generated when absent.
    client_id: Option<String>,
    /// A secret that the client has already; generated when absent, if the method needs one.
    client_secret: Option<String>,
    /// What it is registered with.
    #[serde(flatten)]
    metadata: schema::ClientMetadata,
}

/// Reads a body.
///
/// # Errors
/// Members that are unknown or of the wrong type.
pub(super) fn read(mut members: Map<String, Value>) -> Result<NewClient, Refusal> {
    let client_id = strict::take(&mut members, "client_id");
    let client_secret = strict::take(&mut members, "client_secret");
    match (client_id, client_secret, strict::read(members)) {
        (Ok(client_id), Ok(client_secret), Ok(metadata)) => Ok(NewClient { client_id, client_secret, metadata }),
        (client_id, client_secret, metadata) => {
            let all = [client_id.err(), client_secret.err(), metadata.err()];
            Err(refused(all.into_iter().flatten().flatten().collect()))
        }
    }
}

/// Registers a client.
///
/// # Errors
/// When a rule is broken or the id is taken.
pub async fn create(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    new: NewClient,
) -> Result<(ClientRecord, Option<Credential>), Refusal> {
    let NewClient { client_id, client_secret, mut metadata } = new;
    metadata = canonical(metadata.with_defaults());
    let method = metadata.token_endpoint_auth_method;
    if method.has_recoverable_secret() && metadata.token_endpoint_auth_signing_alg.is_none() {
        // A secret from elsewhere that is too short for the longest hash still serves a shorter one.
        metadata.token_endpoint_auth_signing_alg = client_secret.as_ref().and_then(credential::strongest);
    }
    validate(&metadata, &workspace.settings)?;
    if !method.has_secret() && client_secret.is_some() {
        return Err(refused(vec![Violation::new("/client_secret", "not_allowed", "this method has no secret")]));
    }
    let client_id = match client_id {
        Some(client_id) => client_id,
        None => ClientId::parse(&random::client_id()).map_err(|_| Refusal::contended())?,
    };
    lifecycle::prepare_for(app, &workspace.tenant_id, &workspace.id, &workspace.settings, &metadata).await?;
    let purpose = Purpose { workspace, client_id: &client_id, metadata: &metadata };
    let secret = if method.has_secret() {
        Some(credential::make(app, purpose, "first".to_owned(), None, client_secret).await?)
    } else {
        None
    };
    let now = app.clock.now();
    let client =
        ClientRecord { client_id, metadata, version: 1, created_at: now, updated_at: now, last_authenticated_at: None };
    store(app, author, workspace, &client, secret.as_ref()).await?;
    Ok((client, secret))
}

async fn store(
    app: &App,
    author: &Author,
    workspace: &WorkspaceRecord,
    client: &ClientRecord,
    secret: Option<&Credential>,
) -> Result<(), Refusal> {
    let place = (&workspace.tenant_id, &workspace.id);
    let mut tx = app.store.begin(app.clock.now()).await?;
    let scoped = tx.scoped(place.0, place.1);
    if !scoped.insert_client(client).await?.is_inserted() {
        return Err(Refusal::already_exists(&format!("client {}", client.client_id)));
    }
    if let Some(secret) = secret {
        // The client is new, and so is the id of its secret.
        let _ = scoped.insert_secret(&secret.record).await?;
    }
    let mut event = client_event(app, author, place, "client.created", &client.client_id);
    event.detail = Detail::of(&client.metadata);
    tx.record(event).await?;
    tx.changed(place.0, place.1, Some(&client.client_id));
    Ok(app.commit(tx).await?)
}
