//! The first start: the tenants and workspaces that are always there, and the machine client for automation.

use cardea_api::tenant::{NewTenant, TenantSettings};
use cardea_api::workspace::{NewWorkspace, WorkspaceDetails};
use cardea_protocol::{
    AuthMethod, ClientMetadata, GrantType, Role, Secret, Status, TenantId, WorkspaceId, WorkspaceSettings,
};
use cardea_store::secrets::SecretVerifier;
use cardea_store::{AdministratorRecord, NewAuditEvent, Outcome, Principal, WorkspaceRecord};

use crate::admin::clients::credential::{self, Purpose};
use crate::admin::clients::{self, NewClient};
use crate::admin::{tenants, workspaces};
use crate::app::App;
use crate::config::BootstrapClient;
use crate::failure::Failure;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::random;

/// Makes what is missing; running it again changes nothing.
///
/// # Errors
/// When the store is down, or the configured client cannot be registered.
pub async fn run(app: &App) -> Result<(), Refusal> {
    // The platform's own tenant comes last: while it is missing, the first start is not over.
    if app.store.find_tenant(&TenantId::system()).await?.is_none() {
        tenant(app, TenantId::default_tenant(), "Default").await?;
        default_workspace(app).await?;
        tenant(app, TenantId::system(), "Cardea").await?;
    }
    match &app.config.bootstrap.client {
        Some(client) => machine_client(app, client).await,
        None => Ok(()),
    }
}

async fn tenant(app: &App, id: TenantId, name: &str) -> Result<(), Refusal> {
    let settings = TenantSettings { name: Some(name.to_owned()), status: Status::Active };
    let made = tenants::create(app, &Author::system(), NewTenant { id: Some(id), settings }).await;
    unless_there(made)
}

async fn default_workspace(app: &App) -> Result<(), Refusal> {
    let details = WorkspaceDetails { name: Some("Default".to_owned()), ..WorkspaceDetails::default() };
    let new =
        NewWorkspace { id: Some(WorkspaceId::default_workspace()), details, settings: WorkspaceSettings::default() };
    unless_there(workspaces::create(app, &Author::system(), &TenantId::default_tenant(), new).await)
}

/// Another node that starts at the same time may have been faster.
fn unless_there<T>(made: Result<T, Refusal>) -> Result<(), Refusal> {
    match made {
        Ok(_) | Err(Refusal::Conflict { .. }) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}

async fn machine_client(app: &App, configured: &BootstrapClient) -> Result<(), Refusal> {
    let scoped = app.store.scoped(&TenantId::system(), &WorkspaceId::admin());
    let workspace = scoped.workspace().await?.ok_or(Refusal::NotFound)?;
    if scoped.find_client(&configured.client_id).await?.is_none() {
        let metadata = ClientMetadata {
            client_name: Some("Bootstrap".to_owned()),
            token_endpoint_auth_method: AuthMethod::ClientSecretBasic,
            grant_types: vec![GrantType::ClientCredentials],
            ..ClientMetadata::default()
        };
        let client_secret = Some(copy(&configured.client_secret));
        let new = NewClient { client_id: Some(configured.client_id.clone()), client_secret, metadata };
        unless_there(clients::create(app, &Author::system(), &workspace, new).await)?;
    } else if !knows(app, configured).await? {
        replace_secret(app, &workspace, configured).await?;
    }
    grant_platform(app, configured).await
}

/// Whether the configured secret is one of the client's.
async fn knows(app: &App, configured: &BootstrapClient) -> Result<bool, Refusal> {
    let scoped = app.store.scoped(&TenantId::system(), &WorkspaceId::admin());
    for secret in scoped.secrets_of(&configured.client_id).await? {
        if let SecretVerifier::Argon2id(phc) = &secret.verifier
            && app.passwords.verify(&configured.client_secret, phc).await.map_err(Failure::from)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Another secret is configured than at the last start: it takes the place of all others.
async fn replace_secret(app: &App, workspace: &WorkspaceRecord, configured: &BootstrapClient) -> Result<(), Refusal> {
    let (tenant_id, id) = (&workspace.tenant_id, &workspace.id);
    let client_id = &configured.client_id;
    let Some(client) = app.store.scoped(tenant_id, id).find_client(client_id).await? else { return Ok(()) };
    let purpose = Purpose { workspace, client_id, metadata: &client.metadata };
    let given = Some(copy(&configured.client_secret));
    let secret = credential::make(app, purpose, "bootstrap".to_owned(), None, given).await?;
    let now = app.clock.now();
    let mut tx = app.store.begin(now).await?;
    let rows = tx.scoped(tenant_id, id);
    rows.delete_secrets(client_id).await?;
    let _ = rows.insert_secret(&secret.record).await?;
    let event = NewAuditEvent {
        actor: Some(Author::system().actor),
        client_id: Some(client_id.to_string()),
        ..NewAuditEvent::new(tenant_id, id, now, "client.secret_created", Outcome::Success)
    };
    tx.record(event).await?;
    tx.changed(tenant_id, id, Some(client_id));
    Ok(app.commit(tx).await?)
}

async fn grant_platform(app: &App, configured: &BootstrapClient) -> Result<(), Refusal> {
    let administrator = AdministratorRecord {
        id: random::id(),
        tenant_id: TenantId::system(),
        principal: Principal::Client(configured.client_id.clone()),
        role: Role::PlatformAdmin,
        workspace_id: None,
        created_at: app.clock.now(),
    };
    let tx = app.store.begin(app.clock.now()).await?;
    // Whether it was there before makes no difference.
    let _ = tx.insert_administrator(&administrator).await?;
    Ok(app.commit(tx).await?)
}

fn copy(secret: &Secret) -> Secret {
    Secret::new(secret.expose().to_owned())
}
