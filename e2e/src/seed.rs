//! A database as it is after years: many rows that are one row over and over, put in beside a running server.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _};

use crate::process::Cardea;

/// What becomes of a column in the copies; `i` is the number of the copy, from 1.
pub type Changed<'c> = (&'c str, &'c str);

/// Puts `count` copies of the one row of `table` that fits `which` into the SQLite database of a server, with these columns made
/// by SQL expressions.
pub async fn copies(cardea: &Cardea, table: &str, which: &str, count: u32, changed: &[Changed<'_>]) {
    let options: SqliteConnectOptions = cardea.database_url().parse().unwrap();
    let mut database = options.connect().await.unwrap();
    let columns = sqlx::query(AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}')")));
    let columns = columns.fetch_all(&mut database).await.unwrap();
    let columns: Vec<String> = columns.iter().map(|row| row.get(0)).collect();
    let value = |column: &String| {
        let own = changed.iter().find(|(name, _)| name == column);
        own.map_or_else(|| format!("t.\"{column}\""), |(_, expression)| (*expression).to_owned())
    };
    let values: Vec<_> = columns.iter().map(value).collect();
    let names: Vec<_> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    let statement = format!(
        "INSERT INTO \"{table}\" ({}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         SELECT {} FROM n, (SELECT * FROM \"{table}\" WHERE {which}) t",
        names.join(", "),
        values.join(", "),
    );
    let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut database).await.unwrap();
    assert_eq!(done.rows_affected(), u64::from(count), "{table} where {which}");
    database.close().await.unwrap();
}
