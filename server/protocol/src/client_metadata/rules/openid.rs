//! What OpenID Connect and its neighbours add: OIDC Registration §2, OIDC Core §8.1, RFC 9101 §10.5, OIDC Back-Channel Logout §2.2;
//! and the policy for refresh tokens (RFC 9700 §2.2.2).

use super::Check;
use crate::{
    algorithm::SigningAlg,
    redirect_uri::validate_web_url,
    subject::{SectorIdentifier, SubjectType},
    workspace_settings::Profile,
};

const MAX_ACR_VALUES: usize = 32;
const MAX_ACR_LEN: usize = 255;

impl Check<'_> {
    pub(super) fn openid(&mut self) {
        self.signatures();
        self.request_objects();
        self.subjects();
        self.addresses();
        let acr = &self.client.default_acr_values;
        let malformed =
            |value: &String| !(1..=MAX_ACR_LEN).contains(&value.len()) || value.contains(char::is_whitespace);
        if acr.len() > MAX_ACR_VALUES || acr.iter().any(|value| malformed(value) || value.chars().any(char::is_control))
        {
            self.refuse("/default_acr_values", "at most 32, each of 1 to 255 characters without blanks");
        }
        self.refuse_duplicates("/default_acr_values", acr);
        let method = self.client.token_endpoint_auth_method;
        match (self.client.refresh_token_rotation, self.workspace.profile) {
            (Some(policy), profile) if policy.is_allowed_for(method, profile) => {}
            (Some(_), Profile::Fapi2) => self.refuse("/refresh_token_rotation", "fapi_2 demands never"),
            (Some(_), Profile::Default) => {
                self.refuse("/refresh_token_rotation", "never is for clients that authenticate (RFC 9700 §2.2.2)");
            }
            (None, _) => {}
        }
    }

    fn signatures(&mut self) {
        let client = self.client;
        for (pointer, alg) in [
            ("/id_token_signed_response_alg", client.id_token_signed_response_alg),
            ("/userinfo_signed_response_alg", client.userinfo_signed_response_alg),
        ] {
            let Some(alg) = alg else { continue };
            if !SigningAlg::ACCESS_TOKEN.contains(&alg) {
                self.refuse(pointer, "one of ES256, RS256, PS256, ES384, EdDSA");
            } else {
                self.fapi_2_alg(pointer, alg);
            }
        }
    }

    fn request_objects(&mut self) {
        let client = self.client;
        let has_keys = client.jwks.is_some() || client.jwks_uri.is_some();
        if client.require_signed_request_object && !has_keys {
            self.refuse("/require_signed_request_object", "needs jwks or jwks_uri");
        }
        let pointer = "/request_object_signing_alg";
        match client.request_object_signing_alg {
            None => {}
            Some(alg) if alg.is_hmac() => self.refuse(pointer, "request objects need an asymmetric algorithm"),
            Some(_) if !has_keys => self.refuse(pointer, "needs jwks or jwks_uri"),
            Some(alg) => {
                self.fapi_2_alg(pointer, alg);
                // Broken keys are told of where the keys are.
                if let Ok(Some(keys)) = client.registered_keys()
                    && keys.candidates(None, alg).next().is_none()
                {
                    self.refuse(pointer, format!("no key of jwks fits {alg}: see its kty, crv, alg, use and key_ops"));
                }
            }
        }
    }

    fn subjects(&mut self) {
        let pairwise = self.client.subject_type == Some(SubjectType::Pairwise);
        if let (true, Err(missing)) = (pairwise, SectorIdentifier::of(self.client)) {
            self.refuse("/sector_identifier_uri", missing.to_string());
        }
    }

    fn addresses(&mut self) {
        let client = self.client;
        for (pointer, url) in [
            ("/sector_identifier_uri", &client.sector_identifier_uri),
            ("/initiate_login_uri", &client.initiate_login_uri),
            ("/backchannel_logout_uri", &client.backchannel_logout_uri),
        ] {
            if let Some(Err(invalid)) = url.as_deref().map(validate_web_url) {
                self.refuse(pointer, invalid.message());
            }
        }
    }

    fn fapi_2_alg(&mut self, pointer: &str, alg: SigningAlg) {
        if self.workspace.profile == Profile::Fapi2 && !SigningAlg::FAPI_2.contains(&alg) {
            self.refuse(pointer, "fapi_2 allows PS256, ES256 and EdDSA");
        }
    }
}

#[cfg(test)]
mod tests;
