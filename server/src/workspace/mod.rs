//! A workspace as a request sees it: settings, keys and services at hand, its place in the store, its clients.

mod authorities;
pub mod client;
pub mod services;

use std::sync::Arc;

use cardea_protocol::{Issuer, Status, TenantId, WorkspaceId, WorkspaceSettings};
use cardea_store::{Scoped, Store};

use crate::cache::Weigh;
use crate::certificates::TrustedAuthorities;
use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::keys::KeyRing;
use crate::vault::Vault;
use services::Services;

pub use client::Client;

/// One authorization server (product words: issuer, keys, services, policy), loaded and ready.
pub struct Workspace {
    /// The tenant that owns it.
    pub tenant_id: TenantId,
    /// Its id within the tenant.
    pub id: WorkspaceId,
    /// `{tid}/{aid}`: how caches and counters name it.
    pub key: String,
    /// Its name, for people.
    pub name: String,
    /// Its issuer identifier (RFC 8414 §2).
    pub issuer: Issuer,
    /// The URL of its token endpoint.
    pub token_endpoint: String,
    /// The same on the mTLS listener (RFC 8705 §5), where there is one.
    pub mtls_token_endpoint: Option<String>,
    /// Its policy.
    pub settings: WorkspaceSettings,
    /// Its keys.
    pub keys: KeyRing,
    /// Who vouches for certificates of its clients (RFC 8705 §2.1).
    pub authorities: Arc<TrustedAuthorities>,
    /// Its protected APIs and their scopes.
    pub services: Services,
    /// Tells this workspace from an earlier one of the same name.
    pub incarnation: i64,
}

/// The name of a workspace in caches and counters.
pub fn key(tenant: &TenantId, workspace: &WorkspaceId) -> String {
    format!("{tenant}/{workspace}")
}

impl Weigh for Workspace {
    fn weight(&self) -> u32 {
        4_000 + self.keys.weight() + self.services.weight() + self.authorities.weight()
    }
}

impl Workspace {
    /// Reads a workspace from the store; `None` when there is none, or it or its tenant is disabled.
    ///
    /// # Errors
    /// When the store is down or a key does not open.
    pub async fn load(
        store: &Store,
        vault: &Vault,
        clock: &Clock,
        config: &Config,
        tenant_id: &TenantId,
        id: &WorkspaceId,
    ) -> Result<Option<Self>, Failure> {
        let Some(tenant) = store.find_tenant(tenant_id).await? else { return Ok(None) };
        let scoped = store.scoped(tenant_id, id);
        let Some(record) = scoped.workspace().await? else { return Ok(None) };
        if tenant.status != Status::Active || record.status != Status::Active {
            return Ok(None);
        }
        let keys = KeyRing::load(vault, tenant_id, id, &scoped.key_ring(clock.now()).await?)?;
        let services = Services::new(scoped.all_services().await?);
        let authorities = Arc::new(authorities::trusted(&key(tenant_id, id), &scoped.all_trusted_cas().await?));
        let issuer = Issuer::new(&config.public_url, tenant_id, id);
        let mtls = config.mtls.published_url().map(|url| Issuer::new(url, tenant_id, id));
        Ok(Some(Self {
            key: key(tenant_id, id),
            token_endpoint: issuer.url("/oauth2/token"),
            mtls_token_endpoint: mtls.map(|base| base.url("/oauth2/token")),
            name: record.name,
            settings: record.settings,
            keys,
            authorities,
            services,
            incarnation: record.created_at.as_millis(),
            tenant_id: tenant_id.clone(),
            id: id.clone(),
            issuer,
        }))
    }

    /// The part of the store that is this workspace's.
    pub fn scoped(&self, store: &Store) -> Scoped {
        store.scoped(&self.tenant_id, &self.id)
    }

    /// The pool of the people who sign in here: the tenant's `default` where none is named.
    pub fn pool_id(&self) -> &str {
        self.settings.user_pool_id.as_deref().unwrap_or("default")
    }

    /// Whether it issues tokens for the management API.
    pub fn is_admin(&self) -> bool {
        self.id == WorkspaceId::admin()
    }
}
