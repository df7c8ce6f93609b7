//! The words and rules of the standards, and nothing else: no input or output, no clock, no chance. What happens is decided by the
//! caller; what is right, here. Compiles to wasm32, so the console checks a form by the same rules as the server.
//!
//! | standard | file |
//! |---|---|
//! | RFC 6749 §2.3.1 over RFC 7617, Basic credentials | [`basic`] |
//! | RFC 6749 §3.1, §3.2 and App. B, parameters | [`params`] |
//! | RFC 6749 §4.1.1, OIDC Core §3.1.2.1, RFC 8707, RFC 9126, authorization requests | [`authorization_request`] |
//! | RFC 6749 §4.1.2, RFC 9207, OAuth 2.0 Form Post Response Mode, authorization responses | [`authorization_response`] |
//! | RFC 6749 §3.1.1, §4, §6; RFC 8628 §3.4, grants and response types | [`grant_type`] |
//! | RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1, URIs of clients | [`redirect_uri`] |
//! | RFC 6749 §3.3, scopes | [`scope`] |
//! | RFC 6749 §5.1, token responses | [`response`] |
//! | RFC 6749 §5.2 and its extensions, errors | [`error`] |
//! | RFC 6749 §6, RFC 9700 §4.14, refresh tokens | [`refresh`] |
//! | RFC 6901, where a rule is broken | [`violation`] |
//! | RFC 7493, JSON without duplicates | [`strict_json`] |
//! | RFC 7515 §7.1, RFC 8725, signed JWTs | [`jws`] |
//! | RFC 7517, RFC 7518 §6, RFC 7638, RFC 8037, public keys | [`jwk`] |
//! | RFC 7518 §3, RFC 8037, RFC 9864, signature algorithms | [`algorithm`] |
//! | RFC 7521, RFC 7523, RFC 10070, OIDC Core §9, client assertions | [`assertion`] |
//! | RFC 7591 §2, RFC 8705 §2, client authentication methods | [`auth_method`] |
//! | RFC 7591, OIDC Registration, RFC 8705 §2.1.2, clients | [`client_metadata`] |
//! | RFC 7636, PKCE | [`pkce`] |
//! | RFC 7662, RFC 9068, access tokens and introspection; OIDC Core §2, §5, OIDC Back-Channel Logout §2.4, claims about people | [`claims`] |
//! | RFC 8414, OIDC Discovery, metadata of a workspace | [`metadata`] |
//! | RFC 8414 §2, issuers | [`issuer`] |
//! | RFC 8628, devices | [`device`] |
//! | RFC 9101, request objects | [`request_object`] |
//! | OIDC Core §8, subjects | [`subject`] |
//! | RFC 8265, NIST SP 800-63B, names and passwords of people | [`user`], [`password`] |
//! | FAPI 2.0 Security Profile, policy of a workspace | [`workspace_settings`] |
//! | RFC 4514, RFC 4518, RFC 5280 §7.1, names | [`distinguished_name`] |
//! | RFC 5280 §4.2.1.6, alternative names | [`subject_alternative_name`] |
//! | RFC 7468, PEM | [`pem`] |
//! | RFC 9440, nginx, Envoy, certificates from a proxy | [`client_certificate_header`] |
//! | X.690, DER | [`der`] |
//! | RFC 3339, moments | [`time`] |
//! | our own words | [`id`], [`reason`], [`rejection`], [`role`], [`secret`], [`status`] |

pub mod algorithm;
pub mod assertion;
pub mod auth_method;
pub mod authorization_request;
pub mod authorization_response;
pub mod basic;
pub mod claims;
pub mod client_certificate_header;
pub mod client_metadata;
pub mod der;
pub mod device;
pub mod distinguished_name;
mod encoding;
pub mod error;
pub mod grant_type;
pub mod id;
pub mod issuer;
pub mod jwk;
pub mod jws;
pub mod metadata;
pub mod params;
pub mod password;
pub mod pem;
pub mod pkce;
pub mod reason;
pub mod redirect_uri;
pub mod refresh;
pub mod rejection;
pub mod request_object;
pub mod response;
pub mod role;
pub mod scope;
pub mod secret;
pub mod status;
pub mod strict_json;
pub mod subject;
pub mod subject_alternative_name;
pub mod time;
pub mod user;
pub mod violation;
mod words;
pub mod workspace_settings;

pub use algorithm::SigningAlg;
pub use assertion::{AcceptedAssertion, AssertionAudience, ExpectedAssertion, UnverifiedAssertion};
pub use auth_method::{AuthMethod, AuthMethods};
pub use authorization_request::{AuthorizationRequest, ReturnTo};
pub use authorization_response::AuthorizationResponse;
pub use basic::{BasicCredentials, MalformedBasic};
pub use claims::{
    AccessTokenClaims, Audience, ClaimsRequest, Confirmation, IdTokenClaims, IdTokenHint, Introspection,
    LogoutTokenClaims, StandardClaim, UserClaims, UserinfoClaims,
};
pub use client_certificate_header::{ClientCertHeader, MalformedClientCert, PresentedChain};
pub use client_metadata::{ApplicationType, ClientMetadata, TokenTtls};
pub use device::UserCode;
pub use distinguished_name::{DistinguishedName, InvalidName};
pub use error::{Error, ErrorCode};
pub use grant_type::{GrantType, ResponseType};
pub use id::{ClientId, InvalidId, TenantId, UserPoolId, WorkspaceId};
pub use issuer::{InvalidPublicUrl, Issuer, PublicUrl};
pub use jwk::{Jwk, JwkError, JwkSet, PublicKey};
pub use jws::UnverifiedJws;
pub use metadata::{MtlsEndpointAliases, ServerMetadata};
pub use params::{MalformedParams, Params};
pub use password::{PasswordPolicy, RefusedPassword};
pub use pkce::{CodeChallenge, CodeVerifier};
pub use reason::Reason;
pub use redirect_uri::{InvalidUri, RedirectUri};
pub use refresh::RefreshTokenRotation;
pub use rejection::{Compared, Rejection};
pub use request_object::UnverifiedRequestObject;
pub use response::{TokenResponse, TokenType};
pub use role::Role;
pub use scope::{InvalidScope, Scope};
pub use secret::Secret;
pub use status::Status;
pub use subject::{SectorIdentifier, SubjectType};
pub use subject_alternative_name::SubjectAlternativeName;
pub use time::{InvalidTimestamp, Timestamp};
pub use user::{Email, LoginKey, Username};
pub use violation::Violation;
pub use workspace_settings::{AccessTokenFormat, Profile, Registration, RequirePkce, WorkspaceSettings};
