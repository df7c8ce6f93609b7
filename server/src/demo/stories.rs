//! The workspaces of the demonstration and the clients in them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_api::service::{ServiceScope, ServiceSettings};
use cardea_api::tenant::{NewTenant, TenantSettings};
use cardea_api::trusted_ca::NewTrustedCa;
use cardea_api::workspace::{NewWorkspace, WorkspaceDetails};
use cardea_protocol::{
    AccessTokenFormat, ApplicationType, AuthMethod, AuthMethods, ClientId, ClientMetadata, GrantType, Issuer, Profile,
    Scope, SigningAlg, Status, TenantId, WorkspaceId, WorkspaceSettings,
};
use cardea_store::WorkspaceRecord;
use jsonwebtoken::Algorithm;
use serde_json::json;

use super::credentials::ClientFile;
use super::{certificates, person};
use crate::admin::clients::{self, NewClient};
use crate::admin::{services, tenants, trusted_cas, workspaces};
use crate::app::App;
use crate::failure::Failure;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::keys::{KeyError, generate};

/// Makes the tenant with everything in it, and answers what its clients know.
pub(super) async fn fill(app: &App, tenant: &TenantId) -> Result<Vec<ClientFile>, Refusal> {
    let settings = TenantSettings { name: Some("Demonstration".to_owned()), status: Status::Active };
    tenants::create(app, &Author::system(), NewTenant { id: Some(tenant.clone()), settings }).await?;
    let mut files = Vec::new();

    let every = Story { id: "every-method", text: "All seven methods are enabled; one client for each.", tenant };
    let workspace = every.begin(app, WorkspaceSettings::default()).await?;
    for method in AuthMethod::ALL {
        files.push(client(app, &workspace, *method, method.as_str()).await?);
    }

    let strict = Story { id: "keys-only", text: "The fapi_2 profile: no shared secrets at all.", tenant };
    let workspace = strict.begin(app, WorkspaceSettings::for_profile(Profile::Fapi2)).await?;
    files.push(client(app, &workspace, AuthMethod::PrivateKeyJwt, "keys-only").await?);

    let opaque = Story { id: "opaque-tokens", text: "Opaque access tokens, read by introspection.", tenant };
    let settings = WorkspaceSettings { access_token_format: AccessTokenFormat::Opaque, ..WorkspaceSettings::default() };
    let workspace = opaque.begin(app, settings).await?;
    files.push(client(app, &workspace, AuthMethod::ClientSecretPost, "opaque-tokens").await?);

    let closed =
        Story { id: "method-disabled", text: "client_secret_post was switched off; its client is refused.", tenant };
    let workspace = closed.begin(app, WorkspaceSettings::default()).await?;
    files.push(client(app, &workspace, AuthMethod::ClientSecretPost, "method-disabled").await?);
    disable(app, &workspace, AuthMethod::ClientSecretPost).await?;
    Ok(files)
}

struct Story<'a> {
    id: &'a str,
    text: &'a str,
    tenant: &'a TenantId,
}

const AUDIENCE: &str = "https://orders.example.com";

impl Story<'_> {
    /// The workspace, with a service whose scopes its clients may ask for.
    async fn begin(&self, app: &App, settings: WorkspaceSettings) -> Result<WorkspaceRecord, Refusal> {
        let details = WorkspaceDetails {
            name: Some(self.id.replace('-', " ")),
            description: self.text.to_owned(),
            ..WorkspaceDetails::default()
        };
        let id = WorkspaceId::parse(self.id).map_err(|_| Refusal::NotFound)?;
        let new = NewWorkspace { id: Some(id), details, settings };
        let workspace = workspaces::create(app, &Author::system(), self.tenant, new).await?;
        let scope = |name: &str, display_name: &str| ServiceScope {
            name: name.to_owned(),
            display_name: display_name.to_owned(),
            description: String::new(),
        };
        let service = ServiceSettings {
            name: "Orders".to_owned(),
            audience: AUDIENCE.to_owned(),
            scopes: vec![scope("orders.read", "Read orders"), scope("orders.write", "Place orders")],
            introspection_client_ids: Vec::new(),
        };
        services::create(app, &Author::system(), &workspace, service).await?;
        Ok(workspace)
    }
}

