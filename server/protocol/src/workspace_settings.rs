//! What an administrator decides for a workspace: which methods, grants and formats it serves, and for how long things live.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    algorithm::SigningAlg,
    assertion::AssertionAudience,
    auth_method::{AuthMethod, AuthMethods},
    grant_type::GrantType,
    words::words,
};

mod appearance;
mod console;
mod rules;
#[cfg(test)]
mod tests;

pub(crate) use rules::{REFRESH_TOKEN_TTL, TOKEN_TTL};

words! {
    /// A set of rules a workspace keeps as a whole.
    pub enum Profile {
        /// Ours: RFC 9700, and each policy by itself.
        Default = "default",
        /// FAPI 2.0 Security Profile §5.3.2.
        Fapi2 = "fapi_2",
    }
}

words! {
    /// Which clients must use PKCE (RFC 7636).
    pub enum RequirePkce {
        /// All.
        Always = "always",
        /// Those without a credential.
        PublicClients = "public_clients",
    }
}

impl RequirePkce {
    /// Whether a client that authenticates so must use PKCE; a public one always (RFC 9700 §2.1.1).
    #[must_use]
    pub fn applies_to(self, method: AuthMethod) -> bool {
        self == Self::Always || method == AuthMethod::None
    }
}

words! {
    /// What an access token is made of.
    pub enum AccessTokenFormat {
        /// A signed JWT (RFC 9068).
        Jwt = "jwt",
        /// A random handle, read by introspection (RFC 7662).
        Opaque = "opaque",
    }
}

words! {
    /// Whether clients register themselves (RFC 7591 §1.2, §3); nobody does without having been let in.
    pub enum Registration {
        /// Nobody does.
        Off = "off",
        /// Whoever holds an initial access token.
        InitialAccessToken = "initial_access_token",
    }
}

impl Registration {
    /// Whether there is a registration endpoint.
    #[must_use]
    pub const fn is_on(self) -> bool {
        matches!(self, Self::InitialAccessToken)
    }
}

/// The policy of a workspace. All durations are whole seconds.
///
/// A member that is absent from JSON has the default of the profile that is named beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WorkspaceSettings {
    /// The rules it keeps as a whole.
    pub profile: Profile,
    /// The client authentication methods that are enabled.
    pub token_endpoint_auth_methods: AuthMethods,
    /// What client assertions may be signed with (RFC 8414 §2).
    pub token_endpoint_auth_signing_alg_values: Vec<SigningAlg>,
    /// What a client assertion must name as its audience; a client may override it.
    pub client_assertion_audience: AssertionAudience,
    /// The grants that are enabled.
    pub grant_types: Vec<GrantType>,
    /// Who must use PKCE.
    pub require_pkce: RequirePkce,
    /// Whether authorization requests must be pushed (RFC 9126 §5).
    pub require_pushed_authorization_requests: bool,
    /// What access tokens are made of.
    pub access_token_format: AccessTokenFormat,
    /// What access tokens are signed with.
    pub access_token_signing_alg: SigningAlg,
    /// How long an access token lives.
    pub access_token_ttl: u32,
    /// How long an ID token lives.
    pub id_token_ttl: u32,
    /// How long a refresh token lives.
    pub refresh_token_ttl: u32,
    /// How long an authorization code lives.
    pub authorization_code_ttl: u32,
    /// How long a pushed authorization request lives.
    pub pushed_authorization_request_ttl: u32,
    /// Whether clients register themselves.
    pub registration: Registration,
    /// The pool of the people who sign in here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_pool_id: Option<String>,
    /// The colour of its pages: `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent_color: Option<String>,
    /// The picture on its pages, on https.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
}

