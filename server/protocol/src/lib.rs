//! Words and rules of the standards.

pub mod algorithm;
pub mod assertion;
pub mod auth_method;
pub mod basic;
pub mod client_metadata;
mod encoding;
pub mod grant_type;
pub mod id;
pub mod issuer;
pub mod params;
pub mod reason;
pub mod redirect_uri;
pub mod role;
pub mod scope;
pub mod secret;
pub mod status;
pub mod strict_json;
pub mod time;
pub mod violation;
mod words;
pub mod workspace_settings;

pub use algorithm::SigningAlg;
pub use assertion::AssertionAudience;
pub use auth_method::{AuthMethod, AuthMethods};
pub use client_metadata::{ApplicationType, ClientMetadata, TokenTtls};
pub use grant_type::{GrantType, ResponseType};
pub use id::{ClientId, InvalidId, TenantId, WorkspaceId};
pub use issuer::{InvalidPublicUrl, Issuer, PublicUrl};
pub use reason::Reason;
pub use role::Role;
pub use scope::{InvalidScope, Scope};
pub use secret::Secret;
pub use status::Status;
pub use time::{InvalidTimestamp, Timestamp};
pub use violation::Violation;
pub use workspace_settings::{AccessTokenFormat, Profile, RequirePkce, WorkspaceSettings};
