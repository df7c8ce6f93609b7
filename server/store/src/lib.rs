//! All that touches the database. Records are plain structs; every question about something in a workspace is asked
//! through a [`Scoped`] (reading) or a [`ScopedTx`] (writing), which cannot see past that workspace; every question about the
//! people of a user pool through a [`PoolScoped`] or a [`PoolTx`].
//!
//! - [`Store`] (`connect.rs`): the only file that knows SQLite from PostgreSQL. Reads are on it and on [`Scoped`].
//! - [`Tx`] (`transaction.rs`): what writes; records audit events and changes together with what they tell of.
//! - [`AuditLog`]: events of the token path, written behind in batches.
//! - [`page`]: keyset lists. One file a record: tenants, workspaces, clients, secrets, services, keys,
//!   trusted authorities, replays, revocations, opaque tokens, administrators, audit, statistics, changes; of people: user pools, users,
//!   sessions, one-time links; of what they grant: codes, device codes,
//!   pushed requests, families, consents; of clients that register themselves: initial access tokens, registration tokens. `expired.rs` clears away.
//! - `group.rs`: what waits to be written at the same time is committed together.

pub mod administrators;
pub mod audit;
pub mod changes;
pub mod clients;
pub mod codes;
mod conditional;
mod connect;
pub mod consents;
mod deadline;
pub mod device_codes;
mod entity;
mod error;
mod expired;
pub mod families;
mod group;
pub mod initial_access_tokens;
mod insertion;
pub mod keys;
mod locks;
pub mod logout_deliveries;
mod names;
pub mod opaque_tokens;
pub mod page;
mod pool_scope;
pub mod pushed_requests;
pub mod registration_tokens;
mod replays;
mod revocations;
mod rows;
mod scope;
pub mod secrets;
pub mod services;
mod serving;
pub mod sessions;
pub mod setup_links;
pub mod statistics;
pub mod tenants;
mod transaction;
pub mod trusted_cas;
pub mod user_links;
pub mod user_pools;
pub mod users;
pub mod workspaces;

pub use administrators::{AdministratorRecord, Principal};
pub use audit::{AuditEvent, AuditFilter, AuditLog, Detail, NewAuditEvent, Outcome, TokenUse};

pub use changes::Change;
pub use clients::{ActiveClient, ClientFilter, ClientRecord, MethodInUse};
pub use codes::{CodeRecord, Redemption};
pub use connect::{ConnectOptions, Store};
pub use consents::{ConsentFilter, ConsentRecord};
pub use device_codes::{DeviceApproval, DeviceCodeRecord, DevicePoll};
pub use error::{InsertOutcome, StoreError};
pub use families::{ConcernedClient, FamilyRecord};
pub use initial_access_tokens::InitialAccessTokenRecord;
pub use keys::{KeyRecord, KeyState};
pub use logout_deliveries::LogoutDelivery;
pub use opaque_tokens::OpaqueTokenRecord;
pub use page::{Cursor, CursorValue, ListQuery, Page, Sort};
pub use pool_scope::{PoolScoped, PoolTx};
pub use pushed_requests::PushedRequestRecord;
pub use scope::Scoped;
pub use secrets::{SecretRecord, SecretVerifier};
pub use services::{ScopeRecord, ServiceOutcome, ServiceRecord};
pub use serving::ServingClaim;
pub use sessions::SessionRecord;
pub use setup_links::SetupLinkRecord;
pub use tenants::TenantRecord;
pub use transaction::{ScopedTx, Tx};
pub use trusted_cas::TrustedCaRecord;
pub use user_links::UserLinkRecord;
pub use user_pools::{DEFAULT_POOL, UserPoolRecord};
pub use users::{PasswordHash, UserOutcome, UserRecord};
pub use workspaces::WorkspaceRecord;
