//! Consents: what a person has agreed that a client may have. What they agree to later is added to it.

use cardea_protocol::{ClientId, Scope, Timestamp, WorkspaceId, scope::MAX_TOKENS};
use sea_orm::{
    ColumnTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    Scoped, ScopedTx, StoreError,
    entity::consents::{ActiveModel, Column, Entity, Model},
    rows,
};

mod list;
mod withdrawal;

pub use list::ConsentFilter;

/// What a person has agreed that a client may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRecord {
    /// The workspace of the client.
    pub workspace_id: WorkspaceId,
    /// The pool of the user.
    pub pool_id: String,
    /// Who has agreed; it goes when they do.
    pub user_id: String,
    /// The client; it goes when the client does.
    pub client_id: ClientId,
    /// To what.
    pub scope: Scope,
    /// When first.
    pub created_at: Timestamp,
    /// When last.
    pub updated_at: Timestamp,
}

/// So often a consent may come and go while it is being written, before that is a failure.
const ATTEMPTS: u32 = 5;

fn between(user_id: &str, client_id: &ClientId) -> SimpleExpr {
    Column::UserId.eq(user_id).and(Column::ClientId.eq(client_id.as_str()))
}

impl Scoped {
    /// What a user has agreed that a client may have.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_consent(&self, user_id: &str, client_id: &ClientId) -> Result<Option<ConsentRecord>, StoreError> {
        let row = self.rows::<Entity>().filter(between(user_id, client_id)).one(self.store.reader()).await?;
        row.map(ConsentRecord::try_from).transpose()
    }
}

impl ScopedTx<'_> {
    /// Adds a scope to what a user has agreed that a client may have; answers all of it.
    ///
    /// # Errors
    /// When the database fails, or the client or the user is gone.
    pub async fn grant_consent(
        &self,
        pool_id: &str,
        user_id: &str,
        client_id: &ClientId,
        scope: &Scope,
        now: Timestamp,
    ) -> Result<ConsentRecord, StoreError> {
        for _ in 0..ATTEMPTS {
            let row = ActiveModel {
                tenant_id: Set(self.scope.tenant()),
                workspace_id: Set(self.scope.workspace()),
                user_id: Set(user_id.to_owned()),
                client_id: Set(client_id.as_str().to_owned()),
                pool_id: Set(pool_id.to_owned()),
                scope: Set(String::new()),
                created_at: Set(now.as_millis()),
                updated_at: Set(now.as_millis()),
            };
            // Be it new or not: from this update on the row is ours until the transaction ends.
            let _ = rows::insert(self.db, row).await?;
            let consent = || self.scope.update::<Entity>().filter(between(user_id, client_id));
            consent().col_expr(Column::UpdatedAt, Expr::value(now.as_millis())).exec(self.db).await?;
            let Some(row) = self.scope.rows::<Entity>().filter(between(user_id, client_id)).one(self.db).await? else {
                // Taken back just before.
                continue;
            };
            let mut record = ConsentRecord::try_from(row)?;
            record.scope = union(&record.scope, scope)?;
            consent().col_expr(Column::Scope, Expr::value(record.scope.as_str())).exec(self.db).await?;
            return Ok(record);
        }
        Err(StoreError::Unavailable("a consent comes and goes all the time".to_owned()))
    }
}

/// Both; of more than a scope may hold, what is new stays.
fn union(known: &Scope, new: &Scope) -> Result<Scope, StoreError> {
    let older = known.iter().filter(|token| !new.contains(token));
    Scope::from_tokens(new.iter().chain(older).take(MAX_TOKENS)).map_err(StoreError::corrupt)
}

impl TryFrom<Model> for ConsentRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            workspace_id: WorkspaceId::parse(&row.workspace_id).map_err(StoreError::corrupt)?,
            pool_id: row.pool_id,
            user_id: row.user_id,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            scope: rows::scope("consents.scope", &row.scope)?,
            created_at: Timestamp::from_millis(row.created_at),
            updated_at: Timestamp::from_millis(row.updated_at),
        })
    }
}
