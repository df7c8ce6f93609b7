//! Each test on both databases, in a database of its own that is gone afterwards.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, resume_unwind},
    sync::Arc,
};

use cardea_store::{ConnectOptions, Store};
use futures_util::FutureExt;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;

/// A database for one test.
pub(crate) struct Database {
    pub(crate) url: String,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Server { admin: String, name: String },
}

impl Database {
    fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        // The folder within is not there yet: connecting makes it.
        let url = format!("sqlite://{}/data/cardea.db", folder.path().display());
        Self { url, place: Place::Folder(folder) }
    }

    async fn postgres() -> Self {
        let admin = std::env::var("CARDEA_TEST_POSTGRES_URL")
            .expect("CARDEA_TEST_POSTGRES_URL is not set: run `make test`, which starts a PostgreSQL of its own");
        let name = format!("cardea_{}", uuid::Uuid::new_v4().simple());
        sql(&admin, format!("CREATE DATABASE {name}")).await;
        let (server, _) = admin.rsplit_once('/').unwrap();
        Self { url: format!("{server}/{name}"), place: Place::Server { admin, name } }
    }

    /// A node: connections of its own to this database, with the schema up to date.
    pub(crate) async fn store(&self) -> Store {
        let store = self.bare().await;
        store.migrate().await.unwrap();
        store
    }

    /// A node that has not migrated.
    pub(crate) async fn bare(&self) -> Store {
        Store::connect(&self.url, &ConnectOptions { max_connections: 8, ..ConnectOptions::default() }).await.unwrap()
    }

    /// On PostgreSQL: takes the database away from everyone, or gives it back.
    pub(crate) async fn away(&self, away: bool) -> bool {
        let Place::Server { admin, name } = &self.place else { return false };
        sql(admin, format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {}", !away)).await;
        if away {
            sql(admin, format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
                .await;
        }
        true
    }

    async fn remove(&self) {
        match &self.place {
            Place::Folder(folder) => std::fs::remove_dir_all(folder.path()).unwrap(),
            Place::Server { admin, name } => sql(admin, format!("DROP DATABASE {name} WITH (FORCE)")).await,
        }
    }
}

async fn sql(url: &str, statement: String) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
    connection.close().await.unwrap();
}

pub(crate) async fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Arc<Database>) -> F) {
    on(Database::sqlite(), test).await;
}

pub(crate) async fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(Arc<Database>) -> F) {
    on(Database::postgres().await, test).await;
}

async fn on<F: Future<Output = ()>>(database: Database, test: impl FnOnce(Arc<Database>) -> F) {
    let database = Arc::new(database);
    let ended = AssertUnwindSafe(test(database.clone())).catch_unwind().await;
    database.remove().await;
    if let Err(panic) = ended {
        resume_unwind(panic);
    }
}

/// `both! { async fn a_sentence(db) { … } }`: two tests, `a_sentence::sqlite` and `a_sentence::postgres`.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident) $body:block)+) => {
        $(mod $name {
            #[allow(unused_imports, reason = "not every test uses what its file does")]
            #[allow(clippy::allow_attributes, reason = "and no test knows")]
            use super::*;

            async fn run($db: std::sync::Arc<$crate::both::Database>) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::both::on_sqlite(run).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::both::on_postgres(run).await;
            }
        })+
    };
}
