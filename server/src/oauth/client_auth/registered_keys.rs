//! The keys of a client: those it registered by value, or those at its `jwks_uri`, looked at again when what is sought is not
//! among them (RFC 8705 §2.2, OpenID Connect Core §10.1.1).

use std::sync::Arc;

use cardea_protocol::Reason;

use super::super::request::Request;
use super::{Unproved, rejection};
use crate::outbound::FetchError;
use crate::outbound::jwks::KeySet;
use crate::workspace::Client;

/// What `verdict` says of the client's keys; of newer ones, where it says that something is `missing`.
pub(super) async fn judge(
    request: &Request<'_>,
    client: &Client,
    missing: Reason,
    verdict: impl Fn(&KeySet) -> Result<(), Unproved>,
) -> Result<(), Unproved> {
    if let Some(keys) = &client.keys {
        return verdict(keys);
    }
    let Some(uri) = client.metadata.jwks_uri.as_deref() else {
        return Err(rejection(missing, "the client has registered no keys"));
    };
    let owner = format!("{}/{}", request.workspace.key, client.id);
    let unavailable = |error: FetchError| rejection(Reason::JwksUnavailable, format!("{uri}: {error}"));
    let keys = request.app.jwks.keys(&owner, uri).await.map_err(unavailable)?;
    match verdict(&keys) {
        // The client may have published it since.
        Err(Unproved::Rejected(rejected)) if rejected.reason == missing => {
            let newer = request.app.jwks.newer_keys(&owner, uri, &keys).await.map_err(unavailable)?;
            if Arc::ptr_eq(&newer, &keys) { Err(rejected.into()) } else { verdict(&newer) }
        }
        verdict => verdict,
    }
}
