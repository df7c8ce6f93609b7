//! A database for one test, gone with it.

use std::env;

use sqlx::{Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;

/// Where a test's data lies.
pub struct Database {
    /// What `CARDEA_DATABASE__URL` is set to.
    pub url: String,
    drop_on: Option<(String, String)>,
}

impl Database {
    /// SQLite in `folder`, or a new database of the PostgreSQL that `make test` started.
    pub async fn create(folder: &TempDir) -> Self {
        if env::var("CARDEA_TEST_DATABASE").as_deref() != Ok("postgres") {
            return Self { url: format!("sqlite://{}/cardea.db", folder.path().display()), drop_on: None };
        }
        let server = env::var("CARDEA_TEST_POSTGRES_URL").expect("PostgreSQL is started by `make test`");
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let mut connection = PgConnection::connect(&server).await.unwrap();
        connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        Self { url, drop_on: Some((server, name)) }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some((server, name)) = self.drop_on.take() else { return };
        // In a thread of its own: the test's runtime is ending.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut connection = PgConnection::connect(&server).await.unwrap();
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                connection.execute(sqlx::AssertSqlSafe(drop)).await.unwrap();
            });
        });
        drop(dropped.join());
    }
}
