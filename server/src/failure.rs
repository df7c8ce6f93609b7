//! What can break inside, as opposed to what a request does wrong: it becomes a 5xx at the edge, and is logged there.

use cardea_store::StoreError;

use crate::keys::KeyError;
use crate::passwords::Saturated;
use crate::vault::VaultError;

/// Something broke, or is overloaded; the request may be right.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database did not answer as it should.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A signing key could not be made or used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A sealed secret could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Too many slow hashes at once.
    #[error(transparent)]
    Saturated(#[from] Saturated),
}

impl Failure {
    /// Whether trying again in a moment may help: storage is away, or the server is busy.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_unavailable(),
            Self::Saturated(_) => true,
            Self::Key(_) | Self::Vault(_) => false,
        }
    }

    /// Whether what was to be written would belong to something that was deleted since the request began.
    pub fn is_parent_missing(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_parent_missing())
    }
}
