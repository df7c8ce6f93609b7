//! What tests fill a database with.

use cardea_protocol::{
    AuthMethod, ClientId, ClientMetadata, Profile, SigningAlg, Status, TenantId, Timestamp, WorkspaceId,
    WorkspaceSettings,
};
use cardea_store::{
    ClientRecord, KeyRecord, KeyState, ScopeRecord, SecretRecord, SecretVerifier, ServiceRecord, Store, TenantRecord,
    TrustedCaRecord, WorkspaceRecord,
};

pub(crate) mod grants;
pub(crate) mod people;

/// The moment at which tests happen, moved by milliseconds.
pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(1_769_860_800_000 + millis)
}

pub(crate) fn tenant_id(id: &str) -> TenantId {
    TenantId::parse(id).unwrap()
}

pub(crate) fn workspace_id(id: &str) -> WorkspaceId {
    WorkspaceId::parse(id).unwrap()
}

pub(crate) fn client_id(id: &str) -> ClientId {
    ClientId::parse(id).unwrap()
}

pub(crate) fn tenant(id: &str) -> TenantRecord {
    TenantRecord {
        id: tenant_id(id),
        name: format!("Tenant {id}"),
        status: Status::Active,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn workspace(tenant: &str, id: &str) -> WorkspaceRecord {
    WorkspaceRecord {
        tenant_id: tenant_id(tenant),
        id: workspace_id(id),
        name: format!("Workspace {id}"),
        description: String::new(),
        status: Status::Active,
        settings: WorkspaceSettings::for_profile(Profile::Default),
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn client(id: &str) -> ClientRecord {
    ClientRecord {
        client_id: client_id(id),
        metadata: ClientMetadata { client_name: Some(format!("Client {id}")), ..ClientMetadata::default() }
            .with_defaults(),
        version: 1,
        created_at: at(0),
        updated_at: at(0),
        last_authenticated_at: None,
    }
}

pub(crate) fn client_with(id: &str, method: AuthMethod) -> ClientRecord {
    let mut client = client(id);
    client.metadata.token_endpoint_auth_method = method;
    client
}

pub(crate) fn secret(client: &str, id: &str) -> SecretRecord {
    SecretRecord {
        id: id.to_owned(),
        client_id: client_id(client),
        name: "first".to_owned(),
        verifier: SecretVerifier::Sha256([7; 32]),
        prefix: "ab12".to_owned(),
        created_at: at(0),
        expires_at: None,
        last_used_at: None,
    }
}

pub(crate) fn service(id: &str, audience: &str, scopes: &[&str]) -> ServiceRecord {
    ServiceRecord {
        id: id.to_owned(),
        name: format!("Service {id}"),
        audience: audience.to_owned(),
        introspection_client_ids: vec![client_id("introspector")],
        scopes: scopes
            .iter()
            .map(|name| ScopeRecord {
                name: (*name).to_owned(),
                display_name: String::new(),
                description: String::new(),
            })
            .collect(),
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn key(kid: &str, alg: SigningAlg, state: KeyState) -> KeyRecord {
    KeyRecord {
        kid: kid.to_owned(),
        alg,
        state,
        public_jwk: serde_json::json!({ "kid": kid, "kty": "EC" }),
        sealed_private: vec![0, 1, 255],
        created_at: at(0),
    }
}

pub(crate) fn trusted_ca(id: &str) -> TrustedCaRecord {
    TrustedCaRecord {
        id: id.to_owned(),
        name: format!("CA {id}"),
        certificate: vec![0x30, 0, 255],
        revocation_list: None,
        version: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// Makes a tenant with some workspaces.
pub(crate) async fn fill(store: &Store, tenant_id: &str, workspaces: &[&str]) {
    let tx = store.begin(at(0)).await.unwrap();
    assert!(tx.insert_tenant(&tenant(tenant_id)).await.unwrap().is_inserted());
    for id in workspaces {
        assert!(tx.insert_workspace(&workspace(tenant_id, id)).await.unwrap().is_inserted());
    }
    tx.commit().await.unwrap();
}

/// Registers clients in a workspace.
pub(crate) async fn register(store: &Store, tenant: &str, workspace: &str, clients: &[ClientRecord]) {
    let tx = store.begin(at(0)).await.unwrap();
    for client in clients {
        let scoped = tx.scoped(&tenant_id(tenant), &workspace_id(workspace));
        assert!(scoped.insert_client(client).await.unwrap().is_inserted());
    }
    tx.commit().await.unwrap();
}
