//! What a client must register for the method it authenticates with: RFC 7591 §2, OIDC Registration §2, RFC 8705 §2.2.

use super::Check;
use crate::{
    algorithm::SigningAlg, assertion::AssertionAudience, auth_method::AuthMethod, jwk::JwkSet,
    redirect_uri::validate_web_url, workspace_settings::Profile,
};

impl Check<'_> {
    pub(super) fn authentication(&mut self) {
        let method = self.client.token_endpoint_auth_method;
        if !self.workspace.token_endpoint_auth_methods.contains(method) {
            self.refuse("/token_endpoint_auth_method", format!("{method} is not enabled in this workspace"));
        }
        let keys = self.keys();
        match method {
            AuthMethod::PrivateKeyJwt => self.private_key_jwt(keys.as_ref()),
            AuthMethod::ClientSecretJwt => self.client_secret_jwt(),
            AuthMethod::SelfSignedTlsClientAuth => self.self_signed(keys.as_ref()),
            AuthMethod::ClientSecretBasic
            | AuthMethod::ClientSecretPost
            | AuthMethod::TlsClientAuth
            | AuthMethod::None => {}
        }
        let bare = [None, Some(AssertionAudience::IssuerString)];
        if self.workspace.profile == Profile::Fapi2 && !bare.contains(&self.client.client_assertion_audience) {
            self.refuse("/client_assertion_audience", "fapi_2 demands issuer_string");
        }
    }

    /// The keys of `jwks`; and the rules that hold for keys whatever they are for.
    fn keys(&mut self) -> Option<JwkSet> {
        if self.client.jwks.is_some() && self.client.jwks_uri.is_some() {
            self.refuse("/jwks_uri", "jwks and jwks_uri exclude each other (RFC 7591 §2)");
        }
        if let Some(Err(invalid)) = self.client.jwks_uri.as_deref().map(validate_web_url) {
            self.refuse("/jwks_uri", invalid.message());
        }
        match self.client.registered_keys() {
            Ok(keys) => keys,
            Err(error) => {
                self.refuse(format!("/jwks{}", error.pointer), error.message);
                None
            }
        }
    }

    fn private_key_jwt(&mut self, keys: Option<&JwkSet>) {
        self.needs_keys();
        let alg = self.client.token_endpoint_auth_signing_alg;
        if alg.is_some_and(SigningAlg::is_hmac) {
            self.refuse("/token_endpoint_auth_signing_alg", "private_key_jwt needs an asymmetric algorithm");
            return;
        }
        self.alg_is_enabled();
        let Some(keys) = keys else { return };
        let fits = |alg: SigningAlg| keys.candidates(None, alg).next().is_some();
        match alg {
            Some(alg) if !fits(alg) => {
                let message = format!("no key of jwks fits {alg}: see its kty, crv, alg, use and key_ops");
                self.refuse("/token_endpoint_auth_signing_alg", message);
            }
            None if !self.workspace.token_endpoint_auth_signing_alg_values.iter().copied().any(fits) => {
                self.refuse("/jwks", "no key fits an algorithm that is enabled in this workspace");
            }
            _ => {}
        }
    }

    fn client_secret_jwt(&mut self) {
        if self.client.token_endpoint_auth_signing_alg.is_some_and(|alg| !alg.is_hmac()) {
            self.refuse("/token_endpoint_auth_signing_alg", "client_secret_jwt needs HS256, HS384 or HS512");
        } else {
            self.alg_is_enabled();
        }
    }

    /// RFC 8705 §2.2: the certificate itself is what is registered.
    fn self_signed(&mut self, keys: Option<&JwkSet>) {
        self.needs_keys();
        if keys.is_some_and(|keys| keys.keys().iter().all(|key| key.x5c().next().is_none())) {
            self.refuse("/jwks", "self_signed_tls_client_auth needs a key with x5c");
        }
    }

    fn needs_keys(&mut self) {
        if self.client.jwks.is_none() && self.client.jwks_uri.is_none() {
            let method = self.client.token_endpoint_auth_method;
            self.refuse("/jwks", format!("{method} needs jwks or jwks_uri"));
        }
    }

    fn alg_is_enabled(&mut self) {
        let enabled = &self.workspace.token_endpoint_auth_signing_alg_values;
        if let Some(alg) = self.client.token_endpoint_auth_signing_alg.filter(|alg| !enabled.contains(alg)) {
            self.refuse("/token_endpoint_auth_signing_alg", format!("{alg} is not enabled in this workspace"));
        }
    }
}
