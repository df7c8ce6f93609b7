//! What a client and its workspace allow of a request: RFC 6749 §3.1.1, RFC 7636 §4.4.1, RFC 9101 §10.5, RFC 9126 §5 and §6; and
//! whether an earlier sign-in is good enough for it (OIDC Core §3.1.2.1 and §3.1.2.3).

use super::{AuthorizationRequest, Prompt, ReturnTo};
use crate::{
    client_metadata::ClientMetadata,
    error::{Error, ErrorCode},
    grant_type::GrantType,
    time::Timestamp,
    workspace_settings::{Profile, WorkspaceSettings},
};

/// How the request came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conveyed {
    /// Pushed by the authenticated client.
    pub pushed: bool,
    /// In a request object whose signature has been verified.
    pub signed: bool,
}

impl AuthorizationRequest {
    /// Holds the request against what is registered and enabled. Scope and resources are another question: services are in the store.
    ///
    /// # Errors
    /// That can be sent back: `unauthorized_client` (RFC 6749 §4.1.2.1), or `invalid_request`.
    pub fn check_policy(
        &self,
        return_to: &ReturnTo,
        client: &ClientMetadata,
        workspace: &WorkspaceSettings,
        conveyed: Conveyed,
    ) -> Result<(), Error> {
        let registered = client.grant_types.contains(&GrantType::AuthorizationCode)
            && client.response_types.contains(&self.response_type);
        let enabled = workspace.grant_types.contains(&GrantType::AuthorizationCode);
        let must_push = workspace.require_pushed_authorization_requests || client.require_pushed_authorization_requests;
        let needs_pkce = workspace.require_pkce.applies_to(client.token_endpoint_auth_method);
        let invalid = ErrorCode::InvalidRequest;
        for (kept, code, description) in [
            (registered, ErrorCode::UnauthorizedClient, "The client is not registered for authorization codes."),
            (enabled, ErrorCode::UnauthorizedClient, "Authorization codes are not enabled in this workspace."),
            (conveyed.pushed || !must_push, invalid, "The request must be pushed (RFC 9126)."),
            (
                conveyed.signed || !client.require_signed_request_object,
                invalid,
                "The request must be in a signed request object (RFC 9101).",
            ),
            (
                self.code_challenge.is_some() || !needs_pkce,
                invalid,
                "The code_challenge parameter is missing; use PKCE with S256.",
            ),
            (
                return_to.redirect_uri_given || workspace.profile != Profile::Fapi2,
                invalid,
                "The redirect_uri parameter is missing.",
            ),
        ] {
            if !kept {
                return Err(Error::new(code, description));
            }
        }
        Ok(())
    }

    /// Whether somebody who signed in at `auth_time` need not do so again for this request, which `begun` when it first came to
    /// us. The age is measured then, not when the answer is made: else who reads the consent page longer than `max_age` would
    /// sign in for ever.
    #[must_use]
    pub fn accepts_sign_in_at(&self, auth_time: Timestamp, begun: Timestamp, default_max_age: Option<u32>) -> bool {
        let recent = |max_age: u32| auth_time.plus_secs(i64::from(max_age)) >= begun;
        let demanded = self.prompt.contains(Prompt::Login);
        auth_time >= begun || (!demanded && self.max_age.or(default_max_age).is_none_or(recent))
    }
}
