//! Keyset lists: a page begins after the last item of the one before, so that it costs the same however deep it lies
//! and nothing is shown twice or left out when others write meanwhile.

use cardea_protocol::Status;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, Order, Value},
};
use serde::{Deserialize, Serialize};

/// What a list is sorted by; the id settles what is equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// When it was created.
    #[default]
    CreatedAt,
    /// Its name.
    Name,
    /// When it was last used; in lists of what is used.
    LastUsed,
}

/// What is asked of a list.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// At most so many items.
    pub limit: u64,
    /// Begin after this item; it must come from a page of the same list with the same `sort`.
    pub after: Option<Cursor>,
    /// The order.
    pub sort: Sort,
    /// The other way round.
    pub descending: bool,
    /// Only what has this text in its id or name, in any case.
    pub q: Option<String>,
    /// Only what has this status; in lists of what has one.
    pub status: Option<Status>,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self { limit: 50, after: None, sort: Sort::default(), descending: false, q: None, status: None }
    }
}

/// The place of an item in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cursor {
    /// What the list is sorted by.
    pub value: CursorValue,
    /// The id of the item.
    pub id: String,
}

/// What a list is sorted by, of one item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CursorValue {
    /// A time in epoch milliseconds.
    Int(i64),
    /// A name.
    Text(String),
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<Cursor>,
}

/// The columns of a table that a list works with.
pub(crate) struct Keyset<C> {
    pub(crate) created_at: C,
    pub(crate) name: C,
    pub(crate) id: C,
    pub(crate) search: C,
    pub(crate) status: Option<C>,
    pub(crate) last_used: Option<C>,
}

/// A row of a list: what it is sorted by, and its id.
pub(crate) trait Listed {
    fn created_at(&self) -> i64;
    fn name(&self) -> &str;
    fn id(&self) -> &str;
    /// Zero stands for never.
    fn last_used(&self) -> i64 {
        0
    }
}

impl<C: ColumnTrait> Keyset<C> {
    /// The page's rows and one more, which tells whether there is a next page.
    pub(crate) fn select<E: EntityTrait<Column = C>>(&self, rows: Select<E>, query: &ListQuery) -> Select<E> {
        let sort = match query.sort {
            Sort::CreatedAt => self.created_at,
            Sort::Name => self.name,
            Sort::LastUsed => self.last_used.unwrap_or(self.created_at),
        };
        let mut rows = rows;
        if let Some(q) = &query.q {
            rows = rows.filter(contains(self.search, q));
        }
        if let (Some(status), Some(column)) = (query.status, self.status) {
            rows = rows.filter(column.eq(status.as_str()));
        }
        if let Some(after) = &query.after {
            rows = rows.filter(match (query.sort, &after.value) {
                (Sort::CreatedAt | Sort::LastUsed, CursorValue::Int(millis)) => {
                    beyond(sort, self.id, (*millis).into(), after, query.descending)
                }
                (Sort::Name, CursorValue::Text(name)) => {
                    beyond(sort, self.id, name.as_str().into(), after, query.descending)
                }
                // A cursor of another list: nothing comes after it.
                _ => Expr::val(false).eq(true),
            });
        }
        let order = if query.descending { Order::Desc } else { Order::Asc };
        rows.order_by(sort, order.clone()).order_by(self.id, order).limit(query.limit.saturating_add(1))
    }
}

fn beyond<C: ColumnTrait>(sort: C, id: C, value: Value, after: &Cursor, descending: bool) -> Expr {
    let row = Expr::tuple([sort.into_expr(), id.into_expr()]);
    let last = Expr::tuple([Expr::val(value), Expr::val(after.id.as_str())]);
    if descending { row.lt(last) } else { row.gt(last) }
}

/// Whether a column contains a text; what LIKE gives a meaning is taken literally.
fn contains<C: ColumnTrait>(column: C, text: &str) -> Expr {
    if text.contains('\0') {
        // PostgreSQL refuses the character instead of not finding it.
        return Expr::val(false).eq(true);
    }
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for character in text.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    // Not every column that is searched is kept in lower case, and PostgreSQL's LIKE minds.
    Expr::expr(Func::lower(column.into_expr())).like(LikeExpr::new(pattern).escape('\\'))
}

/// Cuts the one row too many off and says where the next page begins.
pub(crate) fn cut<M: Listed>(mut rows: Vec<M>, query: &ListQuery) -> (Vec<M>, Option<Cursor>) {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return (rows, None);
    }
    rows.truncate(limit);
    let next = rows.last().map(|last| Cursor {
        value: match query.sort {
            Sort::CreatedAt => CursorValue::Int(last.created_at()),
            Sort::Name => CursorValue::Text(last.name().to_owned()),
            Sort::LastUsed => CursorValue::Int(last.last_used()),
        },
        id: last.id().to_owned(),
    });
    (rows, next)
}

impl<T> Page<T> {
    pub(crate) fn of<M, E>(rows: Vec<M>, query: &ListQuery) -> Result<Self, E>
    where
        M: Listed + TryInto<T, Error = E>,
    {
        let (rows, next) = cut(rows, query);
        let items = rows.into_iter().map(TryInto::try_into).collect::<Result<_, E>>()?;
        Ok(Self { items, next })
    }
}