/// Registers a client, and answers what it knows.
async fn client(app: &App, workspace: &WorkspaceRecord, method: AuthMethod, name: &str) -> Result<ClientFile, Refusal> {
    let name = name.replace('_', "-");
    let scope = Scope::parse("orders.read orders.write").unwrap_or_default();
    let mut metadata = ClientMetadata {
        client_name: Some(format!("Demo {name}")),
        token_endpoint_auth_method: method,
        grant_types: vec![GrantType::ClientCredentials],
        scope,
        ..ClientMetadata::default()
    };
    let mut private_key = None;
    let mut certificate = None;
    let mut somebody = None;
    let now = app.clock.now();
    match method {
        AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost | AuthMethod::ClientSecretJwt => {}
        AuthMethod::PrivateKeyJwt => {
            let pair = generate::pair(SigningAlg::ES256).map_err(Failure::from)?;
            metadata.jwks = Some(json!({"keys": [pair.public]}));
            private_key = Some(URL_SAFE_NO_PAD.encode(&*pair.pkcs8));
        }
        AuthMethod::TlsClientAuth => {
            let (made, ca) = certificates::signed(&name, now).map_err(|_| failed())?;
            let ca = NewTrustedCa { pem: ca, name: None, crl_pem: None };
            trusted_cas::create(app, &Author::system(), workspace, &ca).await?;
            metadata.tls_client_auth_subject_dn = Some(format!("CN={name},O=Demonstration"));
            certificate = Some(made);
        }
        AuthMethod::SelfSignedTlsClientAuth => {
            let made = certificates::self_signed(&name, now).map_err(|_| failed())?;
            metadata.jwks = made.jwks();
            certificate = Some(made);
        }
        AuthMethod::None => {
            metadata.grant_types = vec![GrantType::AuthorizationCode, GrantType::RefreshToken];
            metadata.redirect_uris = vec![person::REDIRECT_URI.to_owned()];
            metadata.application_type = ApplicationType::Native;
            metadata.scope = Scope::parse(person::SCOPE).unwrap_or_default();
            somebody = Some(person::create(app, &workspace.tenant_id).await?);
        }
    }
    let client_id = ClientId::parse(&name).map_err(|_| Refusal::NotFound)?;
    let new = NewClient { client_id: Some(client_id), client_secret: None, metadata };
    let (client, secret) = clients::create(app, &Author::system(), workspace, new).await?;
    Ok(ClientFile {
        issuer: Issuer::new(app.public_url(), &workspace.tenant_id, &workspace.id).as_str().to_owned(),
        client_id: client.client_id.to_string(),
        token_endpoint_auth_method: method.as_str().to_owned(),
        client_secret: secret.map(|secret| secret.value.expose().to_owned()),
        alg: match method {
            AuthMethod::ClientSecretJwt => Some(Algorithm::HS256),
            AuthMethod::PrivateKeyJwt => Some(Algorithm::ES256),
            _ => None,
        },
        private_key,
        person: somebody,
        certificate,
    })
}

fn failed() -> Refusal {
    Failure::from(KeyError::Crypto("a certificate of the demonstration")).into()
}

async fn disable(app: &App, workspace: &WorkspaceRecord, method: AuthMethod) -> Result<(), Refusal> {
    let left: AuthMethods = AuthMethod::ALL.iter().copied().filter(|other| *other != method).collect();
    let patch = json!({"token_endpoint_auth_methods": left});
    let members = patch.as_object().cloned().unwrap_or_default();
    workspaces::update(app, &Author::system(), &workspace.tenant_id, &workspace.id, members, &Default::default())
        .await?;
    Ok(())
}
