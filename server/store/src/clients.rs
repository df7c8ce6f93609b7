//! Clients: the applications registered in a workspace (RFC 7591).

use cardea_protocol::{AuthMethod, ClientId, ClientMetadata, GrantType, Status, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    InsertOutcome, ListQuery, Page, Scoped, ScopedTx, StoreError,
    entity::{
        administrators,
        clients::{ActiveModel, Column, Entity, Model},
    },
    page::{Keyset, Listed},
    rows,
};

mod impact;

pub use impact::{ActiveClient, MethodInUse};

/// A client.
#[derive(Clone, Debug)]
pub struct ClientRecord {
    /// Its id, unique in the workspace.
    pub client_id: ClientId,
    /// What it is registered with.
    pub metadata: ClientMetadata,
    /// How often it has been changed; what an update must name.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it last proved itself, a few seconds late; none when it never has. Only [`crate::AuditLog`] writes it.
    pub last_authenticated_at: Option<Timestamp>,
}

/// Which clients to list.
#[derive(Clone, Debug, Default)]
pub struct ClientFilter {
    /// Only those with this status.
    pub status: Option<Status>,
    /// Only those that authenticate so.
    pub token_endpoint_auth_method: Option<AuthMethod>,
    /// Only those that may use this grant.
    pub grant_type: Option<GrantType>,
    /// Only those that were there then, and have not authenticated since.
    pub unused_since: Option<Timestamp>,
}

const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::ClientName,
    id: Column::ClientId,
    search: Column::Search,
    status: None,
    last_used: Some(Column::LastAuthenticatedAt),
};

impl Scoped {
    /// The client with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_client(&self, client_id: &ClientId) -> Result<Option<ClientRecord>, StoreError> {
        let rows = self.rows::<Entity>().filter(Column::ClientId.eq(client_id.as_str()));
        rows.one(self.store.reader()).await?.map(ClientRecord::try_from).transpose()
    }

    /// A page of the clients.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_clients(
        &self,
        filter: &ClientFilter,
        query: &ListQuery,
    ) -> Result<Page<ClientRecord>, StoreError> {
        let mut rows = self.rows::<Entity>();
        if let Some(status) = filter.status {
            rows = rows.filter(Column::Status.eq(status.as_str()));
        }
        if let Some(method) = filter.token_endpoint_auth_method {
            rows = rows.filter(Column::TokenEndpointAuthMethod.eq(method.as_str()));
        }
        if let Some(grant_type) = filter.grant_type {
            rows = rows.filter(has_grant_type(grant_type));
        }
        if let Some(since) = filter.unused_since {
            let since = since.as_millis();
            rows = rows.filter(Column::LastAuthenticatedAt.lt(since).and(Column::CreatedAt.lt(since)));
        }
        Page::of(KEYSET.select(rows, query).all(self.store.reader()).await?, query)
    }
}

impl ScopedTx<'_> {
    /// The client with this id, as this transaction sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_client(&self, client_id: &ClientId) -> Result<Option<ClientRecord>, StoreError> {
        let rows = self.scope.rows::<Entity>().filter(Column::ClientId.eq(client_id.as_str()));
        rows.one(self.db).await?.map(ClientRecord::try_from).transpose()
    }

    /// Registers a client.
    ///
    /// # Errors
    /// When the database fails, or the workspace is gone.
    pub async fn insert_client(&self, client: &ClientRecord) -> Result<InsertOutcome, StoreError> {
        let name = client.metadata.client_name.as_deref().unwrap_or_default();
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            client_id: Set(client.client_id.as_str().to_owned()),
            client_name: Set(name.to_owned()),
            status: Set(client.metadata.status.as_str().to_owned()),
            token_endpoint_auth_method: Set(client.metadata.token_endpoint_auth_method.as_str().to_owned()),
            metadata: Set(rows::to_json(&client.metadata)?),
            search: Set(rows::search_text(client.client_id.as_str(), name)),
            version: Set(client.version),
            created_at: Set(client.created_at.as_millis()),
            updated_at: Set(client.updated_at.as_millis()),
            last_authenticated_at: Set(client.last_authenticated_at.map_or(0, Timestamp::as_millis)),
        };
        rows::insert(self.db, row).await
    }

    /// Writes a client if it still has the version of this record, and gives it the next one; answers whether it did.
    /// When it was last used is left alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_client(&self, client: &ClientRecord) -> Result<bool, StoreError> {
        let metadata = &client.metadata;
        let name = metadata.client_name.as_deref().unwrap_or_default();
        let update = self
            .scope
            .update::<Entity>()
            .filter(Column::ClientId.eq(client.client_id.as_str()).and(Column::Version.eq(client.version)))
            .col_expr(Column::ClientName, Expr::value(name))
            .col_expr(Column::Status, Expr::value(metadata.status.as_str()))
            .col_expr(Column::TokenEndpointAuthMethod, Expr::value(metadata.token_endpoint_auth_method.as_str()))
            .col_expr(Column::Metadata, Expr::value(rows::to_json(metadata)?))
            .col_expr(Column::Search, Expr::value(rows::search_text(client.client_id.as_str(), name)))
            .col_expr(Column::Version, Expr::value(client.version + 1))
            .col_expr(Column::UpdatedAt, Expr::value(client.updated_at.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }

    /// Deletes a client, its secrets, its opaque tokens and (in an `admin` workspace) the roles it holds; answers whether
    /// there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_client(&self, client_id: &ClientId) -> Result<bool, StoreError> {
        if self.scope.workspace_id == WorkspaceId::admin() {
            // Whoever registers this id again must not inherit them.
            administrators::Entity::delete_many()
                .filter(administrators::Column::TenantId.eq(self.scope.tenant_id.as_str()))
                .filter(administrators::Column::PrincipalKind.eq(crate::administrators::CLIENT))
                .filter(administrators::Column::PrincipalId.eq(client_id.as_str()))
                .exec(self.db)
                .await?;
        }
        let delete = self.scope.delete::<Entity>().filter(Column::ClientId.eq(client_id.as_str()));
        Ok(delete.exec(self.db).await?.rows_affected == 1)
    }
}

/// Whether the grant is among those that a client is registered for; both databases write the list as JSON text.
fn has_grant_type(grant_type: GrantType) -> Expr {
    let grant_types = Expr::cust("metadata ->> 'grant_types'");
    grant_types.like(format!("%\"{grant_type}\"%"))
}

impl TryFrom<Model> for ClientRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            metadata: rows::from_json("clients.metadata", row.metadata)?,
            version: row.version,
            created_at: Timestamp::from_millis(row.created_at),
            updated_at: Timestamp::from_millis(row.updated_at),
            last_authenticated_at: rows::unless_zero(row.last_authenticated_at),
        })
    }
}

impl Listed for Model {
    fn created_at(&self) -> i64 {
        self.created_at
    }

    fn name(&self) -> &str {
        &self.client_name
    }

    fn id(&self) -> &str {
        &self.client_id
    }

    fn last_used(&self) -> i64 {
        self.last_authenticated_at
    }
}
