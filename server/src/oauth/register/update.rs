//! A client registers itself anew (RFC 7592 §2.2), under the policy of its workspace as it is now. Its token is replaced by another.

use cardea_protocol::violation::Violation;
use cardea_protocol::{Secret, Timestamp};
use cardea_store::{ClientRecord, Detail, NewAuditEvent, WorkspaceRecord};
use serde_json::{Map, Value, json};

use super::call::{Call, OwnRegistration};
use super::information::Registration;
use super::refusal::Refused;
use super::{UPDATED, metadata, sector};
use crate::audit::difference;
use crate::http::json_body::JsonBody;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::keys::lifecycle;
use crate::random;
use crate::registration::credential::{self, Credential, Purpose, Turn};
use crate::registration::rules::{refused, validate};
use crate::workspace::client::hash;

/// What only the server says.
const OF_THE_SERVER: [&str; 4] =
    ["registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"];

/// Changes a client's registration to what it says.
///
/// # Errors
/// When a rule is broken, or the token has been used by somebody else meanwhile.
pub(super) async fn update(call: &Call<'_>, own: OwnRegistration, body: JsonBody) -> Result<Registration, Refused> {
    let (app, workspace) = (call.app, call.record().await?);
    let OwnRegistration { client: before, token } = own;
    let mut members = body.object().await?;
    members.retain(|_, value| !value.is_null());
    let shown: Option<Secret> = named(&mut members, &before)?;
    let metadata = metadata::read(members, &before.metadata, &call.workspace.services)?;
    validate(&metadata, &workspace.settings)?;
    let end = current(call, &workspace, &before, shown.as_ref()).await?;
    if (&metadata.sector_identifier_uri, &metadata.redirect_uris)
        != (&before.metadata.sector_identifier_uri, &before.metadata.redirect_uris)
    {
        sector::check(&app.outbound, &metadata).await?;
    }
    let after = ClientRecord { metadata, updated_at: app.clock.now(), ..before.clone() };
    let (tenant_id, id) = (&workspace.tenant_id, &workspace.id);
    lifecycle::prepare_for(app, tenant_id, id, &workspace.settings, &after.metadata).await.map_err(Refusal::from)?;
    let purpose = Purpose { workspace: &workspace, client_id: &after.client_id, metadata: &after.metadata };
    let (from, to) = (before.metadata.token_endpoint_auth_method, after.metadata.token_endpoint_auth_method);
    let turn = credential::turn(from, to);
    let made = match turn {
        Turn::Drop => None,
        Turn::Replace => Some(credential::make(app, purpose, "first".to_owned(), None, None).await?),
        Turn::Keep => {
            credential::check_sealed(app, &purpose, &call.scoped().secrets_of(&after.client_id).await?)?;
            None
        }
    };
    let own_token = random::secret();
    store(call, (&before, &after), (&token, &own_token), turn, made.as_ref()).await?;
    let secret = match (made, turn) {
        (Some(made), _) => Some((made.value, made.record.expires_at)),
        (None, Turn::Keep) => shown.map(|shown| (shown, end)),
        (None, _) => None,
    };
    Ok(Registration { client: after, secret, token: own_token })
}

/// Checks that the client means itself and says nothing that only the server does; answers the secret that it shows.
fn named(members: &mut Map<String, Value>, client: &ClientRecord) -> Result<Option<Secret>, Refusal> {
    let mut broken = Vec::new();
    if members.get("client_id").and_then(Value::as_str) != Some(client.client_id.as_str()) {
        broken.push(Violation::new("/client_id", "invalid_value", "must be the client_id of this registration"));
    }
    for name in OF_THE_SERVER.into_iter().filter(|name| members.contains_key(*name)) {
        broken.push(Violation::new(format!("/{name}"), "not_allowed", "is for the server to say"));
    }
    strict::none(broken).map_err(refused)?;
    strict::take(members, "client_secret").map_err(refused)
}

/// When the secret that is shown ends. A client cannot choose another than it has.
async fn current(
    call: &Call<'_>,
    workspace: &WorkspaceRecord,
    client: &ClientRecord,
    shown: Option<&Secret>,
) -> Result<Option<Timestamp>, Refused> {
    let Some(shown) = shown else { return Ok(None) };
    let purpose = Purpose { workspace, client_id: &client.client_id, metadata: &client.metadata };
    let secrets = call.scoped().secrets_of(&client.client_id).await?;
    match credential::presented(call.app, &purpose, &secrets, shown).await? {
        Some(secret) => Ok(secret.expires_at),
        None => {
            let message = "must be the current secret of the client";
            Err(refused(vec![Violation::new("/client_secret", "invalid_value", message)]).into())
        }
    }
}

async fn store(
    call: &Call<'_>,
    (before, after): (&ClientRecord, &ClientRecord),
    (old, new): (&str, &str),
    turn: Turn,
    made: Option<&Credential>,
) -> Result<(), Refused> {
    let (app, place) = (call.app, (&call.workspace.tenant_id, &call.workspace.id));
    let mut tx = app.store.begin(after.updated_at).await?;
    let scoped = tx.scoped(place.0, place.1);
    // The client first, as whoever deletes it does: nobody waits for each other.
    scoped.lock_client(&after.client_id).await?.ok_or(Refused::Token)?;
    if !scoped.replace_registration_token(&after.client_id, &hash(old), &hash(new), after.updated_at).await? {
        return Err(Refused::Token);
    }
    if !scoped.update_client(after).await? {
        return Err(Refusal::contended().into());
    }
    let mut changed = difference(&before.metadata, &after.metadata);
    if turn != Turn::Keep && scoped.delete_secrets(&after.client_id).await? > 0 {
        changed.insert("client_secret".to_owned(), json!("deleted"));
    }
    if let Some(made) = made {
        let _ = scoped.insert_secret(&made.record).await?;
        changed.insert("client_secret".to_owned(), json!("replaced"));
    }
    let client_id = after.client_id.as_str();
    let event = call.event(UPDATED, client_id, call.name_of("client", client_id));
    tx.record(NewAuditEvent { detail: Detail::of(&changed), ..event }).await?;
    tx.changed(place.0, place.1, Some(&after.client_id));
    Ok(app.commit(tx).await?)
}
