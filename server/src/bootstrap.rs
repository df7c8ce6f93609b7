//! The first start: the tenants and workspaces that are always there, and whoever is configured to administer them.

use cardea_api::tenant::{NewTenant, TenantSettings};
use cardea_api::workspace::{NewWorkspace, WorkspaceDetails};
use cardea_protocol::{
    AuthMethod, ClientMetadata, GrantType, Role, Secret, Status, TenantId, WorkspaceId, WorkspaceSettings,
};
use cardea_store::secrets::SecretVerifier;
use cardea_store::{AdministratorRecord, NewAuditEvent, Outcome, Principal, WorkspaceRecord};
use serde_json::{Map, Value, json};

use crate::admin::clients::credential::{self, Purpose};
use crate::admin::clients::{self, NewClient};
use crate::admin::{administrators, pools, tenants, workspaces};
use crate::app::App;
use crate::config::BootstrapClient;
use crate::failure::Failure;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::random;

mod administrator;

/// How the configured client authenticates.
const METHOD: AuthMethod = AuthMethod::ClientSecretBasic;

/// What only clients of other methods have.
const OF_OTHER_METHODS: [&str; 8] = [
    "token_endpoint_auth_signing_alg",
    "jwks",
    "jwks_uri",
    "tls_client_auth_subject_dn",
    "tls_client_auth_san_dns",
    "tls_client_auth_san_uri",
    "tls_client_auth_san_ip",
    "tls_client_auth_san_email",
];

/// Makes what is missing; running it again changes nothing.
///
/// # Errors
/// When the store is down, or who is configured cannot be let in.
pub async fn run(app: &App) -> Result<(), Refusal> {
    // The platform's own tenant comes last: while it is missing, the first start is not over.
    if app.store.find_tenant(&TenantId::system()).await?.is_none() {
        tenant(app, TenantId::default_tenant(), "Default").await?;
        default_workspace(app).await?;
        tenant(app, TenantId::system(), "Cardea").await?;
    }
    for tenant_id in [TenantId::default_tenant(), TenantId::system()] {
        pools::ensure_default(app, &Author::system(), &tenant_id).await?;
    }
    if let Some(admin) = &app.config.bootstrap.admin {
        administrator::ensure(app, admin).await?;
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
            token_endpoint_auth_method: METHOD,
            grant_types: vec![GrantType::ClientCredentials],
            ..ClientMetadata::default()
        };
        let client_secret = Some(copy(&configured.client_secret));
        let new = NewClient { client_id: Some(configured.client_id.clone()), client_secret, metadata };
        unless_there(clients::create(app, &Author::system(), &workspace, new).await)?;
    }
    grant_platform(app, configured).await?;
    revive(app, configured).await?;
    if !knows(app, configured).await? {
        replace_secret(app, &workspace, configured).await?;
    }
    Ok(())
}

/// The client that is configured gets in, whatever was done to it since: without that, a mistake could lock everybody out.
async fn revive(app: &App, configured: &BootstrapClient) -> Result<(), Refusal> {
    let (tenant_id, id) = (TenantId::system(), WorkspaceId::admin());
    let scoped = app.store.scoped(&tenant_id, &id);
    let workspace = scoped.workspace().await?.ok_or(Refusal::NotFound)?;
    let mut methods = workspace.settings.token_endpoint_auth_methods;
    methods.insert(METHOD);
    let grants = with_client_credentials(&workspace.settings.grant_types);
    if methods != workspace.settings.token_endpoint_auth_methods || grants != workspace.settings.grant_types {
        let patch = members(json!({"token_endpoint_auth_methods": methods, "grant_types": grants}));
        still_starts(workspaces::update(app, &Author::system(), &tenant_id, &id, patch, &IfMatch::absent()).await)?;
    }
    let workspace = scoped.workspace().await?.ok_or(Refusal::NotFound)?;
    let client = scoped.find_client(&configured.client_id).await?.ok_or(Refusal::NotFound)?;
    let grants = with_client_credentials(&client.metadata.grant_types);
    let mut patch = members(json!({"status": Status::Active, "grant_types": grants}));
    if client.metadata.token_endpoint_auth_method != METHOD {
        patch.insert("token_endpoint_auth_method".to_owned(), json!(METHOD));
        patch.extend(OF_OTHER_METHODS.map(|name| (name.to_owned(), Value::Null)));
    }
    let (author, any) = (Author::system(), IfMatch::absent());
    let updated = clients::update(app, &author, &workspace, &configured.client_id, patch, &any).await;
    still_starts(updated)
}

/// A profile that knows no shared secrets keeps the client out: whoever chose it has administrators of another kind, and
/// their server must start.
fn still_starts<T>(updated: Result<T, Refusal>) -> Result<(), Refusal> {
    match updated {
        Err(refusal @ Refusal::Invalid { .. }) => {
            tracing::warn!(%refusal, "the configured client cannot be let into system/admin");
            Ok(())
        }
        other => other.map(drop),
    }
}

fn with_client_credentials(grants: &[GrantType]) -> Vec<GrantType> {
    let missing = (!grants.contains(&GrantType::ClientCredentials)).then_some(GrantType::ClientCredentials);
    grants.iter().copied().chain(missing).collect()
}

fn members(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// Whether the configured secret is one of the client's that still work.
async fn knows(app: &App, configured: &BootstrapClient) -> Result<bool, Refusal> {
    let scoped = app.store.scoped(&TenantId::system(), &WorkspaceId::admin());
    for secret in scoped.secrets_of(&configured.client_id).await? {
        if let SecretVerifier::Argon2id(phc) = &secret.verifier
            && secret.expires_at.is_none_or(|at| at > app.clock.now())
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
    let mut tx = app.store.begin(app.clock.now()).await?;
    if tx.insert_administrator(&administrator).await?.is_inserted() {
        tx.record(administrators::appointed(app, &Author::system(), &administrator)).await?;
        tx.changed(&TenantId::system(), &WorkspaceId::admin(), None);
        app.commit(tx).await?;
    }
    Ok(())
}

fn copy(secret: &Secret) -> Secret {
    Secret::new(secret.expose().to_owned())
}
