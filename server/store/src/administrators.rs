//! Administrators: which client or user holds which role, in one workspace or the whole tenant.

use cardea_protocol::{ClientId, Role, TenantId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set, sea_query::ExprTrait,
};

use crate::{
    InsertOutcome, ListQuery, Page, Store, StoreError, Tx,
    entity::administrators::{ActiveModel, Column, Entity, Model},
    page::{Keyset, Listed},
    rows,
};

/// A role that someone holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdministratorRecord {
    /// Its id, unique in the tenant.
    pub id: String,
    /// The tenant.
    pub tenant_id: TenantId,
    /// Who holds it.
    pub principal: Principal,
    /// What.
    pub role: Role,
    /// Where; none for the whole tenant.
    pub workspace_id: Option<WorkspaceId>,
    /// Since when.
    pub created_at: Timestamp,
}

/// Who can hold a role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    /// A client of the tenant's `admin` workspace.
    Client(ClientId),
    /// A user, by the id in its pool.
    User(String),
}

pub(crate) const CLIENT: &str = "client";
pub(crate) const USER: &str = "user";

impl Principal {
    fn columns(&self) -> (&'static str, &str) {
        match self {
            Self::Client(id) => (CLIENT, id.as_str()),
            Self::User(id) => (USER, id),
        }
    }
}

// There is nothing to search but who it is, and no name to sort by but that.
const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::PrincipalId,
    id: Column::Id,
    search: Column::PrincipalId,
    status: None,
    last_used: None,
};

async fn roles_of<C: ConnectionTrait>(
    db: &C,
    tenant_id: &TenantId,
    principal: &Principal,
) -> Result<Vec<AdministratorRecord>, StoreError> {
    let (kind, id) = principal.columns();
    let rows = Entity::find()
        .filter(Column::TenantId.eq(tenant_id.as_str()))
        .filter(Column::PrincipalKind.eq(kind).and(Column::PrincipalId.eq(id)));
    rows.all(db).await?.into_iter().map(AdministratorRecord::try_from).collect()
}

impl Store {
    /// The roles that someone holds in a tenant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roles_of(
        &self,
        tenant_id: &TenantId,
        principal: &Principal,
    ) -> Result<Vec<AdministratorRecord>, StoreError> {
        roles_of(self.reader(), tenant_id, principal).await
    }

    /// One role that someone holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_administrator(
        &self,
        tenant_id: &TenantId,
        id: &str,
    ) -> Result<Option<AdministratorRecord>, StoreError> {
        let row = Entity::find_by_id((tenant_id.as_str().to_owned(), id.to_owned())).one(self.reader()).await?;
        row.map(AdministratorRecord::try_from).transpose()
    }

    /// A page of the administrators of a tenant; sorted by name, they are in the order of their principals' ids.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_administrators(
        &self,
        tenant_id: &TenantId,
        query: &ListQuery,
    ) -> Result<Page<AdministratorRecord>, StoreError> {
        let rows = Entity::find().filter(Column::TenantId.eq(tenant_id.as_str()));
        Page::of(KEYSET.select(rows, query).all(self.reader()).await?, query)
    }
}

impl Tx {
    /// The roles that someone holds in a tenant, as this transaction sees them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roles_of(
        &self,
        tenant_id: &TenantId,
        principal: &Principal,
    ) -> Result<Vec<AdministratorRecord>, StoreError> {
        roles_of(&self.db, tenant_id, principal).await
    }

    /// How many hold a role in a tenant, as this transaction sees it: the last platform admin must stay.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_administrators(&self, tenant_id: &TenantId, role: Role) -> Result<u64, StoreError> {
        let rows =
            Entity::find().filter(Column::TenantId.eq(tenant_id.as_str())).filter(Column::Role.eq(role.as_str()));
        Ok(rows.count(&self.db).await?)
    }

    /// The users who hold a role in a tenant, by their ids, as this transaction sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users_with_role(&self, tenant_id: &TenantId, role: Role) -> Result<Vec<String>, StoreError> {
        let users = Entity::find()
            .filter(Column::TenantId.eq(tenant_id.as_str()).and(Column::Role.eq(role.as_str())))
            .filter(Column::PrincipalKind.eq(USER))
            .select_only()
            .column(Column::PrincipalId);
        Ok(users.into_tuple().all(&self.db).await?)
    }

    /// Gives someone a role; `AlreadyExists` when they hold it.
    ///
    /// # Errors
    /// When the database fails, or the tenant is gone.
    pub async fn insert_administrator(&self, administrator: &AdministratorRecord) -> Result<InsertOutcome, StoreError> {
        let (kind, id) = administrator.principal.columns();
        let row = ActiveModel {
            tenant_id: Set(administrator.tenant_id.as_str().to_owned()),
            id: Set(administrator.id.clone()),
            principal_kind: Set(kind.to_owned()),
            principal_id: Set(id.to_owned()),
            role: Set(administrator.role.as_str().to_owned()),
            workspace_id: Set(administrator.workspace_id.as_ref().map_or("", |id| id.as_str()).to_owned()),
            created_at: Set(administrator.created_at.as_millis()),
        };
        rows::insert(&self.db, row).await
    }

    /// Takes a role away; answers whether it was held.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_administrator(&self, tenant_id: &TenantId, id: &str) -> Result<bool, StoreError> {
        let delete = Entity::delete_by_id((tenant_id.as_str().to_owned(), id.to_owned()));
        Ok(delete.exec(&self.db).await?.rows_affected == 1)
    }
}

impl TryFrom<Model> for AdministratorRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let principal = match row.principal_kind.as_str() {
            CLIENT => Some(Principal::Client(ClientId::parse(&row.principal_id).map_err(StoreError::corrupt)?)),
            USER => Some(Principal::User(row.principal_id)),
            _ => None,
        };
        let workspace = (!row.workspace_id.is_empty()).then_some(&row.workspace_id);
        Ok(Self {
            id: row.id,
            tenant_id: TenantId::parse(&row.tenant_id).map_err(StoreError::corrupt)?,
            principal: rows::known("administrators.principal_kind", principal)?,
            role: rows::known("administrators.role", Role::parse(&row.role))?,
            workspace_id: workspace.map(|id| WorkspaceId::parse(id)).transpose().map_err(StoreError::corrupt)?,
            created_at: Timestamp::from_millis(row.created_at),
        })
    }
}

impl Listed for Model {
    fn created_at(&self) -> i64 {
        self.created_at
    }

    fn name(&self) -> &str {
        &self.principal_id
    }

    fn id(&self) -> &str {
        &self.id
    }
}
