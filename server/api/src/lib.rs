//! Bodies and paths of Cardea's management API (`/api/v1`), shared by the server that answers and the console that asks.
//!
//! One file a resource. `New…` is what a `POST` takes, `…Settings` what a `PATCH` (RFC 7396) is merged onto, `…View` what
//! every answer shows. No I/O here; the crate compiles to wasm. With the feature `openapi` the types carry their schemas.

pub mod administrator;
pub mod audit_event;
pub mod certificate;
pub mod client;
pub mod consent;
pub mod email_verification;
pub mod expiring;
pub mod impact;
pub mod initial_access_token;
pub mod jwks;
pub mod key;
pub mod me;
pub mod method_usage;
pub mod page;
pub mod password_reset;
pub mod path;
pub mod permission;
pub mod problem;
#[cfg(feature = "openapi")]
pub mod schema;
pub mod secret;
pub mod service;
pub mod session;
pub mod statistics;
pub mod tenant;
pub mod trusted_ca;
pub mod user;
pub mod user_pool;
pub mod workspace;
