//! Single updates with a condition that at most one row fulfils: how what is good once is claimed.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, QueryTrait, Statement, UpdateMany};

use crate::{StoreError, connect::begin_writing, deadline::Bounded, group::Work};

/// One conditional update.
pub(crate) struct Conditional(Statement);

impl Conditional {
    pub(crate) fn new<E: EntityTrait>(update: &UpdateMany<E>, backend: DbBackend) -> Self {
        Self(update.build(backend))
    }

    /// Whether a row fulfilled the condition, and is changed.
    pub(crate) async fn execute<C: ConnectionTrait>(self, db: &C) -> Result<bool, StoreError> {
        Ok(db.execute_raw(self.0).await?.rows_affected() == 1)
    }
}

impl Work for Conditional {
    type Outcome = bool;
    const NAME: &'static str = "updates";

    async fn write(writer: &Bounded<DatabaseConnection>, mut batch: Vec<Self>) -> Result<Vec<bool>, StoreError> {
        if batch.len() == 1
            && let Some(alone) = batch.pop()
        {
            return Ok(vec![alone.execute(writer).await?]);
        }
        let mut outcomes = Vec::with_capacity(batch.len());
        let together = begin_writing(writer).await?;
        for update in batch {
            outcomes.push(update.execute(&together).await?);
        }
        together.commit().await?;
        Ok(outcomes)
    }
}
