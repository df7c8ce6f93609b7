//! The one sequence of changes that every node follows to keep its caches true.

use cardea_protocol::{ClientId, TenantId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Store, StoreError,
    deadline::Bounded,
    entity::{change_counter, changes},
    rows::known,
};

/// Something that caches must forget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number. Numbers have no gaps, and are in the order of commits.
    pub seq: i64,
    /// The tenant.
    pub tenant_id: TenantId,
    /// The workspace; none for the whole tenant.
    pub workspace_id: Option<WorkspaceId>,
    /// The client; none for the workspace and all in it.
    pub client_id: Option<ClientId>,
}

/// A change as its transaction announces it, without a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The tenant.
    pub tenant_id: TenantId,
    /// The workspace; none for the whole tenant.
    pub workspace_id: Option<WorkspaceId>,
    /// The client; none for the workspace and all in it.
    pub client_id: Option<ClientId>,
}

impl Store {
    /// The changes after `after_seq`, oldest first. A first one that is not `after_seq + 1` (or none although
    /// [`Store::changes_head`] is further) means that the ones between have been cleared away: forget everything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn poll_changes(&self, after_seq: i64, limit: u64) -> Result<Vec<Change>, StoreError> {
        let rows = changes::Entity::find()
            .filter(changes::Column::Seq.gt(after_seq))
            .order_by_asc(changes::Column::Seq)
            .limit(limit)
            .all(self.reader())
            .await?;
        rows.into_iter().map(Change::try_from).collect()
    }

    /// The number of the last change that has been committed; 0 when there has been none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changes_head(&self) -> Result<i64, StoreError> {
        let counter = change_counter::Entity::find_by_id(1_i64).one(self.reader()).await?;
        Ok(known("change_counter", counter)?.seq)
    }

    /// Clears away the changes before a time; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prune_changes(&self, before: Timestamp) -> Result<u64, StoreError> {
        let old = changes::Entity::delete_many().filter(changes::Column::Time.lt(before.as_millis()));
        Ok(old.exec(self.writer()).await?.rows_affected)
    }
}

/// Numbers the changes of a transaction and writes them down.
pub(crate) async fn write(
    db: &Bounded<DatabaseTransaction>,
    pending: &[Pending],
    now: Timestamp,
) -> Result<(), StoreError> {
    let Ok(count @ 1..) = i64::try_from(pending.len()) else {
        return Ok(());
    };
    let mut advance = change_counter::Entity::update_many()
        .col_expr(change_counter::Column::Seq, Expr::col(change_counter::Column::Seq).add(count))
        .filter(change_counter::Column::Id.eq(1_i64))
        .into_query();
    advance.returning_col(change_counter::Column::Seq);
    let row = known("change_counter", db.query_one(&advance).await?)?;
    let first = row.try_get_by_index::<i64>(0)? - count + 1;
    let rows = pending.iter().zip(first..).map(|(change, seq)| changes::ActiveModel {
        seq: Set(seq),
        tenant_id: Set(change.tenant_id.as_str().to_owned()),
        workspace_id: Set(change.workspace_id.as_ref().map_or("", |id| id.as_str()).to_owned()),
        client_id: Set(change.client_id.as_ref().map(|id| id.as_str().to_owned())),
        time: Set(now.as_millis()),
    });
    // Few parameters a row, but a bulk import may announce thousands in one transaction.
    let rows: Vec<_> = rows.collect();
    for chunk in rows.chunks(500) {
        changes::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

impl TryFrom<changes::Model> for Change {
    type Error = StoreError;

    fn try_from(row: changes::Model) -> Result<Self, StoreError> {
        let workspace = (!row.workspace_id.is_empty()).then_some(&row.workspace_id);
        Ok(Self {
            seq: row.seq,
            tenant_id: TenantId::parse(&row.tenant_id).map_err(StoreError::corrupt)?,
            workspace_id: workspace.map(|id| WorkspaceId::parse(id)).transpose().map_err(StoreError::corrupt)?,
            client_id: row.client_id.map(|id| ClientId::parse(&id)).transpose().map_err(StoreError::corrupt)?,
        })
    }
}
