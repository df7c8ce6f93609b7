//! The rules between the members of a workspace's policy; `fapi_2` adds those of FAPI 2.0 Security Profile §5.3.2 and §5.4.1.

use std::ops::RangeInclusive;

use super::{Profile, RequirePkce, WorkspaceSettings};
use crate::{
    algorithm::SigningAlg,
    assertion::AssertionAudience,
    auth_method::AuthMethod,
    violation::{Violation, repeated},
};

/// Seconds an access token or an ID token may live.
pub(crate) const TOKEN_TTL: RangeInclusive<u32> = 10..=86_400;
/// Seconds a refresh token may live.
pub(crate) const REFRESH_TOKEN_TTL: RangeInclusive<u32> = 60..=31_536_000;
/// Seconds a code or a pushed request may live (RFC 6749 §4.1.2, RFC 9126 §2.2).
const REDEEM_TTL: RangeInclusive<u32> = 5..=600;

const REQUIRED: &str = "required";
const OUT_OF_RANGE: &str = "out_of_range";
const NOT_ALLOWED: &str = "not_allowed";
const DUPLICATE: &str = "duplicate";

impl WorkspaceSettings {
    /// Checks every rule.
    ///
    /// # Errors
    /// All the rules that are broken, each with the member that breaks it.
    pub fn validate(&self) -> Result<(), Vec<Violation>> {
        let mut broken = Vec::new();
        self.methods(&mut broken);
        self.grants(&mut broken);
        self.lifetimes(&mut broken);
        self.appearance(&mut broken);
        if !SigningAlg::ACCESS_TOKEN.contains(&self.access_token_signing_alg) {
            broken.push(Violation::new(
                "/access_token_signing_alg",
                NOT_ALLOWED,
                "one of ES256, RS256, PS256, ES384, EdDSA",
            ));
        }
        if self.profile == Profile::Fapi2 {
            self.fapi_2(&mut broken);
        }
        if broken.is_empty() { Ok(()) } else { Err(broken) }
    }

    fn methods(&self, broken: &mut Vec<Violation>) {
        if self.token_endpoint_auth_methods.is_empty() {
            broken.push(Violation::new("/token_endpoint_auth_methods", REQUIRED, "at least one method stays enabled"));
        }
        let algs = &self.token_endpoint_auth_signing_alg_values;
        duplicates("/token_endpoint_auth_signing_alg_values", algs, broken);
        for (method, hmac, kind) in
            [(AuthMethod::PrivateKeyJwt, false, "asymmetric"), (AuthMethod::ClientSecretJwt, true, "HMAC")]
        {
            if self.token_endpoint_auth_methods.contains(method) && !algs.iter().any(|alg| alg.is_hmac() == hmac) {
                broken.push(Violation::new(
                    "/token_endpoint_auth_signing_alg_values",
                    REQUIRED,
                    format!("{method} is enabled and needs at least one {kind} algorithm"),
                ));
            }
        }
    }

    fn grants(&self, broken: &mut Vec<Violation>) {
        if self.grant_types.is_empty() {
            broken.push(Violation::new("/grant_types", REQUIRED, "at least one grant stays enabled"));
        }
        duplicates("/grant_types", &self.grant_types, broken);
    }

    fn lifetimes(&self, broken: &mut Vec<Violation>) {
        for (pointer, ttl, range) in [
            ("/access_token_ttl", self.access_token_ttl, TOKEN_TTL),
            ("/id_token_ttl", self.id_token_ttl, TOKEN_TTL),
            ("/refresh_token_ttl", self.refresh_token_ttl, REFRESH_TOKEN_TTL),
            ("/authorization_code_ttl", self.authorization_code_ttl, REDEEM_TTL),
            ("/pushed_authorization_request_ttl", self.pushed_authorization_request_ttl, REDEEM_TTL),
        ] {
            if !range.contains(&ttl) {
                broken.push(Violation::new(
                    pointer,
                    OUT_OF_RANGE,
                    format!("between {} and {} seconds", range.start(), range.end()),
                ));
            }
        }
    }

    fn fapi_2(&self, broken: &mut Vec<Violation>) {
        let methods = Self::FAPI_2_METHODS.into_iter().collect();
        if !self.token_endpoint_auth_methods.is_subset_of(methods) {
            broken.push(Violation::new(
                "/token_endpoint_auth_methods",
                NOT_ALLOWED,
                "fapi_2 allows private_key_jwt, tls_client_auth and self_signed_tls_client_auth",
            ));
        }
        for (index, alg) in self.token_endpoint_auth_signing_alg_values.iter().enumerate() {
            if !SigningAlg::FAPI_2.contains(alg) {
                let pointer = format!("/token_endpoint_auth_signing_alg_values/{index}");
                broken.push(Violation::new(pointer, NOT_ALLOWED, "fapi_2 allows PS256, ES256 and EdDSA"));
            }
        }
        for (kept, pointer, message) in [
            (
                SigningAlg::FAPI_2.contains(&self.access_token_signing_alg),
                "/access_token_signing_alg",
                "fapi_2 allows PS256, ES256 and EdDSA",
            ),
            (
                self.client_assertion_audience == AssertionAudience::IssuerString,
                "/client_assertion_audience",
                "fapi_2 demands issuer_string",
            ),
            (self.require_pkce == RequirePkce::Always, "/require_pkce", "fapi_2 demands always"),
            (
                self.require_pushed_authorization_requests,
                "/require_pushed_authorization_requests",
                "fapi_2 demands pushed authorization requests",
            ),
            (self.authorization_code_ttl <= 60, "/authorization_code_ttl", "fapi_2 allows at most 60 seconds"),
            (
                self.pushed_authorization_request_ttl < 600,
                "/pushed_authorization_request_ttl",
                "fapi_2 allows less than 600 seconds",
            ),
        ] {
            if !kept {
                broken.push(Violation::new(pointer, NOT_ALLOWED, message));
            }
        }
    }
}

/// Names every member of a list that stood there before.
fn duplicates<T: PartialEq + std::fmt::Display>(pointer: &str, list: &[T], broken: &mut Vec<Violation>) {
    for (index, item) in repeated(list) {
        broken.push(Violation::new(format!("{pointer}/{index}"), DUPLICATE, format!("{item} is named twice")));
    }
}
