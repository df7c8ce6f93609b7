//! A client as a request sees it: what it registered, its secrets, and its keys held ready.

use std::sync::Arc;

use cardea_protocol::{ClientId, ClientMetadata, Timestamp};
use cardea_store::secrets::{SecretRecord, SecretVerifier};
use cardea_store::Scoped;
use sha2::{Digest as _, Sha256};

use crate::outbound::jwks::KeySet;

/// A registered application.
pub struct Client {
    /// Its identifier in the workspace.
    pub id: ClientId,
    /// What it registered (RFC 7591 §2).
    pub metadata: ClientMetadata,
    /// Its secrets, unexpired ones and expired ones.
    pub secrets: Vec<StoredSecret>,
    /// The keys of `jwks`, ready to verify with.
    pub keys: Option<Arc<KeySet>>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// The workspace that it was read from ([`super::Workspace::incarnation`]).
    pub incarnation: i64,
}

/// A secret as stored.
pub struct StoredSecret {
    /// Its id.
    pub id: Arc<str>,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
    /// How it is checked.
    pub verifier: SecretVerifier,
}

impl StoredSecret {
    fn new(record: SecretRecord) -> Self {
        Self { id: record.id.into(), expires_at: record.expires_at, verifier: record.verifier }
    }

    /// Whether it has expired at `now`.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}

/// SHA-256 of a presented secret.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

impl Client {
    /// Reads a client of the workspace whose incarnation is given.
    ///
    /// # Errors
    /// When the store is down.
    pub async fn load(
        scoped: &Scoped,
        id: &ClientId,
        incarnation: i64,
    ) -> Result<Option<Self>, cardea_store::StoreError> {
        let Some(record) = scoped.find_client(id).await? else { return Ok(None) };
        let secrets = scoped.secrets_of(id).await?.into_iter().map(StoredSecret::new).collect();
        let keys = record.metadata.jwks.as_ref().map(|jwks| Arc::new(KeySet::registered(jwks)));
        let created_at = record.created_at;
        Ok(Some(Self { id: record.client_id, metadata: record.metadata, secrets, keys, created_at, incarnation }))
    }

    /// Whether an administrator has left it switched on.
    pub fn is_active(&self) -> bool {
        self.metadata.status.is_active()
    }
}
