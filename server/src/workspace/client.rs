//! A client as a request sees it: what it registered, its secrets, and its keys held ready.

use std::sync::{Arc, OnceLock};

use cardea_protocol::{ClientId, ClientMetadata, Timestamp};
use cardea_store::secrets::{SecretRecord, SecretVerifier};
use cardea_store::Scoped;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

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

/// A secret as stored, and what was learnt of it since.
pub struct StoredSecret {
    /// Its id.
    pub id: Arc<str>,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
    /// How it is checked.
    pub verifier: SecretVerifier,
    /// SHA-256 of a secret that a slow hash has accepted: from then on it costs as little as any other.
    proven: OnceLock<[u8; 32]>,
}

impl StoredSecret {
    fn new(record: SecretRecord) -> Self {
        Self { id: record.id.into(), expires_at: record.expires_at, verifier: record.verifier, proven: OnceLock::new() }
    }

    /// Whether it has expired at `now`.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    /// Whether the secret whose SHA-256 is `hash` is this one, as far as can be told cheaply.
    pub fn matches_fast(&self, hash: &[u8; 32]) -> bool {
        let known = match &self.verifier {
            SecretVerifier::Sha256(stored) => Some(stored),
            SecretVerifier::Argon2id(_) => self.proven.get(),
            SecretVerifier::Sealed(_) => None,
        };
        known.is_some_and(|known| known.ct_eq(hash).into())
    }

    /// Remembers that the slow hash accepted the secret whose SHA-256 is `hash`.
    pub fn proved(&self, hash: [u8; 32]) {
        // Set once: there is one secret behind one hash.
        drop(self.proven.set(hash));
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
