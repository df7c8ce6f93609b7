//! A workspace as its administrator and its clients name it.

use cardea_api::client::ClientWithSecret;
use cardea_api::path;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::{ClientId, TenantId, WorkspaceId};
use serde_json::{Value, json};

use crate::admin::Admin;

/// One authorization server.
#[derive(Clone)]
pub struct Workspace {
    /// The tenant it belongs to.
    pub tenant: TenantId,
    /// Its id.
    pub id: WorkspaceId,
    /// Its issuer identifier.
    pub issuer: String,
}

/// The audience of the one service of [`Workspace::with_service`].
pub const AUDIENCE: &str = "https://orders.example/api";

impl Workspace {
    /// A new workspace of the tenant `default`; `settings` is merged into the body.
    pub async fn create(admin: &Admin, settings: Value) -> Self {
        Self::create_in(admin, "default", settings).await
    }

    /// A new workspace of a tenant.
    pub async fn create_in(admin: &Admin, tenant: &str, settings: Value) -> Self {
        let tenant = TenantId::parse(tenant).unwrap();
        let view: WorkspaceView = admin.create(&path::workspaces(&tenant), &settings).await;
        Self { tenant: view.tenant_id, id: view.id, issuer: view.issuer }
    }

    /// A new workspace with a service ([`AUDIENCE`]) that has the scopes `orders.read` and `orders.write`.
    pub async fn with_service(admin: &Admin) -> Self {
        let workspace = Self::create(admin, json!({"name": "Orders"})).await;
        let service = json!({
            "name": "Orders",
            "audience": AUDIENCE,
            "scopes": [{"name": "orders.read"}, {"name": "orders.write"}],
        });
        let _: Value = admin.create(&workspace.path("services"), &service).await;
        workspace
    }

    /// A path of the management API below this workspace.
    #[must_use]
    pub fn path(&self, rest: &str) -> String {
        path::in_workspace(&self.tenant, &self.id, rest)
    }

    /// The path of the workspace itself.
    #[must_use]
    pub fn itself(&self) -> String {
        path::workspace(&self.tenant, &self.id)
    }

    /// The path of a client.
    #[must_use]
    pub fn client(&self, client_id: &str) -> String {
        path::client(&self.tenant, &self.id, &ClientId::parse(client_id).unwrap())
    }

    /// Registers a client.
    pub async fn register(&self, admin: &Admin, metadata: Value) -> ClientWithSecret {
        admin.create(&self.path("clients"), &metadata).await
    }

    /// Says which client authentication methods are enabled.
    pub async fn enable(&self, admin: &Admin, methods: &[&str]) {
        let _: WorkspaceView = admin.patch(&self.itself(), &json!({"token_endpoint_auth_methods": methods})).await;
    }

    /// A URL of this workspace at a node (`http://127.0.0.1:port`).
    #[must_use]
    pub fn at(&self, node: &str, rest: &str) -> String {
        format!("{node}/{}/{}{rest}", self.tenant, self.id)
    }
}
