//! The client information response (RFC 7591 §3.2.1, RFC 7592 §3): all that is registered, under which name, and how it is managed.

use cardea_api::path::segment;
use cardea_protocol::{Secret, Timestamp};
use cardea_store::ClientRecord;
use serde::Serialize;
use serde_json::{Map, Value};

use super::call::{Call, OwnRegistration};
use super::metadata;

/// A registration as it is now.
pub(super) struct Registration {
    pub(super) client: ClientRecord,
    /// The secret, where it was made or shown just now, and when it ends.
    pub(super) secret: Option<(Secret, Option<Timestamp>)>,
    /// The registration access token.
    pub(super) token: String,
}

impl From<OwnRegistration> for Registration {
    fn from(own: OwnRegistration) -> Self {
        Self { client: own.client, secret: None, token: own.token }
    }
}

/// What the client is told.
#[derive(Serialize)]
pub(super) struct Information {
    client_id: String,
    client_id_issued_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    /// Seconds since 1970, 0 for never; present with `client_secret`.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret_expires_at: Option<i64>,
    registration_access_token: String,
    registration_client_uri: String,
    #[serde(flatten)]
    metadata: Map<String, Value>,
}

impl Information {
    pub(super) fn of(call: &Call<'_>, registration: Registration) -> Self {
        let Registration { client, secret, token } = registration;
        let at = format!("/oauth2/register/{}", segment(client.client_id.as_str()));
        Self {
            client_id_issued_at: client.created_at.as_secs(),
            client_secret_expires_at: secret.as_ref().map(|(_, end)| end.map_or(0, Timestamp::as_secs)),
            client_secret: secret.map(|(secret, _)| secret.expose().to_owned()),
            registration_access_token: token,
            registration_client_uri: call.workspace.issuer.url(&at),
            metadata: metadata::shown(&client.metadata),
            client_id: client.client_id.as_str().to_owned(),
        }
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
