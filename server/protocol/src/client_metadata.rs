//! Client metadata: RFC 7591 §2, OIDC Registration §2, RFC 8705 §2.1.2; and a few members of our own. One validator, `rules`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{
    algorithm::SigningAlg,
    assertion::AssertionAudience,
    auth_method::AuthMethod,
    distinguished_name::DistinguishedName,
    grant_type::{GrantType, ResponseType},
    refresh::RefreshTokenRotation,
    scope::Scope,
    status::Status,
    subject::SubjectType,
    words::words,
    workspace_settings::{Profile, WorkspaceSettings},
};

mod members;
mod rules;
#[cfg(test)]
mod tests;

words! {
    /// Where a client runs (OIDC Registration §2): decides which redirect URIs it may have.
    pub enum ApplicationType {
        /// On a server or in a browser: https, or a loopback address while it is being made.
        Web = "web",
        /// On the user's device: also private-use schemes (RFC 8252 §7.1).
        Native = "native",
    }
}

/// How long the tokens of a client live, in seconds, where it is not as long as the workspace says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenTtls {
    /// Access tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token: Option<u32>,
    /// ID tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token: Option<u32>,
    /// Refresh tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<u32>,
}

impl TokenTtls {
    /// Whether the workspace decides them all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a client is registered with, by the names of RFC 7591. Neither its id nor its secrets are here.
///
/// When read from JSON, what is absent gets the default of RFC 7591 §2 by [`ClientMetadata::with_defaults`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", default)]
pub struct ClientMetadata {
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
    /// What its administrators note about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it takes part.
    pub status: Status,
    /// Where it runs.
    pub application_type: ApplicationType,
    /// How it authenticates.
    pub token_endpoint_auth_method: AuthMethod,
    /// The one algorithm its assertions are signed with; absent: any that the workspace allows and its keys fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_signing_alg: Option<SigningAlg>,
    /// What its assertions must name as audience, where it is not what the workspace says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_assertion_audience: Option<AssertionAudience>,
    /// The grants it may use.
    pub grant_types: Vec<GrantType>,
    /// The response types it may use.
    pub response_types: Vec<ResponseType>,
    /// Where authorization responses go; compared as strings (RFC 9700 §2.1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirect_uris: Vec<String>,
    /// Where a browser goes after logout (OIDC RP-Initiated Logout §3.1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub post_logout_redirect_uris: Vec<String>,
    /// The scope it may ask for.
    #[serde(skip_serializing_if = "Scope::is_empty")]
    pub scope: Scope,
    /// Its public keys (RFC 7517 §5), as they were given; see [`crate::JwkSet::parse_registered`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks: Option<Value>,
    /// Where its public keys are; never together with `jwks`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// The subject of its certificate (RFC 4514).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_client_auth_subject_dn: Option<String>,
    /// A `dNSName` of its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_client_auth_san_dns: Option<String>,
    /// A `uniformResourceIdentifier` of its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_client_auth_san_uri: Option<String>,
    /// An `iPAddress` of its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_client_auth_san_ip: Option<String>,
    /// An `rfc822Name` of its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_client_auth_san_email: Option<String>,
    /// Whether its access tokens are bound to its certificate (RFC 8705 §3.4).
    pub tls_client_certificate_bound_access_tokens: bool,
    /// What its ID tokens are signed with; absent: see [`ClientMetadata::id_token_alg`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token_signed_response_alg: Option<SigningAlg>,
    /// What the userinfo endpoint signs its answers with; absent: it answers in JSON (OIDC Core §5.3.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_signed_response_alg: Option<SigningAlg>,
    /// The one algorithm its request objects are signed with; absent: any that its keys fit (RFC 9101 §6.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_object_signing_alg: Option<SigningAlg>,
    /// Whether it sends no authorization request but in a signed request object (RFC 9101 §10.5).
    #[serde(skip_serializing_if = "is_false")]
    pub require_signed_request_object: bool,
    /// Whether it pushes every authorization request (RFC 9126 §6).
    #[serde(skip_serializing_if = "is_false")]
    pub require_pushed_authorization_requests: bool,
    /// How many seconds ago people may have signed in, where the request does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_max_age: Option<u32>,
    /// Whether its ID tokens always say when people signed in.
    #[serde(skip_serializing_if = "is_false")]
    pub require_auth_time: bool,
    /// How people should be authenticated, where the request does not say; the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub default_acr_values: Vec<String>,
    /// What it sees as `sub`; absent: `public` (OIDC Core §8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_type: Option<SubjectType>,
    /// Whose host is its sector for pairwise subjects (OIDC Core §8.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector_identifier_uri: Option<String>,
    /// Where somebody else can ask it to begin a sign-in (OIDC Core §4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initiate_login_uri: Option<String>,
    /// Where it hears that a session has ended (OIDC Back-Channel Logout §2.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_uri: Option<String>,
    /// Whether it must hear which session that was.
    #[serde(skip_serializing_if = "is_false")]
    pub backchannel_logout_session_required: bool,
    /// Whether its refresh tokens are replaced when used; absent: by its kind, see [`RefreshTokenRotation::default_for`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token_rotation: Option<RefreshTokenRotation>,
    /// How long its tokens live, where it is not as long as the workspace says.
    #[serde(skip_serializing_if = "TokenTtls::is_empty")]
    pub token_ttls: TokenTtls,
    /// Whom to write to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<String>,
    /// Its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    /// Its home page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
    /// How it treats data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_uri: Option<String>,
    /// Its terms of service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tos_uri: Option<String>,
}

impl ClientMetadata {
    /// Brings the metadata into the form that is stored: the subject of a certificate in its canonical spelling, and
    /// filled in the grants and response types that were left out (RFC 7591 §2): `authorization_code` for who has redirect URIs, else
    /// `client_credentials`; and the response type that the grants need.
    #[must_use]
    pub fn with_defaults(mut self) -> Self {
        if self.grant_types.is_empty() {
            let machine = self.redirect_uris.is_empty();
            self.grant_types.push(if machine { GrantType::ClientCredentials } else { GrantType::AuthorizationCode });
        }
        if self.response_types.is_empty() && self.grant_types.contains(&GrantType::AuthorizationCode) {
            self.response_types.push(ResponseType::Code);
        }
        // However it was pasted, it is stored as RFC 4514 writes it.
        if let Some(subject) = self.tls_client_auth_subject_dn.as_mut()
            && let Ok(name) = DistinguishedName::parse(subject)
        {
            *subject = name.to_rfc4514();
        }
        self
    }

    /// What its ID tokens are signed with: RS256 unless it has chosen (OIDC Registration §2); under `fapi_2`, which has no RS256, what
    /// the access tokens of the workspace are signed with.
    #[must_use]
    pub fn id_token_alg(&self, workspace: &WorkspaceSettings) -> SigningAlg {
        self.id_token_signed_response_alg.unwrap_or(match workspace.profile {
            Profile::Default => SigningAlg::RS256,
            Profile::Fapi2 => workspace.access_token_signing_alg,
        })
    }

    /// Whether its refresh tokens are replaced when used.
    #[must_use]
    pub fn refresh_token_rotation(&self, workspace: &WorkspaceSettings) -> RefreshTokenRotation {
        let default = RefreshTokenRotation::default_for(self.token_endpoint_auth_method, workspace.profile);
        self.refresh_token_rotation.unwrap_or(default)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Serialize for ClientMetadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for ClientMetadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer).map(Self::with_defaults)
    }
}
