//! A database for each server: a file of its own, or a new database in the PostgreSQL of `CARDEA_TEST_POSTGRES_URL`.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use url::Url;

/// Names the PostgreSQL server in which databases may be created.
pub const POSTGRES_URL: &str = "CARDEA_TEST_POSTGRES_URL";

/// Which database a server uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// Embedded: one node.
    Sqlite,
    /// A server of its own: any number of nodes.
    Postgres,
}

/// A database that exists, until it is dropped.
pub struct Provided {
    /// For `CARDEA_DATABASE__URL`.
    pub url: String,
    created: Option<Created>,
}

struct Created {
    server: Url,
    name: String,
}

impl Provided {
    /// Makes a database; a file goes into `folder`, which is whoever's who called.
    pub async fn new(database: Database, folder: &Path) -> Self {
        match database {
            Database::Sqlite => Self { url: format!("sqlite://{}", folder.join("cardea.db").display()), created: None },
            Database::Postgres => Self::in_postgres().await,
        }
    }

    async fn in_postgres() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(POSTGRES_URL) else {
            panic!("{POSTGRES_URL} is not set: run `make test`, or scripts/with-postgres before the command");
        };
        let server = Url::parse(&server).unwrap();
        let name = format!("cardea_e2e_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        run(&server, format!("CREATE DATABASE {name}")).await.unwrap();
        let mut url = server.clone();
        url.set_path(&name);
        Self { url: url.into(), created: Some(Created { server, name }) }
    }
}

async fn run(server: &Url, statement: String) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(server.as_str()).await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    connection.close().await
}

impl Drop for Provided {
    fn drop(&mut self) {
        let Some(Created { server, name }) = self.created.take() else { return };
        // `drop` cannot wait in the runtime it is called from.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime
                .block_on(run(&server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")))
                .map_err(std::io::Error::other)
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            eprintln!("a test's database was left behind");
        }
    }
}
