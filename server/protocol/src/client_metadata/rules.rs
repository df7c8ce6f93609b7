//! Every rule between the members of a client and the policy of its workspace: RFC 7591 §2, OIDC Registration §2, RFC 8705 §2.

use super::ClientMetadata;
use crate::{
    jwk::{JwkError, JwkSet},
    violation::{Violation, repeated},
    workspace_settings::WorkspaceSettings,
};

mod authentication;
mod description;
mod flows;
mod openid;
mod tls;

/// RFC 7591 §3.2.2.
const INVALID_CLIENT_METADATA: &str = "invalid_client_metadata";
/// RFC 7591 §3.2.2.
const INVALID_REDIRECT_URI: &str = "invalid_redirect_uri";

impl ClientMetadata {
    /// Checks every rule against the policy of the workspace.
    ///
    /// # Errors
    /// All the rules that are broken, each with the member that breaks it. The codes are those of RFC 7591 §3.2.2:
    /// `invalid_redirect_uri` for redirect URIs, `invalid_client_metadata` for all else.
    pub fn validate(&self, workspace: &WorkspaceSettings) -> Result<(), Vec<Violation>> {
        let mut check = Check { client: self, workspace, broken: Vec::new() };
        check.authentication();
        check.tls();
        check.flows();
        check.openid();
        check.description();
        if check.broken.is_empty() { Ok(()) } else { Err(check.broken) }
    }

    /// The keys of `jwks`, checked; none when there is no `jwks`.
    ///
    /// # Errors
    /// When `jwks` is no set of public keys. The pointer begins at `jwks` itself.
    pub fn registered_keys(&self) -> Result<Option<JwkSet>, JwkError> {
        self.jwks.as_ref().map(JwkSet::parse_registered).transpose()
    }
}

/// What is being checked, against what, and what was found.
struct Check<'c> {
    client: &'c ClientMetadata,
    workspace: &'c WorkspaceSettings,
    broken: Vec<Violation>,
}

impl Check<'_> {
    fn refuse(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        self.broken.push(Violation::new(pointer, INVALID_CLIENT_METADATA, message));
    }

    fn refuse_duplicates<T: PartialEq>(&mut self, pointer: &str, list: &[T]) {
        for (index, _) in repeated(list) {
            self.refuse(format!("{pointer}/{index}"), "is named twice");
        }
    }
}

#[cfg(test)]
mod tests;
