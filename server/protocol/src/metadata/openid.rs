//! What OpenID Connect and its neighbours publish: OIDC Discovery §3, RFC 9101 §10.5, OIDC Back-Channel Logout §2.1, OIDC Prompt
//! Create §4.1; and the words by which each is published. Nothing is said that no `with_…` has said.

use serde::Serialize;

use super::ServerMetadata;
use crate::{
    algorithm::SigningAlg,
    authorization_request::{Display, Prompt, ResponseMode},
    claims::StandardClaim,
    grant_type::ResponseType,
    pkce::S256,
    subject::SubjectType,
};

/// The claims of every ID token; what else it says, and what the userinfo endpoint says, are [`StandardClaim`]s.
const ID_TOKEN_CLAIMS: [&str; 10] = ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid"];

/// The members that RFC 8414 does not have.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OpenIdMetadata {
    /// How authorization responses travel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_modes_supported: Option<&'static [ResponseMode]>,
    /// What people can be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt_values_supported: Option<&'static [Prompt]>,
    /// How pages can be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_values_supported: Option<&'static [Display]>,
    /// How strongly people can be authenticated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr_values_supported: Option<Vec<String>>,
    /// The languages of the pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ui_locales_supported: Option<Vec<String>>,
    /// What can be said about people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims_supported: Option<Vec<&'static str>>,
    /// Whether single claims can be asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims_parameter_supported: Option<bool>,
    /// What the userinfo endpoint signs its answers with, for who wants them signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_signing_alg_values_supported: Option<Vec<SigningAlg>>,
    /// Whether request objects are understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_parameter_supported: Option<bool>,
    /// What request objects may be signed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_object_signing_alg_values_supported: Option<Vec<SigningAlg>>,
    /// Whether clients hear of the end of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_supported: Option<bool>,
    /// Whether they hear of which one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backchannel_logout_session_supported: Option<bool>,
}

impl ServerMetadata {
    /// Names the authorization endpoint, and what goes with it: code alone, in both response modes, PKCE with S256
    /// (RFC 7636), and `iss` in every answer (RFC 9207 §3).
    #[must_use]
    pub fn with_authorization(mut self, url: String) -> Self {
        self.authorization_endpoint = Some(url);
        self.response_types_supported = ResponseType::ALL.to_vec();
        self.code_challenge_methods_supported = Some(vec![S256]);
        self.authorization_response_iss_parameter_supported = Some(true);
        self.openid.response_modes_supported = Some(ResponseMode::ALL);
        self.openid.prompt_values_supported = Some(Prompt::ALL);
        self.openid.display_values_supported = Some(Display::ALL);
        self
    }

    /// Names the endpoint to push authorization requests to, and says whether they must be (RFC 9126 §5).
    #[must_use]
    pub fn with_pushed_authorization_requests(mut self, url: String, required: bool) -> Self {
        self.pushed_authorization_request_endpoint = Some(url);
        self.require_pushed_authorization_requests = Some(required);
        self
    }

    /// Says that request objects are understood, signed with one of these (RFC 9101 §10.5).
    #[must_use]
    pub fn with_request_objects(mut self, algs: &[SigningAlg]) -> Self {
        self.openid.request_parameter_supported = Some(true);
        self.openid.request_object_signing_alg_values_supported = Some(algs.to_vec());
        self
    }

    /// Names the device authorization endpoint (RFC 8628 §4).
    #[must_use]
    pub fn with_device_authorization(mut self, url: String) -> Self {
        self.device_authorization_endpoint = Some(url);
        self
    }

    /// Names the registration endpoint (RFC 7591 §3).
    #[must_use]
    pub fn with_registration(mut self, url: String) -> Self {
        self.registration_endpoint = Some(url);
        self
    }

    /// Says what ID tokens are signed with, RS256 among them as OIDC Discovery §3 demands, and whom they can speak of.
    #[must_use]
    pub fn with_id_tokens(mut self, algs: &[SigningAlg], subject_types: &[SubjectType]) -> Self {
        self.id_token_signing_alg_values_supported = algs.to_vec();
        self.subject_types_supported = subject_types.iter().map(|kind| kind.as_str()).collect();
        self
    }

    /// Names the userinfo endpoint, and what it signs with for who wants that.
    #[must_use]
    pub fn with_userinfo(mut self, url: String, algs: &[SigningAlg]) -> Self {
        self.userinfo_endpoint = Some(url);
        self.openid.userinfo_signing_alg_values_supported = Some(algs.to_vec());
        self
    }

    /// Says what can be said about people, besides what every ID token says, and that single claims can be asked for.
    #[must_use]
    pub fn with_claims(mut self, claims: &[StandardClaim]) -> Self {
        let claims = ID_TOKEN_CLAIMS.into_iter().chain(claims.iter().map(|claim| claim.as_str()));
        self.openid.claims_supported = Some(claims.collect());
        self.openid.claims_parameter_supported = Some(true);
        self
    }

    /// Says how strongly people can be authenticated.
    #[must_use]
    pub fn with_acr_values(mut self, values: &[&str]) -> Self {
        self.openid.acr_values_supported = Some(values.iter().map(|value| (*value).to_owned()).collect());
        self
    }

    /// Says in which languages the pages are.
    #[must_use]
    pub fn with_ui_locales(mut self, locales: &[&str]) -> Self {
        self.openid.ui_locales_supported = Some(locales.iter().map(|locale| (*locale).to_owned()).collect());
        self
    }

    /// Names the endpoint that ends a session (OIDC RP-Initiated Logout §2.1).
    #[must_use]
    pub fn with_end_session(mut self, url: String) -> Self {
        self.end_session_endpoint = Some(url);
        self
    }

    /// Says that clients hear of the end of a session, and of which one.
    #[must_use]
    pub fn with_backchannel_logout(mut self) -> Self {
        self.openid.backchannel_logout_supported = Some(true);
        self.openid.backchannel_logout_session_supported = Some(true);
        self
    }
}

#[cfg(test)]
mod tests;
