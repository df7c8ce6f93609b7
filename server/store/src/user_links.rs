//! One-time links of users: to set a password, to show that an e-mail address is theirs. The store knows a link by the SHA-256 of
//! its secret part.

use cardea_protocol::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    InsertOutcome, PoolScoped, PoolTx, StoreError,
    entity::user_links::{ActiveModel, Column, Entity, Model},
    pool_scope::Pool,
    rows,
};

/// A one-time link.
#[derive(Clone)]
pub struct UserLinkRecord {
    /// SHA-256 of its secret part.
    pub hash: [u8; 32],
    /// What it is good for; for anything else it is unknown.
    pub purpose: String,
    /// Whose it is; it goes when they do.
    pub user_id: String,
    /// The address it was sent to, where it is about that.
    pub email: Option<String>,
    /// From when on it is no longer good.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for UserLinkRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("UserLinkRecord");
        shown.field("purpose", &self.purpose).field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

fn good(hash: &[u8; 32], purpose: &str, now: Timestamp) -> SimpleExpr {
    let link = Column::Hash.eq(hash.as_slice()).and(Column::Purpose.eq(purpose));
    link.and(Column::UsedAt.is_null()).and(Column::ExpiresAt.gt(now.as_millis()))
}

async fn find<C: ConnectionTrait>(
    db: &C,
    pool: &Pool,
    which: SimpleExpr,
) -> Result<Option<UserLinkRecord>, StoreError> {
    pool.rows::<Entity>().filter(which).one(db).await?.map(UserLinkRecord::try_from).transpose()
}

impl PoolScoped {
    /// The link with this hash, if it is good for this purpose: neither used nor expired. What follows from it is for
    /// [`PoolTx::claim_link`] to allow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_link(
        &self,
        hash: &[u8; 32],
        purpose: &str,
        now: Timestamp,
    ) -> Result<Option<UserLinkRecord>, StoreError> {
        find(self.store.reader(), &self.pool, good(hash, purpose, now)).await
    }
}

impl PoolTx<'_> {
    /// Writes a link down.
    ///
    /// # Errors
    /// When the database fails, or the user is gone.
    pub async fn insert_link(&self, link: &UserLinkRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.pool.tenant()),
            pool_id: Set(self.pool.pool_id.clone()),
            hash: Set(link.hash.to_vec()),
            purpose: Set(link.purpose.clone()),
            user_id: Set(link.user_id.clone()),
            email: Set(link.email.clone()),
            expires_at: Set(link.expires_at.as_millis()),
            used_at: Set(None),
        };
        rows::insert(self.db, row).await
    }

    /// Claims a link for this purpose: of all who hold it, one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_link(
        &self,
        hash: &[u8; 32],
        purpose: &str,
        now: Timestamp,
    ) -> Result<Option<UserLinkRecord>, StoreError> {
        let claim = self.pool.update::<Entity>().filter(good(hash, purpose, now));
        let claim = claim.col_expr(Column::UsedAt, Expr::value(now.as_millis()));
        if claim.exec(self.db).await?.rows_affected == 0 {
            return Ok(None);
        }
        find(self.db, &self.pool, Column::Hash.eq(hash.as_slice())).await
    }

    /// Takes all links for a purpose away from a user; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_links_of(&self, user_id: &str, purpose: &str) -> Result<u64, StoreError> {
        let links = Column::UserId.eq(user_id).and(Column::Purpose.eq(purpose));
        Ok(self.pool.delete::<Entity>().filter(links).exec(self.db).await?.rows_affected)
    }

    /// Takes all links away that were sent to an address of a user; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_mailed_links_of(&self, user_id: &str) -> Result<u64, StoreError> {
        let links = Column::UserId.eq(user_id).and(Column::Email.is_not_null());
        Ok(self.pool.delete::<Entity>().filter(links).exec(self.db).await?.rows_affected)
    }
}

impl TryFrom<Model> for UserLinkRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            hash: rows::known("user_links.hash", row.hash.try_into().ok())?,
            purpose: row.purpose,
            user_id: row.user_id,
            email: row.email,
            expires_at: Timestamp::from_millis(row.expires_at),
        })
    }
}
