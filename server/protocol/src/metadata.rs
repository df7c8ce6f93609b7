//! What a workspace publishes about itself: RFC 8414 §2, OIDC Discovery §3, RFC 8705 §5, RFC 9126 §5, RFC 9207 §3. It names no more
//! than what the workspace enables and this version serves.

use serde::Serialize;

use crate::{
    algorithm::SigningAlg,
    auth_method::{AuthMethod, AuthMethods},
    grant_type::{GrantType, ResponseType},
    issuer::Issuer,
    workspace_settings::WorkspaceSettings,
};

mod openid;

pub use openid::OpenIdMetadata;

/// The metadata document. An endpoint that is `None` is not served, and nothing is said of it.
#[derive(Clone, Debug, Serialize)]
pub struct ServerMetadata {
    /// The issuer identifier.
    pub issuer: Issuer,
    /// RFC 6749 §3.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_endpoint: Option<String>,
    /// RFC 6749 §3.2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint: Option<String>,
    /// RFC 7517 §5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jwks_uri: Option<String>,
    /// OIDC Core §5.3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<String>,
    /// RFC 7591 §3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_endpoint: Option<String>,
    /// RFC 7662 §2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint: Option<String>,
    /// RFC 7009 §2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<String>,
    /// RFC 9126 §2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_authorization_request_endpoint: Option<String>,
    /// RFC 8628 §3.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_authorization_endpoint: Option<String>,
    /// OIDC RP-Initiated Logout §2.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_session_endpoint: Option<String>,
    /// The scopes of its services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes_supported: Option<Vec<String>>,
    /// Required by RFC 8414; empty while there is no authorization endpoint.
    pub response_types_supported: Vec<ResponseType>,
    /// The grants that are enabled.
    pub grant_types_supported: Vec<GrantType>,
    /// OIDC Core §8.
    pub subject_types_supported: Vec<&'static str>,
    /// What it signs ID tokens with.
    pub id_token_signing_alg_values_supported: Vec<SigningAlg>,
    /// The enabled client authentication methods.
    pub token_endpoint_auth_methods_supported: AuthMethods,
    /// What client assertions may be signed with; there if and only if a method that signs is enabled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub token_endpoint_auth_signing_alg_values_supported: Vec<SigningAlg>,
    /// The same at the introspection endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint_auth_methods_supported: Option<AuthMethods>,
    /// The same at the introspection endpoint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub introspection_endpoint_auth_signing_alg_values_supported: Vec<SigningAlg>,
    /// The same at the revocation endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint_auth_methods_supported: Option<AuthMethods>,
    /// The same at the revocation endpoint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revocation_endpoint_auth_signing_alg_values_supported: Vec<SigningAlg>,
    /// RFC 7636 §4.2; there once there is an authorization endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_challenge_methods_supported: Option<Vec<&'static str>>,
    /// RFC 9207 §3; there once there is an authorization endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_response_iss_parameter_supported: Option<bool>,
    /// RFC 9126 §5; there once there is an endpoint to push to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_pushed_authorization_requests: Option<bool>,
    /// OIDC Discovery §3: its default is `true`, and we fetch none.
    pub request_uri_parameter_supported: bool,
    /// What OpenID Connect and its neighbours add.
    #[serde(flatten)]
    pub openid: OpenIdMetadata,
    /// RFC 8705 §3.3; there once there is an mTLS listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_client_certificate_bound_access_tokens: Option<bool>,
    /// RFC 8705 §5; there once there is an mTLS listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mtls_endpoint_aliases: Option<MtlsEndpointAliases>,
}

/// Where the endpoints ask for a client certificate (RFC 8705 §5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MtlsEndpointAliases {
    /// The token endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint: Option<String>,
    /// The introspection endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint: Option<String>,
    /// The revocation endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<String>,
    /// The pushed authorization request endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_authorization_request_endpoint: Option<String>,
    /// The device authorization endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_authorization_endpoint: Option<String>,
    /// The userinfo endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<String>,
    /// The client registration endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_endpoint: Option<String>,
}

impl ServerMetadata {
    /// What follows from the policy of a workspace; it serves no endpoint yet.
    #[must_use]
    pub fn of(issuer: Issuer, settings: &WorkspaceSettings) -> Self {
        Self {
            issuer,
            authorization_endpoint: None,
            token_endpoint: None,
            jwks_uri: None,
            userinfo_endpoint: None,
            registration_endpoint: None,
            introspection_endpoint: None,
            revocation_endpoint: None,
            pushed_authorization_request_endpoint: None,
            device_authorization_endpoint: None,
            end_session_endpoint: None,
            scopes_supported: None,
            response_types_supported: Vec::new(),
            grant_types_supported: settings.grant_types.clone(),
            subject_types_supported: vec!["public"],
            id_token_signing_alg_values_supported: vec![settings.access_token_signing_alg],
            token_endpoint_auth_methods_supported: settings.token_endpoint_auth_methods,
            token_endpoint_auth_signing_alg_values_supported: assertion_algs(settings),
            introspection_endpoint_auth_methods_supported: None,
            introspection_endpoint_auth_signing_alg_values_supported: Vec::new(),
            revocation_endpoint_auth_methods_supported: None,
            revocation_endpoint_auth_signing_alg_values_supported: Vec::new(),
            code_challenge_methods_supported: None,
            authorization_response_iss_parameter_supported: None,
            require_pushed_authorization_requests: None,
            request_uri_parameter_supported: false,
            openid: OpenIdMetadata::default(),
            tls_client_certificate_bound_access_tokens: None,
            mtls_endpoint_aliases: None,
        }
    }

