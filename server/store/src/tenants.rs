//! Tenants: the customers.

use cardea_protocol::{Status, TenantId, Timestamp};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    InsertOutcome, ListQuery, Page, Store, StoreError, Tx,
    entity::{
        statistics,
        tenants::{ActiveModel, Column, Entity, Model},
    },
    page::{Keyset, Listed},
    rows,
};

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRecord {
    /// Its id.
    pub id: TenantId,
    /// Its name, for people.
    pub name: String,
    /// Whether its workspaces answer.
    pub status: Status,
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
    /// The tenant with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_tenant(&self, id: &TenantId) -> Result<Option<TenantRecord>, StoreError> {
        let row = Entity::find_by_id(id.as_str()).one(self.reader()).await?;
        row.map(TenantRecord::try_from).transpose()
    }

    /// A page of all tenants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_tenants(&self, query: &ListQuery) -> Result<Page<TenantRecord>, StoreError> {
        Page::of(KEYSET.select(Entity::find(), query).all(self.reader()).await?, query)
    }
}

impl Tx {
    /// Adds a tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_tenant(&self, tenant: &TenantRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            id: Set(tenant.id.as_str().to_owned()),
            name: Set(tenant.name.clone()),
            status: Set(tenant.status.as_str().to_owned()),
            search: Set(rows::search_text(tenant.id.as_str(), &tenant.name)),
            version: Set(tenant.version),
            created_at: Set(tenant.created_at.as_millis()),
            updated_at: Set(tenant.updated_at.as_millis()),
        };
        rows::insert(&self.db, row).await
    }

    /// Writes a tenant if it still has the version of this record, and gives it the next one; answers whether it did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_tenant(&self, tenant: &TenantRecord) -> Result<bool, StoreError> {
        let update = Entity::update_many()
            .filter(Column::Id.eq(tenant.id.as_str()).and(Column::Version.eq(tenant.version)))
            .col_expr(Column::Name, Expr::value(tenant.name.as_str()))
            .col_expr(Column::Status, Expr::value(tenant.status.as_str()))
            .col_expr(Column::Search, Expr::value(rows::search_text(tenant.id.as_str(), &tenant.name)))
            .col_expr(Column::Version, Expr::value(tenant.version + 1))
            .col_expr(Column::UpdatedAt, Expr::value(tenant.updated_at.as_millis()));
        Ok(update.exec(&self.db).await?.rows_affected == 1)
    }

    /// Deletes a tenant and all it owns, save audit events, which stay until they are old; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_tenant(&self, id: &TenantId) -> Result<bool, StoreError> {
        let counted = statistics::Entity::delete_many();
        counted.filter(statistics::Column::TenantId.eq(id.as_str())).exec(&self.db).await?;
        Ok(Entity::delete_by_id(id.as_str()).exec(&self.db).await?.rows_affected == 1)
    }
}

impl TryFrom<Model> for TenantRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: TenantId::parse(&row.id).map_err(StoreError::corrupt)?,
            name: row.name,
            status: rows::known("tenants.status", Status::parse(&row.status))?,
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
