//! Lists of consents, by when they were given: those of a workspace, and those of a person in all workspaces of a pool.

use cardea_protocol::ClientId;
use sea_orm::{
    ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use super::ConsentRecord;
use crate::{
    CursorValue, ListQuery, Page, PoolScoped, Scoped, StoreError,
    entity::consents::{Column, Entity, Model},
    page::Listed,
};

/// Which consents of a workspace.
#[derive(Clone, Debug, Default)]
pub struct ConsentFilter {
    /// Of this user.
    pub user_id: Option<String>,
    /// For this client.
    pub client_id: Option<ClientId>,
}

impl Scoped {
    /// A page of what users have agreed that clients of this workspace may have, in the order of time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_consents(
        &self,
        filter: &ConsentFilter,
        query: &ListQuery,
    ) -> Result<Page<ConsentRecord>, StoreError> {
        let mut rows = self.rows::<Entity>();
        if let Some(user_id) = &filter.user_id {
            rows = rows.filter(Column::UserId.eq(user_id));
        }
        if let Some(client_id) = &filter.client_id {
            rows = rows.filter(Column::ClientId.eq(client_id.as_str()));
        }
        let found = select(rows, Column::UserId, query).all(self.store.reader()).await?;
        Page::of(found.into_iter().map(|row| Row { id: id(&row.user_id, &row.client_id), row }).collect(), query)
    }
}

impl PoolScoped {
    /// A page of what a user has agreed to in the workspaces that use this pool, or did then, in the order of time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_consents_of_user(
        &self,
        user_id: &str,
        query: &ListQuery,
    ) -> Result<Page<ConsentRecord>, StoreError> {
        let rows = self.pool.rows::<Entity>().filter(Column::UserId.eq(user_id));
        let found = select(rows, Column::WorkspaceId, query).all(self.store.reader()).await?;
        Page::of(found.into_iter().map(|row| Row { id: id(&row.workspace_id, &row.client_id), row }).collect(), query)
    }
}

/// A row, and what tells it from others of the same millisecond: the side that differs, and the client.
struct Row {
    row: Model,
    id: String,
}

/// Neither a user's id nor a workspace's has a slash in it; a client's may.
fn id(side: &str, client_id: &str) -> String {
    format!("{side}/{client_id}")
}

/// The page's rows and one more, which tells whether there is a next page.
fn select(rows: Select<Entity>, side: Column, query: &ListQuery) -> Select<Entity> {
    let key = [Column::CreatedAt, side, Column::ClientId];
    let mut rows = rows;
    if let Some(after) = &query.after {
        let last = match (&after.value, after.id.split_once('/')) {
            (CursorValue::Int(millis), Some((side, client_id))) => {
                Expr::tuple([Expr::val(*millis), Expr::val(side), Expr::val(client_id)])
            }
            // A cursor of another list: nothing comes after it.
            _ => return rows.filter(Expr::val(false).eq(true)),
        };
        let row = Expr::tuple(key.map(|column| column.into_expr()));
        rows = rows.filter(if query.descending { row.lt(last) } else { row.gt(last) });
    }
    let order = if query.descending { Order::Desc } else { Order::Asc };
    key.into_iter().fold(rows, |rows, column| rows.order_by(column, order.clone())).limit(query.limit.saturating_add(1))
}

impl Listed for Row {
    fn created_at(&self) -> i64 {
        self.row.created_at
    }

    fn name(&self) -> &str {
        &self.id
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl TryFrom<Row> for ConsentRecord {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Self::try_from(row.row)
    }
}
