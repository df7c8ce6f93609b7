//! The platform keeps an administrator who can sign in: without one, nobody could ever appoint another.
//!
//! Whatever could take the last one away locks the workspace `system/admin` first, does its work, and then asks
//! whether somebody stays: two removals at once wait for each other, and the second sees what the first has done.

use cardea_protocol::{AuthMethod, ClientId, GrantType, Role, TenantId, Timestamp, WorkspaceId, WorkspaceSettings};
use cardea_store::{AdministratorRecord, ListQuery, Principal, SecretRecord, Tx};

use super::pools::pool_of;
use crate::app::App;
use crate::http::problem::Refusal;

/// Administrators read at once.
const PAGE: u64 = 200;

/// Watches one change. Its candidates are known before the transaction begins; who was appointed since counts as absent,
/// which only ever refuses what can be asked again.
pub(super) struct Watch {
    candidates: Vec<AdministratorRecord>,
    now: Timestamp,
    /// Those of `system/admin`, once it is locked and somebody can sign in there.
    settings: Option<WorkspaceSettings>,
}

impl Watch {
    /// Begins to watch a change in this workspace; nothing is watched where no platform administrator can be.
    ///
    /// # Errors
    /// When the store is down.
    pub(super) async fn over(app: &App, tenant_id: &TenantId, id: &WorkspaceId) -> Result<Self, Refusal> {
        let mut watch = Self { candidates: Vec::new(), now: app.clock.now(), settings: None };
        if *tenant_id != TenantId::system() || *id != WorkspaceId::admin() {
            return Ok(watch);
        }
        let mut query = ListQuery { limit: PAGE, ..ListQuery::default() };
        loop {
            let page = app.store.list_administrators(tenant_id, &query).await?;
            watch.candidates.extend(page.items.into_iter().filter(|one| one.role == Role::PlatformAdmin));
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(watch),
            }
        }
    }

    /// Makes everybody else wait who could take an administrator away. Comes first of all in the transaction.
    ///
    /// # Errors
    /// When the store is down.
    pub(super) async fn lock(&mut self, tx: &Tx) -> Result<(), Refusal> {
        if !self.candidates.is_empty() {
            let workspace = tx.lock_workspace(&TenantId::system(), &WorkspaceId::admin()).await?;
            let settings = workspace.ok_or(Refusal::NotFound)?.settings;
            // Where nobody can sign in there is nobody to lose, and whoever repairs that must not be stopped.
            self.settings = self.somebody(tx, &settings, None).await?.then_some(settings);
        }
        Ok(())
    }

    /// Refuses a change, made in this transaction, after which nobody could sign in; `but` is not relied on.
    ///
    /// # Errors
    /// [`Refusal::protected`].
    pub(super) async fn stays(&self, tx: &Tx, but: Option<&ClientId>) -> Result<(), Refusal> {
        match &self.settings {
            Some(settings) => self.stays_under(tx, settings, but).await,
            None => Ok(()),
        }
    }

    /// As [`Watch::stays`], when the change is one of the settings of `system/admin`.
    ///
    /// # Errors
    /// [`Refusal::protected`].
    pub(super) async fn stays_with(&self, tx: &Tx, settings: &WorkspaceSettings) -> Result<(), Refusal> {
        if self.settings.is_some() { self.stays_under(tx, settings, None).await } else { Ok(()) }
    }

    async fn stays_under(&self, tx: &Tx, settings: &WorkspaceSettings, but: Option<&ClientId>) -> Result<(), Refusal> {
        if self.somebody(tx, settings, but).await? {
            return Ok(());
        }
        Err(Refusal::protected("this would leave no platform administrator who can sign in; appoint another one first"))
    }

    async fn somebody(&self, tx: &Tx, settings: &WorkspaceSettings, but: Option<&ClientId>) -> Result<bool, Refusal> {
        for candidate in &self.candidates {
            let held = tx.roles_of(&TenantId::system(), &candidate.principal).await?;
            if !held.iter().any(|held| held.role == Role::PlatformAdmin) {
                continue;
            }
            let can_sign_in = match &candidate.principal {
                Principal::Client(client_id) if but == Some(client_id) => false,
                Principal::Client(client_id) => self.client_can(tx, settings, client_id).await?,
                Principal::User(id) => user_can(tx, settings, id).await?,
            };
            if can_sign_in {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn client_can(&self, tx: &Tx, settings: &WorkspaceSettings, client_id: &ClientId) -> Result<bool, Refusal> {
        let system = TenantId::system();
        let scoped = tx.scoped(&system, &WorkspaceId::admin());
        let Some(client) = scoped.find_client(client_id).await? else { return Ok(false) };
        let method = client.metadata.token_endpoint_auth_method;
        let may = client.metadata.status.is_active()
            && settings.token_endpoint_auth_methods.contains(method)
            && settings.grant_types.contains(&GrantType::ClientCredentials)
            && client.metadata.grant_types.contains(&GrantType::ClientCredentials);
        if !may {
            return Ok(false);
        }
        match method {
            AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost | AuthMethod::ClientSecretJwt => {
                let secrets = scoped.secrets_of(client_id).await?;
                Ok(secrets.iter().any(|secret| is_live(secret, self.now)))
            }
            AuthMethod::PrivateKeyJwt => Ok(true),
            // No listener asks for certificates, and who proves nothing gets no token for itself.
            AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth | AuthMethod::None => Ok(false),
        }
    }
}

/// Whether somebody administers the platform by signing in. Locks the workspace `system/admin`, and comes first of all in the
/// transaction.
///
/// # Errors
/// When the store is down.
pub(crate) async fn person_administers(tx: &Tx) -> Result<bool, Refusal> {
    let system = TenantId::system();
    let workspace = tx.lock_workspace(&system, &WorkspaceId::admin()).await?.ok_or(Refusal::NotFound)?;
    for id in tx.users_with_role(&system, Role::PlatformAdmin).await? {
        if user_can(tx, &workspace.settings, &id).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a user can sign in, for all that is known of them.
async fn user_can(tx: &Tx, settings: &WorkspaceSettings, id: &str) -> Result<bool, Refusal> {
    let user = tx.pool(&TenantId::system(), pool_of(settings)).find_user(id).await?;
    let may = user.is_some_and(|user| user.status.is_active() && user.password.is_some());
    Ok(may && settings.grant_types.contains(&GrantType::AuthorizationCode))
}

/// Whether a secret still works.
pub(super) fn is_live(secret: &SecretRecord, now: Timestamp) -> bool {
    secret.expires_at.is_none_or(|at| at > now)
}
