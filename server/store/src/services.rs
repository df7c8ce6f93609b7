//! Services: the protected APIs of a workspace, each an audience and its scopes. A scope name is one service's alone.

use std::collections::HashMap;

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, QueryFilter, QueryOrder, Set, SqlErr,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    InsertOutcome, ListQuery, Page, Scoped, ScopedTx, StoreError,
    deadline::Bounded,
    entity::{
        scopes,
        services::{ActiveModel, Column, Entity, Model},
    },
    page::{self, Keyset, Listed},
    rows,
    scope::Scope,
};

/// A service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRecord {
    /// Its id, unique in the workspace.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// The audience of its tokens; unique in the workspace.
    pub audience: String,
    /// The clients that may introspect its tokens.
    pub introspection_client_ids: Vec<ClientId>,
    /// What can be asked of it, by name.
    pub scopes: Vec<ScopeRecord>,
    /// How often it has been changed; what an update must name.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A scope of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeRecord {
    /// Its name in requests; unique in the workspace.
    pub name: String,
    /// Its name, for people.
    pub display_name: String,
    /// What it allows.
    pub description: String,
}

/// How writing a service ended. Whatever is not `Written` left the transaction as it was.
#[must_use]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceOutcome {
    /// It is written.
    Written,
    /// Another service of the workspace has this audience (or, at insertion, this id).
    AudienceTaken,
    /// Another service of the workspace has a scope of this name.
    ScopeTaken(String),
    /// It is gone, or has been changed meanwhile.
    Stale,
}

const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::Name,
    id: Column::Id,
    search: Column::Search,
    status: None,
    last_used: None,
};

impl Scoped {
    /// The service with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_service(&self, id: &str) -> Result<Option<ServiceRecord>, StoreError> {
        let found = self.rows::<Entity>().filter(Column::Id.eq(id)).all(self.store.reader()).await?;
        Ok(self.with_scopes(found, false).await?.pop())
    }

    /// A page of the services.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_services(&self, query: &ListQuery) -> Result<Page<ServiceRecord>, StoreError> {
        let found = KEYSET.select(self.rows::<Entity>(), query).all(self.store.reader()).await?;
        let (found, next) = page::cut(found, query);
        Ok(Page { items: self.with_scopes(found, false).await?, next })
    }

    /// Every service of the workspace: what a token request is judged by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_services(&self) -> Result<Vec<ServiceRecord>, StoreError> {
        let found = self.rows::<Entity>().order_by_asc(Column::Id).all(self.store.reader()).await?;
        self.with_scopes(found, true).await
    }

    async fn with_scopes(&self, found: Vec<Model>, all: bool) -> Result<Vec<ServiceRecord>, StoreError> {
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut scopes = self.rows::<scopes::Entity>().order_by_asc(scopes::Column::Name);
        if !all {
            scopes = scopes.filter(scopes::Column::ServiceId.is_in(found.iter().map(|service| service.id.as_str())));
        }
        let mut by_service: HashMap<String, Vec<ScopeRecord>> = HashMap::new();
        for row in scopes.all(self.store.reader()).await? {
            let scope = ScopeRecord { name: row.name, display_name: row.display_name, description: row.description };
            by_service.entry(row.service_id).or_default().push(scope);
        }
        let services = found.into_iter().map(|row| {
            let scopes = by_service.remove(&row.id).unwrap_or_default();
            Ok(ServiceRecord {
                scopes,
                introspection_client_ids: rows::from_json("services.introspection", row.introspection_client_ids)?,
                id: row.id,
                name: row.name,
                audience: row.audience,
                version: row.version,
                created_at: Timestamp::from_millis(row.created_at),
                updated_at: Timestamp::from_millis(row.updated_at),
            })
        });
        services.collect()
    }
}

impl ScopedTx<'_> {
    /// Adds a service with its scopes.
    ///
    /// # Errors
    /// When the database fails, or the workspace is gone.
    pub async fn insert_service(&self, service: &ServiceRecord) -> Result<ServiceOutcome, StoreError> {
        let inner = self.db.begin().await?;
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            id: Set(service.id.clone()),
            name: Set(service.name.clone()),
            audience: Set(service.audience.clone()),
            introspection_client_ids: Set(rows::to_json(&service.introspection_client_ids)?),
            search: Set(search(service)),
            version: Set(service.version),
            created_at: Set(service.created_at.as_millis()),
            updated_at: Set(service.updated_at.as_millis()),
        };
        let outcome = match rows::insert(&inner, row).await? {
            InsertOutcome::AlreadyExists => ServiceOutcome::AudienceTaken,
            InsertOutcome::Inserted => insert_scopes(&inner, &self.scope, service).await?,
        };
        settle(inner, outcome).await
    }

    /// Writes a service if it still has the version of this record, gives it the next one, and replaces its scopes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_service(&self, service: &ServiceRecord) -> Result<ServiceOutcome, StoreError> {
        let inner = self.db.begin().await?;
        let update = self
            .scope
            .update::<Entity>()
            .filter(Column::Id.eq(service.id.as_str()).and(Column::Version.eq(service.version)))
            .col_expr(Column::Name, Expr::value(service.name.as_str()))
            .col_expr(Column::Audience, Expr::value(service.audience.as_str()))
            .col_expr(Column::IntrospectionClientIds, Expr::value(rows::to_json(&service.introspection_client_ids)?))
            .col_expr(Column::Search, Expr::value(search(service)))
            .col_expr(Column::Version, Expr::value(service.version + 1))
            .col_expr(Column::UpdatedAt, Expr::value(service.updated_at.as_millis()));
        let outcome = match update.exec(&inner).await {
            Ok(done) if done.rows_affected == 0 => ServiceOutcome::Stale,
            Ok(_) => {
                let old = self.scope.delete::<scopes::Entity>();
                old.filter(scopes::Column::ServiceId.eq(service.id.as_str())).exec(&inner).await?;
                insert_scopes(&inner, &self.scope, service).await?
            }
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                ServiceOutcome::AudienceTaken
            }
            Err(error) => return Err(error.into()),
        };
        settle(inner, outcome).await
    }

    /// Deletes a service and its scopes; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_service(&self, id: &str) -> Result<bool, StoreError> {
        let delete = self.scope.delete::<Entity>().filter(Column::Id.eq(id));
        Ok(delete.exec(self.db).await?.rows_affected == 1)
    }
}

async fn insert_scopes<C: ConnectionTrait>(
    db: &C,
    scope: &Scope,
    service: &ServiceRecord,
) -> Result<ServiceOutcome, StoreError> {
    for record in &service.scopes {
        let row = scopes::ActiveModel {
            tenant_id: Set(scope.tenant()),
            workspace_id: Set(scope.workspace()),
            name: Set(record.name.clone()),
            service_id: Set(service.id.clone()),
            display_name: Set(record.display_name.clone()),
            description: Set(record.description.clone()),
        };
        if rows::insert(db, row).await? == InsertOutcome::AlreadyExists {
            return Ok(ServiceOutcome::ScopeTaken(record.name.clone()));
        }
    }
    Ok(ServiceOutcome::Written)
}

/// Keeps what was written, or takes it back to the savepoint.
async fn settle(inner: Bounded<DatabaseTransaction>, outcome: ServiceOutcome) -> Result<ServiceOutcome, StoreError> {
    if outcome == ServiceOutcome::Written {
        inner.commit().await?
    } else {
        inner.rollback().await?
    }
    Ok(outcome)
}

fn search(service: &ServiceRecord) -> String {
    rows::search_text(&service.audience, &service.name)
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
