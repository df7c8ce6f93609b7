//! One-time links to the page where the first administrator is made. They belong to the platform, not to a tenant; the store knows
//! a link by the SHA-256 of its secret part.

use cardea_protocol::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{ExprTrait, SimpleExpr},
};

use crate::{
    InsertOutcome, Store, StoreError, Tx,
    entity::setup_links::{ActiveModel, Column, Entity},
    rows,
};

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupLinkRecord {
    /// SHA-256 of its secret part.
    pub hash: [u8; 32],
    /// Whether somebody at the machine asked for it, and not a start alone.
    pub by_operator: bool,
    /// From when on it is no longer good.
    pub expires_at: Timestamp,
}

fn good(hash: &[u8; 32], now: Timestamp) -> SimpleExpr {
    Column::Hash.eq(hash.as_slice()).and(Column::ExpiresAt.gt(now.as_millis()))
}

impl Store {
    /// The link with this hash, if it was neither used nor has expired. What follows from it is for [`Tx::claim_setup_link`] to
    /// allow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_setup_link(
        &self,
        hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<SetupLinkRecord>, StoreError> {
        let row = Entity::find().filter(good(hash, now)).one(self.reader()).await?;
        let (hash, millis) = (*hash, Timestamp::from_millis);
        Ok(row.map(|row| SetupLinkRecord { hash, by_operator: row.by_operator, expires_at: millis(row.expires_at) }))
    }
}

impl Tx {
    /// Writes a link down.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_setup_link(&self, link: &SetupLinkRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            hash: Set(link.hash.to_vec()),
            by_operator: Set(link.by_operator),
            expires_at: Set(link.expires_at.as_millis()),
        };
        rows::insert(&self.db, row).await
    }

    /// Claims a link, which is gone then: of all who hold it, one gets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_setup_link(&self, hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        Ok(Entity::delete_many().filter(good(hash, now)).exec(&self.db).await?.rows_affected == 1)
    }

    /// Ends every link; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_setup_links(&self) -> Result<u64, StoreError> {
        Ok(Entity::delete_many().exec(&self.db).await?.rows_affected)
    }
}
