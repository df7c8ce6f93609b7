//! Signing keys of a workspace: made here, sealed under the master key, held ready to sign in a [`ring::KeyRing`].

pub mod generate;
pub mod lifecycle;
pub mod ring;
pub mod signer;

pub use generate::generate;
pub use ring::KeyRing;
pub use signer::Signer;

use cardea_protocol::{TenantId, WorkspaceId};

use crate::vault::{self, VaultError};

/// Why a key could not be made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The cryptographic library refused.
    #[error("the key cannot be used: {0}")]
    Crypto(&'static str),
    /// The private key does not open under the master key.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Where the private key `kid` is sealed for.
fn place(tenant: &TenantId, workspace: &WorkspaceId, kid: &str) -> String {
    vault::place(tenant, workspace, "signing-key", kid)
}
