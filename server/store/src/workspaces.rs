//! Workspaces: the authorization servers of a tenant, with their settings.

use cardea_protocol::{Status, TenantId, Timestamp, WorkspaceId, WorkspaceSettings};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::Expr};

use crate::{
    InsertOutcome, ListQuery, Page, Scoped, Store, StoreError, Tx,
    entity::{
        administrators, statistics,
        workspaces::{ActiveModel, Column, Entity, Model},
    },
    page::{Keyset, Listed},
    rows,
    scope::Scope,
};

/// A workspace.
#[derive(Clone, Debug)]
pub struct WorkspaceRecord {
    /// The tenant it belongs to.
    pub tenant_id: TenantId,
    /// Its id, unique in the tenant.
    pub id: WorkspaceId,
    /// Its name, for people.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether it answers.
    pub status: Status,
    /// Its policy.
    pub settings: WorkspaceSettings,
    /// How often it has been changed; what an update must name.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::Name,
    id: Column::Id,
    search: Column::Search,
    status: Some(Column::Status),
    last_used: None,
};

impl Store {
    /// The workspace with these ids.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_workspace(
        &self,
        tenant_id: &TenantId,
        workspace_id: &WorkspaceId,
    ) -> Result<Option<WorkspaceRecord>, StoreError> {
        self.scoped(tenant_id, workspace_id).workspace().await
    }

    /// A page of the workspaces of one tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_workspaces(
        &self,
        tenant_id: &TenantId,
        query: &ListQuery,
    ) -> Result<Page<WorkspaceRecord>, StoreError> {
        let rows = Entity::find().filter(Column::TenantId.eq(tenant_id.as_str()));
        Page::of(KEYSET.select(rows, query).all(self.reader()).await?, query)
    }
}

impl Scoped {
    /// The workspace itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workspace(&self) -> Result<Option<WorkspaceRecord>, StoreError> {
        let row = self.rows::<Entity>().one(self.store.reader()).await?;
        row.map(WorkspaceRecord::try_from).transpose()
    }
}

impl Tx {
    /// Adds a workspace to a tenant.
    ///
    /// # Errors
    /// When the database fails, or the tenant is gone.
    pub async fn insert_workspace(&self, workspace: &WorkspaceRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(workspace.tenant_id.as_str().to_owned()),
            id: Set(workspace.id.as_str().to_owned()),
            name: Set(workspace.name.clone()),
            description: Set(workspace.description.clone()),
            status: Set(workspace.status.as_str().to_owned()),
            settings: Set(rows::to_json(&workspace.settings)?),
            search: Set(rows::search_text(workspace.id.as_str(), &workspace.name)),
            version: Set(workspace.version),
            created_at: Set(workspace.created_at.as_millis()),
            updated_at: Set(workspace.updated_at.as_millis()),
        };
        rows::insert(&self.db, row).await
    }

    /// Writes a workspace if it still has the version of this record, and gives it the next one; answers whether it did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_workspace(&self, workspace: &WorkspaceRecord) -> Result<bool, StoreError> {
        let update = self
            .scoped(&workspace.tenant_id, &workspace.id)
            .scope
            .update::<Entity>()
            .filter(Column::Version.eq(workspace.version))
            .col_expr(Column::Name, Expr::value(workspace.name.as_str()))
            .col_expr(Column::Description, Expr::value(workspace.description.as_str()))
            .col_expr(Column::Status, Expr::value(workspace.status.as_str()))
            .col_expr(Column::Settings, Expr::value(rows::to_json(&workspace.settings)?))
            .col_expr(Column::Search, Expr::value(rows::search_text(workspace.id.as_str(), &workspace.name)))
            .col_expr(Column::Version, Expr::value(workspace.version + 1))
            .col_expr(Column::UpdatedAt, Expr::value(workspace.updated_at.as_millis()));
        Ok(update.exec(&self.db).await?.rows_affected == 1)
    }

    /// Deletes a workspace, all in it (save audit events, which stay until they are old) and the roles held in it; answers
    /// whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_workspace(&self, tenant_id: &TenantId, workspace_id: &WorkspaceId) -> Result<bool, StoreError> {
        // A workspace of the same name, made later, must not be open to these.
        administrators::Entity::delete_many()
            .filter(administrators::Column::TenantId.eq(tenant_id.as_str()))
            .filter(administrators::Column::WorkspaceId.eq(workspace_id.as_str()))
            .exec(&self.db)
            .await?;
        let scope = Scope { tenant_id: tenant_id.clone(), workspace_id: workspace_id.clone() };
        scope.delete::<statistics::Entity>().exec(&self.db).await?;
        Ok(scope.delete::<Entity>().exec(&self.db).await?.rows_affected == 1)
    }
}

impl TryFrom<Model> for WorkspaceRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            tenant_id: TenantId::parse(&row.tenant_id).map_err(StoreError::corrupt)?,
            id: WorkspaceId::parse(&row.id).map_err(StoreError::corrupt)?,
            name: row.name,
            description: row.description,
            status: rows::known("workspaces.status", Status::parse(&row.status))?,
            settings: rows::from_json("workspaces.settings", row.settings)?,
            version: row.version,
            created_at: Timestamp::from_millis(row.created_at),
            updated_at: Timestamp::from_millis(row.updated_at),
        })
    }
}

impl Listed for Model {
    fn created_at(&self) -> i64 {
        self.created_at
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> &str {
        &self.id
    }
}
