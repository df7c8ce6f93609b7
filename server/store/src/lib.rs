//! All that touches the database. Records are plain structs; every question about something in a workspace is asked
//! through a [`Scoped`] (reading) or a [`ScopedTx`] (writing), which cannot see past that workspace; every question about the
//! people of a user pool through a [`PoolScoped`] or a [`PoolTx`].
//!
//! - [`Store`] (`connect.rs`): the only file that knows SQLite from PostgreSQL. Reads are on it and on [`Scoped`].
//! - [`Tx`] (`transaction.rs`): what writes; records audit events and changes together with what they tell of.
//! - [`AuditLog`]: events of the token path, written behind in batches.
//! - [`page`]: keyset lists. One file a record: tenants, workspaces, clients, secrets, services, keys,
//!   trusted authorities, replays, revocations, opaque tokens, administrators, audit, changes; of people: user pools, users,
//!   sessions, one-time links. `expired.rs` clears away.

pub mod administrators;
pub mod audit;
pub mod changes;
pub mod clients;
mod connect;
mod deadline;
mod entity;
mod error;
mod expired;
mod insertion;
pub mod keys;
mod locks;
pub mod opaque_tokens;
pub mod page;
mod pool_scope;
mod replays;
mod revocations;
mod rows;
mod scope;
pub mod secrets;
pub mod services;
mod serving;
pub mod sessions;
pub mod tenants;
mod transaction;
pub mod trusted_cas;
pub mod user_links;
pub mod user_pools;
pub mod users;
pub mod workspaces;

pub use administrators::{AdministratorRecord, Principal};
pub use audit::{AuditEvent, AuditFilter, AuditLog, Detail, NewAuditEvent, Outcome};

pub use changes::Change;
pub use clients::{ClientFilter, ClientRecord, ImpactedClient};
pub use connect::{ConnectOptions, Store};
pub use error::{InsertOutcome, StoreError};
pub use keys::{KeyRecord, KeyState};
pub use opaque_tokens::OpaqueTokenRecord;
pub use page::{Cursor, CursorValue, ListQuery, Page, Sort};
pub use pool_scope::{PoolScoped, PoolTx};
pub use scope::Scoped;
pub use secrets::{SecretRecord, SecretVerifier};
pub use services::{ScopeRecord, ServiceOutcome, ServiceRecord};
pub use serving::ServingClaim;
pub use sessions::SessionRecord;
pub use tenants::TenantRecord;
pub use transaction::{ScopedTx, Tx};
pub use trusted_cas::TrustedCaRecord;
pub use user_links::UserLinkRecord;
pub use user_pools::{DEFAULT_POOL, UserPoolRecord};
pub use users::{PasswordHash, UserOutcome, UserRecord};
pub use workspaces::WorkspaceRecord;