    /// Names the introspection endpoint; clients authenticate there as at the token endpoint, except that a name alone is
    /// no authentication (RFC 7662 §2.1).
    #[must_use]
    pub fn with_introspection(mut self, url: String) -> Self {
        self.introspection_endpoint = Some(url);
        let mut methods = self.token_endpoint_auth_methods_supported;
        methods.remove(AuthMethod::None);
        self.introspection_endpoint_auth_methods_supported = Some(methods);
        self.introspection_endpoint_auth_signing_alg_values_supported =
            self.token_endpoint_auth_signing_alg_values_supported.clone();
        self
    }

    /// Names the revocation endpoint; clients authenticate there as at the token endpoint.
    #[must_use]
    pub fn with_revocation(mut self, url: String) -> Self {
        self.revocation_endpoint = Some(url);
        self.revocation_endpoint_auth_methods_supported = Some(self.token_endpoint_auth_methods_supported);
        self.revocation_endpoint_auth_signing_alg_values_supported =
            self.token_endpoint_auth_signing_alg_values_supported.clone();
        self
    }
}

/// The algorithms of the policy that an enabled method can use.
fn assertion_algs(settings: &WorkspaceSettings) -> Vec<SigningAlg> {
    let usable = |alg: &SigningAlg| {
        let method = if alg.is_hmac() { AuthMethod::ClientSecretJwt } else { AuthMethod::PrivateKeyJwt };
        settings.token_endpoint_auth_methods.contains(method)
    };
    settings.token_endpoint_auth_signing_alg_values.iter().copied().filter(usable).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        id::{TenantId, WorkspaceId},
        issuer::PublicUrl,
    };

    fn document(settings: &WorkspaceSettings) -> Value {
        let public = PublicUrl::parse("https://id.example").unwrap();
        let issuer = Issuer::new(&public, &TenantId::default_tenant(), &WorkspaceId::default_workspace());
        let metadata = ServerMetadata::of(issuer.clone(), settings)
            .with_introspection(issuer.url("/oauth2/introspect"))
            .with_revocation(issuer.url("/oauth2/revoke"));
        serde_json::to_value(metadata).unwrap()
    }

    #[test]
    fn what_is_not_served_is_not_named() {
        let document = document(&WorkspaceSettings::default());
        assert_eq!(document["issuer"], "https://id.example/default/default");
        assert_eq!(document["introspection_endpoint"], "https://id.example/default/default/oauth2/introspect");
        assert_eq!(document["grant_types_supported"], json!(GrantType::ALL));
        assert_eq!(document["response_types_supported"], json!([]));
        for absent in ["authorization_endpoint", "token_endpoint", "mtls_endpoint_aliases", "scopes_supported"] {
            assert!(document.get(absent).is_none(), "{absent}");
        }
        assert!(!document.as_object().unwrap().values().any(Value::is_null));
    }

    #[test]
    fn the_methods_are_mirrored_at_each_endpoint() {
        let settings = WorkspaceSettings {
            token_endpoint_auth_methods: [AuthMethod::PrivateKeyJwt, AuthMethod::None].into_iter().collect(),
            ..WorkspaceSettings::default()
        };
        for (endpoint, methods) in [
            ("token", json!(["private_key_jwt", "none"])),
            ("introspection", json!(["private_key_jwt"])),
            ("revocation", json!(["private_key_jwt", "none"])),
        ] {
            let document = document(&settings);
            assert_eq!(document[format!("{endpoint}_endpoint_auth_methods_supported")], methods);
            let algs = &document[format!("{endpoint}_endpoint_auth_signing_alg_values_supported")];
            assert_eq!(*algs, json!(SigningAlg::CLIENT_ASSERTION_ASYMMETRIC));
        }
    }

    #[test]
    fn algorithms_are_named_when_and_only_when_a_method_uses_them() {
        let mut settings = WorkspaceSettings::default();
        for (methods, algs) in [
            (vec![AuthMethod::ClientSecretBasic], None),
            (vec![AuthMethod::ClientSecretJwt], Some(json!(SigningAlg::CLIENT_ASSERTION_HMAC))),
            (vec![AuthMethod::ClientSecretJwt, AuthMethod::PrivateKeyJwt], Some(json!(SigningAlg::ALL))),
        ] {
            settings.token_endpoint_auth_methods = methods.into_iter().collect();
            assert_eq!(document(&settings).get("token_endpoint_auth_signing_alg_values_supported"), algs.as_ref());
        }
    }
}
