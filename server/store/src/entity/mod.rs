//! The tables as sea-orm sees them, one file each. Nothing here leaves the crate: records are the store's language.
#![expect(unreachable_pub, reason = "what sea-orm derives is public")]
#![allow(missing_docs, reason = "what sea-orm derives is undocumented")]
#![allow(clippy::allow_attributes, reason = "whether the derive trips a lint differs between compilers")]

pub(crate) mod administrators;
pub(crate) mod audit_events;
pub(crate) mod authorization_codes;
pub(crate) mod change_counter;
pub(crate) mod changes;
pub(crate) mod client_secrets;
pub(crate) mod clients;
pub(crate) mod consents;
pub(crate) mod device_codes;
pub(crate) mod families;
pub(crate) mod initial_access_tokens;
pub(crate) mod logout_deliveries;
pub(crate) mod opaque_tokens;
pub(crate) mod pushed_requests;
pub(crate) mod registration_tokens;
pub(crate) mod replays;
pub(crate) mod revoked_tokens;
pub(crate) mod scopes;
pub(crate) mod services;
pub(crate) mod sessions;
pub(crate) mod setup_links;
pub(crate) mod signing_keys;
pub(crate) mod statistics;
pub(crate) mod tenants;
pub(crate) mod trusted_cas;
pub(crate) mod user_links;
pub(crate) mod user_pools;
pub(crate) mod users;
pub(crate) mod workspaces;
