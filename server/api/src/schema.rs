//! Schemas of types that live in `cardea-protocol`, which knows nothing of OpenAPI. These are only ever described, never
//! made; the tests compare them with the real types, so that the document cannot fall behind.

mod client_metadata;
mod workspace_settings;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use client_metadata::{ClientMetadata, TokenTtls};
pub use workspace_settings::WorkspaceSettings;

/// Whether something is switched on.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It works.
    Active,
    /// It is kept, but refused.
    Inactive,
}

/// A role of an administrator.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, in every tenant; only in tenant `system`.
    PlatformAdmin,
    /// Everything in one tenant.
    TenantAdmin,
    /// Reads everything in one tenant.
    TenantAuditor,
    /// Everything in one workspace.
    WorkspaceAdmin,
    /// The clients of one workspace and their secrets.
    WorkspaceManager,
    /// Reads everything in one workspace.
    WorkspaceAuditor,
}

/// A client authentication method of the token endpoint.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the standards' own")]
pub enum AuthMethod {
    ClientSecretBasic,
    ClientSecretPost,
    ClientSecretJwt,
    PrivateKeyJwt,
    TlsClientAuth,
    SelfSignedTlsClientAuth,
    None,
}

/// The `aud` a client assertion must have: `issuer` (RFC 10070), `issuer_string` (FAPI 2.0) or `legacy` (RFC 7523 §3).
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssertionAudience {
    /// The issuer alone, as a string or an array of one.
    Issuer,
    /// The issuer as a bare string.
    IssuerString,
    /// The issuer, the token endpoint or its mTLS alias; arrays may hold others.
    Legacy,
}

/// A postal address (OIDC Core §5.1.1).
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Address {
    /// All of it, with line breaks, as on an envelope.
    pub formatted: Option<String>,
    /// Street, number, box; with line breaks.
    pub street_address: Option<String>,
    /// The town.
    pub locality: Option<String>,
    /// The state or province.
    pub region: Option<String>,
    /// The postal code.
    pub postal_code: Option<String>,
    /// The country.
    pub country: Option<String>,
}

/// One refused member of a body, or parameter of a query.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Violation {
    /// Where in the body (RFC 6901); for a query, `/` and the parameter's name.
    pub pointer: String,
    /// A stable name of the rule.
    pub code: String,
    /// The rule in words.
    pub message: String,
}

#[cfg(test)]
mod tests;
