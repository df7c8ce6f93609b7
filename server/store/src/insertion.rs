//! Insertions of many rows on the path of every token request: the text of each statement is made once, as sea-query writes
//! it, and nothing is copied but what is bound. A row in the way of one stays, and is not counted as inserted.

use std::sync::OnceLock;

use sea_orm::{
    DbBackend, EntityTrait, Iterable, Statement,
    sea_query::{Expr, OnConflict, PostgresQueryBuilder, Query, SqliteQueryBuilder, Value},
};

/// The insertions into one table. A few lengths can stay prepared, where one for each number of rows could not.
pub(crate) struct Insertion<const N: usize> {
    lengths: [usize; N],
    sqlite: [OnceLock<String>; N],
    postgres: [OnceLock<String>; N],
}

impl<const N: usize> Insertion<N> {
    /// Of these lengths, the shortest first.
    pub(crate) const fn new(lengths: [usize; N]) -> Self {
        Self { lengths, sqlite: [const { OnceLock::new() }; N], postgres: [const { OnceLock::new() }; N] }
    }

    /// The longest for which there are so many rows.
    pub(crate) fn filled_by(&self, rows: usize) -> Option<usize> {
        self.lengths.iter().rev().find(|length| **length <= rows).copied()
    }

    /// The shortest that so many rows fit in.
    pub(crate) fn fitting(&self, rows: usize) -> Option<usize> {
        self.lengths.iter().find(|length| **length >= rows).copied()
    }

    /// The insertion of so many rows, which must be one of the lengths; the values in the order of the table's columns.
    pub(crate) fn statement<E: EntityTrait>(&self, backend: DbBackend, rows: usize, values: Vec<Value>) -> Statement {
        let is_postgres = backend == DbBackend::Postgres;
        let texts = if is_postgres { &self.postgres } else { &self.sqlite };
        let which = self.lengths.iter().position(|length| *length == rows);
        let text = which.and_then(|which| texts.get(which));
        let text = text.map_or("", |text| text.get_or_init(|| text_of::<E>(rows, is_postgres)));
        Statement::from_sql_and_values(backend, text, values)
    }
}

fn text_of<E: EntityTrait>(rows: usize, is_postgres: bool) -> String {
    let mut insert = Query::insert();
    insert.into_table(E::default()).columns(E::Column::iter()).on_conflict(OnConflict::new().do_nothing().to_owned());
    for _ in 0..rows {
        insert.values_panic(E::Column::iter().map(|_| Expr::value(0)));
    }
    if is_postgres { insert.build(PostgresQueryBuilder).0 } else { insert.build(SqliteQueryBuilder).0 }
}
