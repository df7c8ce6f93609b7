//! A client registers itself (RFC 7591 §3.1): checked first, and then made together with the claim of its initial access token.

use cardea_protocol::{ClientId, ClientMetadata};
use cardea_store::{ClientRecord, Detail, InitialAccessTokenRecord, NewAuditEvent};

use super::call::Call;
use super::information::Registration;
use super::refusal::Refused;
use super::{REGISTERED, metadata, sector};
use crate::http::json_body::JsonBody;
use crate::http::problem::Refusal;
use crate::keys::lifecycle;
use crate::random;
use crate::registration::credential::{self, Credential, Purpose};
use crate::registration::rules::validate;
use crate::workspace::client::hash;

/// Registers a client.
///
/// # Errors
/// When a rule is broken, or the token has been used up meanwhile.
pub(super) async fn create(
    call: &Call<'_>,
    token: &InitialAccessTokenRecord,
    body: JsonBody,
) -> Result<Registration, Refused> {
    let (app, workspace) = (call.app, call.record().await?);
    let metadata = metadata::read(body.object().await?, &ClientMetadata::default(), &call.workspace.services)?;
    validate(&metadata, &workspace.settings)?;
    sector::check(&app.outbound, &metadata).await?;
    let client_id = ClientId::parse(&random::client_id()).map_err(|_| Refusal::contended())?;
    let (tenant_id, id) = (&workspace.tenant_id, &workspace.id);
    lifecycle::prepare_for(app, tenant_id, id, &workspace.settings, &metadata).await.map_err(Refusal::from)?;
    let purpose = Purpose { workspace: &workspace, client_id: &client_id, metadata: &metadata };
    let secret = if metadata.token_endpoint_auth_method.has_secret() {
        Some(credential::make(app, purpose, "first".to_owned(), None, None).await?)
    } else {
        None
    };
    let now = app.clock.now();
    let client =
        ClientRecord { client_id, metadata, version: 1, created_at: now, updated_at: now, last_authenticated_at: None };
    let own_token = random::secret();
    store(call, token, &client, secret.as_ref(), &own_token).await?;
    let secret = secret.map(|secret| (secret.value, secret.record.expires_at));
    Ok(Registration { client, secret, token: own_token })
}

async fn store(
    call: &Call<'_>,
    token: &InitialAccessTokenRecord,
    client: &ClientRecord,
    secret: Option<&Credential>,
    own_token: &str,
) -> Result<(), Refused> {
    let (app, place) = (call.app, (&call.workspace.tenant_id, &call.workspace.id));
    let mut tx = app.store.begin(client.created_at).await?;
    let scoped = tx.scoped(place.0, place.1);
    if !scoped.claim_registration(&token.hash, client.created_at).await? {
        return Err(Refused::Token);
    }
    if !scoped.insert_client(client).await?.is_inserted() {
        return Err(Refusal::contended().into());
    }
    // The client is new: it has neither secret nor token.
    if let Some(secret) = secret {
        let _ = scoped.insert_secret(&secret.record).await?;
    }
    let _ = scoped.insert_registration_token(&client.client_id, &hash(own_token), client.created_at).await?;
    let actor = call.name_of("initial_access_token", &token.id);
    let event = call.event(REGISTERED, client.client_id.as_str(), actor);
    tx.record(NewAuditEvent { detail: Detail::of(&client.metadata), ..event }).await?;
    tx.changed(place.0, place.1, Some(&client.client_id));
    Ok(app.commit(tx).await?)
}