impl WorkspaceSettings {
    /// The members by their names on the wire.
    pub const MEMBERS: &'static [&'static str] = &[
        "profile",
        "token_endpoint_auth_methods",
        "token_endpoint_auth_signing_alg_values",
        "client_assertion_audience",
        "grant_types",
        "require_pkce",
        "require_pushed_authorization_requests",
        "access_token_format",
        "access_token_signing_alg",
        "access_token_ttl",
        "id_token_ttl",
        "refresh_token_ttl",
        "authorization_code_ttl",
        "pushed_authorization_request_ttl",
        "registration",
        "user_pool_id",
        "accent_color",
        "logo_uri",
    ];

    /// The defaults of a profile.
    #[must_use]
    pub fn for_profile(profile: Profile) -> Self {
        let default = Self {
            profile,
            token_endpoint_auth_methods: AuthMethods::all(),
            token_endpoint_auth_signing_alg_values: SigningAlg::ALL.to_vec(),
            client_assertion_audience: AssertionAudience::Issuer,
            grant_types: GrantType::ALL.to_vec(),
            require_pkce: RequirePkce::Always,
            require_pushed_authorization_requests: false,
            access_token_format: AccessTokenFormat::Jwt,
            access_token_signing_alg: SigningAlg::ES256,
            access_token_ttl: 3600,
            id_token_ttl: 3600,
            refresh_token_ttl: 2_592_000,
            authorization_code_ttl: 60,
            pushed_authorization_request_ttl: 60,
            registration: Registration::Off,
            user_pool_id: None,
            accent_color: None,
            logo_uri: None,
        };
        match profile {
            Profile::Default => default,
            Profile::Fapi2 => Self {
                token_endpoint_auth_methods: Self::FAPI_2_METHODS.into_iter().collect(),
                token_endpoint_auth_signing_alg_values: SigningAlg::FAPI_2.to_vec(),
                client_assertion_audience: AssertionAudience::IssuerString,
                grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken, GrantType::ClientCredentials],
                require_pushed_authorization_requests: true,
                ..default
            },
        }
    }

    /// FAPI 2.0 Security Profile §5.3.2.1 (6).
    pub const FAPI_2_METHODS: [AuthMethod; 3] =
        [AuthMethod::PrivateKeyJwt, AuthMethod::TlsClientAuth, AuthMethod::SelfSignedTlsClientAuth];
}

impl Default for WorkspaceSettings {
    fn default() -> Self {
        Self::for_profile(Profile::Default)
    }
}

/// The members as they may come: each may be absent.
#[derive(Deserialize)]
struct Given {
    profile: Option<Profile>,
    token_endpoint_auth_methods: Option<AuthMethods>,
    token_endpoint_auth_signing_alg_values: Option<Vec<SigningAlg>>,
    client_assertion_audience: Option<AssertionAudience>,
    grant_types: Option<Vec<GrantType>>,
    require_pkce: Option<RequirePkce>,
    require_pushed_authorization_requests: Option<bool>,
    access_token_format: Option<AccessTokenFormat>,
    access_token_signing_alg: Option<SigningAlg>,
    access_token_ttl: Option<u32>,
    id_token_ttl: Option<u32>,
    refresh_token_ttl: Option<u32>,
    authorization_code_ttl: Option<u32>,
    pushed_authorization_request_ttl: Option<u32>,
    registration: Option<Registration>,
    user_pool_id: Option<String>,
    accent_color: Option<String>,
    logo_uri: Option<String>,
}

impl<'de> Deserialize<'de> for WorkspaceSettings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Given::deserialize(deserializer)?;
        let mut settings = Self::for_profile(given.profile.unwrap_or(Profile::Default));
        macro_rules! take {
            ($($member:ident)+) => { $( if let Some(value) = given.$member { settings.$member = value; } )+ };
        }
        take!(
            token_endpoint_auth_methods token_endpoint_auth_signing_alg_values client_assertion_audience grant_types
            require_pkce require_pushed_authorization_requests access_token_format access_token_signing_alg
            access_token_ttl id_token_ttl refresh_token_ttl authorization_code_ttl pushed_authorization_request_ttl
            registration
        );
        settings.user_pool_id = given.user_pool_id;
        settings.accent_color = given.accent_color;
        settings.logo_uri = given.logo_uri;
        Ok(settings)
    }
}
