//! Everything that a request may need, built once and passed to every handler.

use std::sync::Arc;
use std::time::Duration;

use cardea_protocol::{ClientId, PublicUrl, TenantId, WorkspaceId};
use cardea_store::audit::AuditLog;
use cardea_store::{Store, StoreError, Tx};
use tokio::sync::{Mutex, Notify, Semaphore};

use crate::authorization::device;
use crate::cache::Cache;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::forgotten_password;
use crate::freshness::Freshness;
use crate::mail::Mail;
use crate::outbound::Outbound;
use crate::outbound::jwks::JwksCache;
use crate::passwords::Passwords;
use crate::throttle::Throttle;
use crate::vault::{Vault, VaultError};
use crate::workspace::{self, Client, Workspace};

/// Octets that remembered workspaces may take.
const WORKSPACES: u64 = 48 << 20;
/// Octets that remembered clients may take.
const CLIENTS: u64 = 48 << 20;

/// The parts of a running server.
pub struct App {
    /// The settings it was started with.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The audit log.
    pub audit: AuditLog,
    /// Sealing under the master key.
    pub vault: Arc<Vault>,
    /// Slow hashes.
    pub passwords: Passwords,
    /// Counters of failed authentications.
    pub throttle: Throttle,
    /// Counters of the device codes of public clients.
    pub device_codes: Throttle,
    /// Counters of links for a new password that people asked for themselves.
    pub forgotten: Throttle,
    /// The way to people's mailboxes, where there is one.
    pub mail: Option<Mail>,
    /// The one way out.
    pub outbound: Arc<Outbound>,
    /// Woken when clients are to hear that a session has ended.
    pub logouts: Notify,
    /// Keys that clients publish at a `jwks_uri`.
    pub jwks: JwksCache,
    /// Held while RSA keys are made.
    pub making_rsa: Semaphore,
    /// Held while a workspace gets its first keys for an algorithm.
    pub making_first_keys: Mutex<()>,
    /// Whether the caches may be believed.
    pub freshness: Freshness,
    workspaces: Cache<Workspace>,
    clients: Cache<Client>,
}

/// Why an [`App`] could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The master key is missing or malformed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The outbound HTTP client could not be set up.
    #[error("outbound requests: {0}")]
    Outbound(String),
    /// The way to the mail server could not be set up.
    #[error("mail: {0}")]
    Mail(String),
}

/// An error that many callers of one load can share.
type Shared = Arc<Failure>;

impl App {
    /// Puts the parts together over an open store.
    ///
    /// # Errors
    /// When the master key or the outbound settings are unusable.
    pub fn new(config: Config, store: Store, clock: Clock) -> Result<Self, BuildError> {
        let vault = Arc::new(Vault::open(config.master_key.as_ref(), &config.data_dir)?);
        let outbound = Arc::new(Outbound::new(&config.outbound).map_err(BuildError::Outbound)?);
        let ca_file = config.outbound.ca_file.as_deref();
        let mail = config.smtp.as_ref().map(|smtp| Mail::new(smtp, &config.public_url, ca_file)).transpose();
        Ok(Self {
            mail: mail.map_err(BuildError::Mail)?,
            forgotten: Throttle::over(forgotten_password::LINKS, forgotten_password::PERIOD),
            audit: AuditLog::start(store.clone()),
            vault,
            passwords: Passwords::default(),
            throttle: Throttle::new(config.limits.failures_per_minute),
            device_codes: Throttle::over(
                config.limits.device_codes_per_source,
                Duration::from_secs(device::LIFETIME.into()),
            ),
            jwks: JwksCache::new(outbound.clone()),
            outbound,
            logouts: Notify::new(),
            making_rsa: Semaphore::new(1),
            making_first_keys: Mutex::new(()),
            freshness: Freshness::default(),
            workspaces: Cache::new(WORKSPACES),
            clients: Cache::new(CLIENTS),
            config,
            store,
            clock,
        })
    }

    /// Where the outside reaches this server.
    pub fn public_url(&self) -> &PublicUrl {
        &self.config.public_url
    }

    /// The workspace `{tid}/{aid}`; `None` when there is none that is active.
    ///
    /// # Errors
    /// When it is not at hand and the store is down.
    pub async fn workspace(&self, tenant: &str, id: &str) -> Result<Option<Arc<Workspace>>, Shared> {
        let mut key = String::with_capacity(tenant.len() + id.len() + 1);
        key.extend([tenant, "/", id]);
        if self.freshness.is_fresh()
            && let Some(found) = self.workspaces.find(&key).await
        {
            return Ok(found);
        }
        let (Ok(tenant), Ok(id)) = (TenantId::parse(tenant), WorkspaceId::parse(id)) else { return Ok(None) };
        let load = async || {
            Workspace::load(&self.store, &self.vault, &self.clock, &self.config, &tenant, &id).await.map_err(Arc::new)
        };
        if !self.freshness.is_fresh() {
            return Ok(load().await?.map(Arc::new));
        }
        self.workspaces.find_or_load(&key, load).await
    }

    /// The client `id` of `workspace`, active or not.
    ///
    /// # Errors
    /// When it is not at hand and the store is down.
    pub async fn client(&self, workspace: &Workspace, id: &str) -> Result<Option<Arc<Client>>, Shared> {
        let Ok(client_id) = ClientId::parse(id) else { return Ok(None) };
        let mut key = String::with_capacity(workspace.key.len() + id.len() + 1);
        key.extend([workspace.key.as_str(), "/", id]);
        let scoped = workspace.scoped(&self.store);
        let load = async || {
            Client::load(&scoped, &client_id, workspace.incarnation, self.public_url())
                .await
                .map_err(|error| Arc::new(Failure::from(error)))
        };
        if !self.freshness.is_fresh() {
            return Ok(load().await?.map(Arc::new));
        }
        let found = self.clients.find_or_load(&key, &load).await?;
        if found.as_ref().is_some_and(|client| client.incarnation != workspace.incarnation) {
            // The workspace was deleted and made anew since.
            self.clients.invalidate(&key).await;
            return self.clients.find_or_load(&key, load).await;
        }
        Ok(found)
    }

    /// Commits a change, and forgets here at once what it changed; other nodes follow within a second.
    ///
    /// # Errors
    /// When the store is down; nothing is changed then.
    pub async fn commit(&self, tx: Tx) -> Result<(), StoreError> {
        for change in tx.commit().await? {
            self.forget(&change.tenant_id, change.workspace_id.as_ref(), change.client_id.as_ref()).await;
        }
        Ok(())
    }

    /// Drops a client, a workspace or (seldom enough to drop all) a tenant from the caches.
    pub async fn forget(&self, tenant: &TenantId, workspace: Option<&WorkspaceId>, client: Option<&ClientId>) {
        let Some(workspace) = workspace else { return self.workspaces.clear() };
        let key = workspace::key(tenant, workspace);
        match client {
            Some(client) => self.clients.invalidate(&format!("{key}/{client}")).await,
            None => self.workspaces.invalidate(&key).await,
        }
    }

    /// Drops everything from the caches.
    pub fn forget_all(&self) {
        self.workspaces.clear();
        self.clients.clear();
    }
}
