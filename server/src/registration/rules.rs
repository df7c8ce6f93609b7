//! The rules for a client's metadata (RFC 7591 §2), against the policy of its workspace.

use cardea_protocol::jwk::JwkSet;
use cardea_protocol::{ClientMetadata, WorkspaceSettings, violation::Violation};

use crate::http::problem::Refusal;

/// Broken rules, by the name of RFC 7591 §3.2.2.
pub(crate) fn refused(violations: Vec<Violation>) -> Refusal {
    Refusal::Invalid { code: "invalid_client_metadata", violations }
}

/// Metadata of one client, at most, in octets of JSON: the caches hold thousands of them.
const MAX_METADATA: usize = 64 * 1024;

/// Checks metadata against every rule (RFC 7591 §2) and the workspace's policy.
///
/// # Errors
/// The rules that are broken.
pub(crate) fn validate(metadata: &ClientMetadata, workspace: &WorkspaceSettings) -> Result<(), Refusal> {
    metadata.validate(workspace).map_err(refused)?;
    if serde_json::to_vec(metadata).is_ok_and(|json| json.len() > MAX_METADATA) {
        let message = format!("all metadata of a client together is at most {} KiB", MAX_METADATA / 1024);
        return Err(refused(vec![Violation::new("", "too_large", message)]));
    }
    Ok(())
}

/// The same metadata with its keys as we read them: what we do not understand of a key is not kept. Keys that cannot be
/// read stay as they are, for [`validate`] to refuse.
pub(crate) fn canonical(mut metadata: ClientMetadata) -> ClientMetadata {
    let read = metadata.jwks.as_ref().and_then(|jwks| JwkSet::parse_registered(jwks).ok());
    if let Some(keys) = read.and_then(|read| serde_json::to_value(read).ok()) {
        metadata.jwks = Some(keys);
    }
    metadata
}
