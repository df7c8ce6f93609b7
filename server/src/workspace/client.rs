//! A client as a request sees it: what it registered, its secrets, and its keys held ready.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use cardea_protocol::{ClientId, ClientMetadata, PublicUrl, Timestamp};
use cardea_store::Scoped;
use cardea_store::secrets::{SecretRecord, SecretVerifier};
use sha2::{Digest as _, Sha256};

use crate::cache::Weigh;
use crate::certificates::RegisteredSubject;
use crate::outbound::jwks::KeySet;
use crate::registration::built_in;

/// A registered application.
pub struct Client {
    /// Its identifier in the workspace.
    pub id: ClientId,
    /// What it registered (RFC 7591 §2).
    pub metadata: ClientMetadata,
    /// Its secrets, unexpired ones and expired ones.
    pub secrets: Vec<Arc<StoredSecret>>,
    /// The keys of `jwks`, ready to verify with.
    pub keys: Option<Arc<KeySet>>,
    /// The name that its certificate must bear, where it registered one.
    pub tls_subject: Option<RegisteredSubject>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When its last authentication was noted.
    pub noted: Noted,
    /// Whether it is Cardea's own: nobody is asked to agree to what it may have.
    pub is_built_in: bool,
    /// The workspace that it was read from ([`super::Workspace::incarnation`]).
    pub incarnation: i64,
}

/// A secret as stored.
pub struct StoredSecret {
    /// Its id.
    pub id: String,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
    /// How it is checked.
    pub verifier: SecretVerifier,
    /// When its last use was noted.
    pub noted: Noted,
}

/// When something was last noted, so that it is not noted all the time.
#[derive(Default)]
pub struct Noted(AtomicI64);

impl Noted {
    /// Whether it is time again, at most once a second; whoever hears so does it.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let last = self.0.load(Ordering::Relaxed);
        let due = (now.as_millis() - last).abs() >= 1_000;
        due && self.0.compare_exchange(last, now.as_millis(), Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

impl StoredSecret {
    fn new(record: SecretRecord) -> Self {
        Self { id: record.id, expires_at: record.expires_at, verifier: record.verifier, noted: Noted::default() }
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

impl Weigh for Client {
    fn weight(&self) -> u32 {
        let metadata = &self.metadata;
        let uris = metadata.redirect_uris.iter().chain(&metadata.post_logout_redirect_uris).map(String::len);
        let octets = uris.sum::<usize>() + metadata.scope.as_str().len() + self.secrets.len() * 300;
        let keys = self.keys.as_ref().map_or(0, |keys| keys.weight());
        1_500 + keys + u32::try_from(octets).unwrap_or(u32::MAX / 4)
    }
}

impl Client {
    /// Reads a client of the workspace whose incarnation is given; `url` is where the world reaches this server.
    ///
    /// # Errors
    /// When the store is down.
    pub async fn load(
        scoped: &Scoped,
        id: &ClientId,
        incarnation: i64,
        url: &PublicUrl,
    ) -> Result<Option<Self>, cardea_store::StoreError> {
        let Some(record) = scoped.find_client(id).await? else { return Ok(None) };
        let secrets =
            scoped.secrets_of(id).await?.into_iter().map(|record| Arc::new(StoredSecret::new(record))).collect();
        let mut metadata = built_in::metadata(scoped.workspace_id(), id, record.metadata, url);
        // Kept as keys, not as text.
        let keys = metadata.jwks.take().map(|jwks| Arc::new(KeySet::registered(&jwks)));
        let tls_subject = RegisteredSubject::of(&metadata);
        let created_at = record.created_at;
        Ok(Some(Self {
            id: record.client_id,
            metadata,
            secrets,
            keys,
            tls_subject,
            created_at,
            noted: Noted::default(),
            is_built_in: built_in::is_built_in(scoped.workspace_id(), id),
            incarnation,
        }))
    }

    /// Its name, for people.
    pub fn name(&self) -> &str {
        self.metadata.client_name.as_deref().unwrap_or(self.id.as_str())
    }

    /// Whether an administrator has left it switched on.
    pub fn is_active(&self) -> bool {
        self.metadata.status.is_active()
    }
}
