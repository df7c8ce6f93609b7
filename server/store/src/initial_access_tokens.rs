//! Initial access tokens (RFC 7591 §3): each lets its holder register so many clients. The store knows one by the SHA-256 of its value.

use cardea_protocol::Timestamp;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, Set, sea_query::ExprTrait};

use crate::{
    InsertOutcome, ListQuery, Page, Scoped, ScopedTx, StoreError,
    entity::initial_access_tokens::{ActiveModel, Column, Entity, Model},
    page::{Keyset, Listed},
    rows,
    scope::Scope,
};

/// An initial access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitialAccessTokenRecord {
    /// Its id, unique in the workspace.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// SHA-256 of its value.
    pub hash: [u8; 32],
    /// How many clients it can register.
    pub max_registrations: u32,
    /// How many it has registered.
    pub registrations: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is no longer good.
    pub expires_at: Option<Timestamp>,
}

const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::Name,
    id: Column::Id,
    search: Column::Search,
    status: None,
    last_used: None,
};

/// The token with this hash, while it is good for one more.
fn good(hash: &[u8; 32], now: Timestamp) -> Condition {
    let lasts = Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(now.as_millis()));
    let has_some_left = Column::Registrations.into_expr().lt(Column::MaxRegistrations.into_expr());
    Condition::all().add(Column::Hash.eq(hash.as_slice())).add(lasts).add(has_some_left)
}

async fn find<C: ConnectionTrait>(
    db: &C,
    scope: &Scope,
    which: Condition,
) -> Result<Option<InitialAccessTokenRecord>, StoreError> {
    scope.rows::<Entity>().filter(which).one(db).await?.map(InitialAccessTokenRecord::try_from).transpose()
}

impl Scoped {
    /// The token with this id, be it good or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_initial_access_token(&self, id: &str) -> Result<Option<InitialAccessTokenRecord>, StoreError> {
        find(self.store.reader(), &self.scope, Condition::all().add(Column::Id.eq(id))).await
    }

    /// The token with this hash, if it is good for one more registration. What follows from it is for
    /// [`ScopedTx::claim_registration`] to allow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_good_initial_access_token(
        &self,
        hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<InitialAccessTokenRecord>, StoreError> {
        find(self.store.reader(), &self.scope, good(hash, now)).await
    }

    /// A page of the tokens, good or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_initial_access_tokens(
        &self,
        query: &ListQuery,
    ) -> Result<Page<InitialAccessTokenRecord>, StoreError> {
        Page::of(KEYSET.select(self.rows::<Entity>(), query).all(self.store.reader()).await?, query)
    }
}

impl ScopedTx<'_> {
    /// Writes a token down.
    ///
    /// # Errors
    /// When the database fails, or the workspace is gone.
    pub async fn insert_initial_access_token(
        &self,
        token: &InitialAccessTokenRecord,
    ) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            id: Set(token.id.clone()),
            name: Set(token.name.clone()),
            hash: Set(token.hash.to_vec()),
            max_registrations: Set(token.max_registrations.into()),
            registrations: Set(token.registrations.into()),
            search: Set(rows::search_text(&token.id, &token.name)),
            created_at: Set(token.created_at.as_millis()),
            expires_at: Set(token.expires_at.map(Timestamp::as_millis)),
        };
        rows::insert(self.db, row).await
    }

    /// Claims one registration of a token: of all who come with it at once, as many get one as it has left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_registration(&self, hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let claim = self.scope.update::<Entity>().filter(good(hash, now));
        let claim = claim.col_expr(Column::Registrations, Column::Registrations.into_expr().add(1));
        Ok(claim.exec(self.db).await?.rows_affected == 1)
    }

    /// Deletes a token that has registered so many; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_initial_access_token(&self, id: &str, registrations: u32) -> Result<bool, StoreError> {
        let which = Column::Id.eq(id).and(Column::Registrations.eq(i64::from(registrations)));
        Ok(self.scope.delete::<Entity>().filter(which).exec(self.db).await?.rows_affected == 1)
    }
}

impl TryFrom<Model> for InitialAccessTokenRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            name: row.name,
            hash: rows::known("initial_access_tokens.hash", row.hash.try_into().ok())?,
            max_registrations: row.max_registrations.try_into().map_err(StoreError::corrupt)?,
            registrations: row.registrations.try_into().map_err(StoreError::corrupt)?,
            created_at: Timestamp::from_millis(row.created_at),
            expires_at: row.expires_at.map(Timestamp::from_millis),
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
