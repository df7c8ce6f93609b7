//! `sector_identifier_uri` (OpenID Connect Dynamic Client Registration 1.0 §5): the document there must name every redirect URI of the
//! client, or anybody could claim a sector and see its pairwise subjects.

use cardea_protocol::ClientMetadata;
use cardea_protocol::violation::Violation;
use url::Url;

use crate::http::problem::Refusal;
use crate::outbound::Outbound;
use crate::registration::rules::refused;

/// Asks the document, where the client names one.
///
/// # Errors
/// When it cannot be read, or leaves a redirect URI out.
pub(super) async fn check(outbound: &Outbound, metadata: &ClientMetadata) -> Result<(), Refusal> {
    let Some(uri) = &metadata.sector_identifier_uri else { return Ok(()) };
    let broken = |message| refused(vec![Violation::new("/sector_identifier_uri", "invalid_client_metadata", message)]);
    let url = Url::parse(uri).map_err(|_| broken("is no URL"))?;
    let document = outbound.fetch(&url).await.map_err(|error| {
        tracing::info!(%error, "a sector identifier document could not be read");
        broken("the document cannot be fetched")
    })?;
    let named: Vec<String> =
        serde_json::from_slice(&document.body).map_err(|_| broken("the document is not a JSON array of strings"))?;
    if metadata.redirect_uris.iter().all(|uri| named.contains(uri)) {
        Ok(())
    } else {
        Err(broken("the document does not name every redirect URI"))
    }
}
