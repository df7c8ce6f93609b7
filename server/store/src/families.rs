//! Families: all tokens that descend from one authorization. Refresh tokens are not stored: each names its family and its number in
//! it, under a MAC; the store knows the number of the last one.

use cardea_protocol::{ClientId, Scope, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, QueryFilter, QuerySelect, Set,
    sea_query::{ExprTrait, SimpleExpr},
};
use serde_json::Value;

use crate::{
    InsertOutcome, ListQuery, Page, Scoped, ScopedTx, StoreError,
    entity::families::{ActiveModel, Column, Entity, Model},
    page::{Keyset, Listed},
    rows,
    scope::Scope as Workspace,
};

mod revocation;
mod rotation;

pub use revocation::ConcernedClient;

/// A family of tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct FamilyRecord {
    /// Its id, unique in the workspace.
    pub id: String,
    /// The client it was granted to; it goes when the client does.
    pub client_id: ClientId,
    /// The pool of the user.
    pub pool_id: String,
    /// Who has authorized; it goes when they do.
    pub user_id: String,
    /// In which session.
    pub sid: Option<String>,
    /// What is granted.
    pub scope: Scope,
    /// For which services (RFC 8707).
    pub resource: Vec<String>,
    /// When the user has proved who they are.
    pub auth_time: Timestamp,
    /// To which level.
    pub acr: Option<String>,
    /// How (RFC 8176).
    pub amr: Vec<String>,
    /// The `claims` parameter of the authorization request (OIDC Core §5.5).
    pub claims: Option<Value>,
    /// The number of its last refresh token; 0 when there has been none.
    pub generation: i64,
    /// When that one replaced the one before.
    pub rotated_at: Option<Timestamp>,
    /// The certificate that its refresh tokens are bound to, as `x5t#S256` (RFC 8705 §7.1).
    pub binding: Option<String>,
    /// Whether it outlives the session (OIDC Core §11).
    pub offline: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When a refresh token was last used.
    pub last_used_at: Timestamp,
    /// From when on its last refresh token no longer counts, unless it is used before.
    pub idle_expires_at: Option<Timestamp>,
    /// From when on none of its refresh tokens counts, and its client is no longer told of the session's end.
    pub expires_at: Timestamp,
    /// Since when nothing of it counts.
    pub revoked_at: Option<Timestamp>,
}

// There is no name to sort by or to look for but the client's id.
const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::ClientId,
    id: Column::Id,
    search: Column::ClientId,
    status: None,
    last_used: None,
};

/// Neither revoked nor expired.
fn is_alive(now: Timestamp) -> SimpleExpr {
    let used = Column::IdleExpiresAt.is_null().or(Column::IdleExpiresAt.gt(now.as_millis()));
    Column::RevokedAt.is_null().and(Column::ExpiresAt.gt(now.as_millis())).and(used)
}

async fn find<C: ConnectionTrait>(db: &C, scope: &Workspace, id: &str) -> Result<Option<FamilyRecord>, StoreError> {
    scope.rows::<Entity>().filter(Column::Id.eq(id)).one(db).await?.map(FamilyRecord::try_from).transpose()
}

impl Scoped {
    /// The family with this id, be it alive or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_family(&self, id: &str) -> Result<Option<FamilyRecord>, StoreError> {
        find(self.store.reader(), &self.scope, id).await
    }

    /// Whether what descends from a family is void: it has been revoked, or is gone with its client or its user. One that has merely
    /// expired is not: its last access token may live on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_family_revoked(&self, id: &str) -> Result<bool, StoreError> {
        let rows = self.rows::<Entity>().filter(Column::Id.eq(id)).filter(Column::RevokedAt.is_null());
        let found = rows.select_only().column(Column::Generation).into_tuple::<i64>().one(self.store.reader()).await?;
        Ok(found.is_none())
    }

    /// A page of the families of a user that are alive; `q` is looked for in the client's id, which is also the name they are
    /// sorted by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_families_of_user(
        &self,
        user_id: &str,
        now: Timestamp,
        query: &ListQuery,
    ) -> Result<Page<FamilyRecord>, StoreError> {
        let rows = self.rows::<Entity>().filter(Condition::all().add(Column::UserId.eq(user_id)).add(is_alive(now)));
        Page::of(KEYSET.select(rows, query).all(self.store.reader()).await?, query)
    }
}

impl ScopedTx<'_> {
    /// The family with this id, be it alive or not, as this transaction sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_family(&self, id: &str) -> Result<Option<FamilyRecord>, StoreError> {
        find(self.db, &self.scope, id).await
    }

    /// Founds a family.
    ///
    /// # Errors
    /// When the database fails, or the client or the user is gone.
    pub async fn insert_family(&self, family: &FamilyRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            id: Set(family.id.clone()),
            client_id: Set(family.client_id.as_str().to_owned()),
            pool_id: Set(family.pool_id.clone()),
            user_id: Set(family.user_id.clone()),
            sid: Set(family.sid.clone()),
            scope: Set(family.scope.as_str().to_owned()),
            resource: Set(rows::to_json(&family.resource)?),
            auth_time: Set(family.auth_time.as_millis()),
            acr: Set(family.acr.clone()),
            amr: Set(rows::to_json(&family.amr)?),
            claims: Set(family.claims.clone()),
            generation: Set(family.generation),
            rotated_at: Set(family.rotated_at.map(Timestamp::as_millis)),
            binding: Set(family.binding.clone()),
            offline: Set(family.offline),
            created_at: Set(family.created_at.as_millis()),
            last_used_at: Set(family.last_used_at.as_millis()),
            idle_expires_at: Set(family.idle_expires_at.map(Timestamp::as_millis)),
            expires_at: Set(family.expires_at.as_millis()),
            revoked_at: Set(family.revoked_at.map(Timestamp::as_millis)),
        };
        rows::insert(self.db, row).await
    }
}

impl TryFrom<Model> for FamilyRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            pool_id: row.pool_id,
            user_id: row.user_id,
            sid: row.sid,
            scope: rows::scope("families.scope", &row.scope)?,
            resource: rows::from_json("families.resource", row.resource)?,
            auth_time: Timestamp::from_millis(row.auth_time),
            acr: row.acr,
            amr: rows::from_json("families.amr", row.amr)?,
            claims: row.claims,
            generation: row.generation,
            rotated_at: row.rotated_at.map(Timestamp::from_millis),
            binding: row.binding,
            offline: row.offline,
            created_at: Timestamp::from_millis(row.created_at),
            last_used_at: Timestamp::from_millis(row.last_used_at),
            idle_expires_at: row.idle_expires_at.map(Timestamp::from_millis),
            expires_at: Timestamp::from_millis(row.expires_at),
            revoked_at: row.revoked_at.map(Timestamp::from_millis),
        })
    }
}

impl Listed for Model {
    fn created_at(&self) -> i64 {
        self.created_at
    }

    fn name(&self) -> &str {
        &self.client_id
    }

    fn id(&self) -> &str {
        &self.id
    }
}
