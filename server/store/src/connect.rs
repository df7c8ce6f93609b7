//! The only file that knows SQLite from PostgreSQL: how each is opened, locked for migration, and says that it is out.

use std::{path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use cardea_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait, RuntimeErr, SqliteTransactionMode,
    SqlxPostgresConnector, SqlxSqliteConnector, TransactionOptions, UpdateMany,
};
use sqlx::{
    Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::time::timeout;

use crate::{
    StoreError,
    conditional::Conditional,
    deadline::{Bounded, Deadline},
    group::Group,
    replays, serving,
};

/// How to connect.
#[derive(Clone, Debug)]
pub struct ConnectOptions {
    /// At most so many connections to PostgreSQL. SQLite has one that writes and up to four that read.
    pub max_connections: u32,
    /// A database that has not answered a statement after this time is not available.
    pub answer_within: Duration,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        // Longer than PostgreSQL takes to end a statement itself, and so to say why.
        Self { max_connections: 16, answer_within: Duration::from_secs(12) }
    }
}

/// The database. Cheap to clone: all clones share the connections.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    writer: Bounded<DatabaseConnection>,
    reader: Bounded<DatabaseConnection>,
    kind: Kind,
    replays: Group<replays::Claim>,
    updates: Group<Conditional>,
}

enum Kind {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// How long one waits for another writer, or for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Any number will do, as long as every version of Cardea takes the same.
const MIGRATION_LOCK: i64 = 0x_ca8d_ea00;

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0.kind {
            Kind::Sqlite(_) => "Store(SQLite)",
            Kind::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}

impl Store {
    /// Connects to `sqlite://path` (made, with its folder, when it does not exist) or `postgres://…`. Call
    /// [`Store::migrate`] before anything else.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for an address that cannot work, else when the database cannot be reached.
    pub async fn connect(url: &str, options: &ConnectOptions) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url, options).await
        } else {
            Self::open_postgres(url, options).await
        }
    }

    async fn open_sqlite(url: &str, options: &ConnectOptions) -> Result<Self, StoreError> {
        let deadline = Deadline::of(options.answer_within);
        let options = SqliteConnectOptions::from_str(url).map_err(|error| bad_address(&error))?;
        let path = options.get_filename().to_owned();
        if url.contains(":memory:") || url.contains("mode=memory") || path.as_os_str().is_empty() {
            return Err(bad_address(&"SQLite needs a file"));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        }
        serving::make_private(&path)?;
        let _opening = serving::lock_for_opening(&path).await?;
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(PATIENCE)
            .foreign_keys(true)
            .pragma("temp_store", "memory")
            .pragma("journal_size_limit", "67108864");
        let options = sqlx::ConnectOptions::disable_statement_logging(options);
        // Hashes fall anywhere in their index: the rarer the log is copied back, the fewer pages are read and written again and
        // again. The cache is no larger, because a commit after a page was split looks through all of it (a page under way has a
        // number beyond any other).
        let writing = options.clone().pragma("cache_size", "-4096").pragma("wal_autocheckpoint", "8000");
        let writer = sqlite_pool(1).connect_with(writing).await?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let reader = sqlite_pool(u32::try_from(cores.min(4)).unwrap_or(1))
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        let writer = SqlxSqliteConnector::from_sqlx_sqlite_pool(writer);
        let reader = SqlxSqliteConnector::from_sqlx_sqlite_pool(reader);
        Ok(Self::new(Bounded::new(writer, deadline.clone()), Bounded::new(reader, deadline), Kind::Sqlite(path)))
    }

    async fn open_postgres(url: &str, options: &ConnectOptions) -> Result<Self, StoreError> {
        if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(bad_address(&"neither sqlite: nor postgres:"));
        }
        let address = PgConnectOptions::from_str(url).map_err(|error| bad_address(&error))?.application_name("cardea");
        let address = sqlx::ConnectOptions::disable_statement_logging(address);
        let deadline = Deadline::of(options.answer_within);
        let wary = deadline.clone();
        let pool: PgPool = PgPoolOptions::new()
            .max_connections(options.max_connections.max(2))
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            // Instead of a ping a query: one when the connection has lain idle.
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    if meta.idle_for > Duration::from_secs(30) {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            // sqlx pings what is put back and waits for ever. When an answer has failed to come, do so first, with patience.
            .after_release(move |connection, _| {
                let wary = wary.clone();
                Box::pin(async move {
                    if wary.is_wary() {
                        let silent = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
                        timeout(wary.patience(), connection.ping()).await.map_err(silent)??;
                    }
                    Ok(true)
                })
            })
            .connect_with(address.clone().options([("statement_timeout", "10s")]))
            .await?;
        let pool = Bounded::new(SqlxPostgresConnector::from_sqlx_postgres_pool(pool), deadline);
        Ok(Self::new(pool.clone(), pool, Kind::Postgres(Box::new(address))))
    }

    fn new(writer: Bounded<DatabaseConnection>, reader: Bounded<DatabaseConnection>, kind: Kind) -> Self {
        let (replays, updates) = (Group::new(writer.clone()), Group::new(writer.clone()));
        Self(Arc::new(Inner { writer, reader, kind, replays, updates }))
    }

    /// Brings the schema up to date. Of several that start at once, one does it and the others wait.
    ///
    /// # Errors
    /// When the database cannot be reached or refuses.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.0.kind {
            Kind::Sqlite(path) => {
                let _lock = serving::lock_for_migration(path).await?;
                Ok(Migrator::up(self.0.writer.unbounded(), None).await?)
            }
            Kind::Postgres(address) => {
                // Connections of its own: to wait for the lock, or to build an index, may take longer than a statement may.
                let pool = PgPoolOptions::new().max_connections(2).connect_with(address.as_ref().clone()).await?;
                let mut lock = pool.acquire().await?;
                sqlx::query("SELECT pg_advisory_lock($1)").bind(MIGRATION_LOCK).execute(&mut *lock).await?;
                let migrated = Migrator::up(&SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone()), None).await;
                // The lock is the session's and ends with it, however this went.
                lock.close().await?;
                pool.close().await;
                Ok(migrated?)
            }
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.0.reader.ping().await?)
    }

    /// Closes the connections when all that is under way has ended.
    pub async fn close(&self) {
        for connection in [&self.0.reader, &self.0.writer] {
            if let Err(error) = connection.unbounded().clone().close().await {
                tracing::warn!(%error, "a database connection did not close");
            }
        }
    }

    /// Where the database is, if it is a file.
    pub(crate) fn file(&self) -> Option<&PathBuf> {
        match &self.0.kind {
            Kind::Sqlite(path) => Some(path),
            Kind::Postgres(_) => None,
        }
    }

    pub(crate) fn reader(&self) -> &Bounded<DatabaseConnection> {
        &self.0.reader
    }

    /// For single statements that write; more than one belong in a [`crate::Tx`].
    pub(crate) fn writer(&self) -> &Bounded<DatabaseConnection> {
        &self.0.writer
    }

    pub(crate) fn replays(&self) -> &Group<replays::Claim> {
        &self.0.replays
    }

    /// Executes an update that at most one row is to fulfil the condition of, for good; answers whether one did. On the one writer
    /// of SQLite those that wait at the same time are committed together; PostgreSQL sees to that itself, for all connections.
    pub(crate) async fn conditionally<E: EntityTrait>(&self, update: UpdateMany<E>) -> Result<bool, StoreError> {
        let update = Conditional::new(&update, self.0.writer.get_database_backend());
        match &self.0.kind {
            Kind::Sqlite(_) => self.0.updates.write(update).await,
            Kind::Postgres(_) => update.execute(&self.0.writer).await,
        }
    }

    pub(crate) async fn begin_writing(&self) -> Result<Bounded<DatabaseTransaction>, StoreError> {
        begin_writing(&self.0.writer).await
    }
}

/// Begins a transaction that writes; PostgreSQL ignores the mode.
pub(crate) async fn begin_writing(
    writer: &Bounded<DatabaseConnection>,
) -> Result<Bounded<DatabaseTransaction>, StoreError> {
    let mode = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
    Ok(writer.begin(options).await?)
}

fn sqlite_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE * 2)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

fn bad_address(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Refused(DbErr::Conn(RuntimeErr::Internal(format!("the database address: {error}"))))
}

/// Whether an error says that the database is away, busy or full, and not that the statement was wrong.
pub(crate) fn is_outage(error: &DbErr) -> bool {
    let error = match error {
        // Whatever the reason: no connection is no database.
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => error,
        _ => return false,
    };
    let sqlx::Error::Database(refusal) = error.as_ref() else {
        use sqlx::Error::{BeginFailed, Io, PoolClosed, PoolTimedOut, Protocol, Tls, WorkerCrashed};
        return matches!(
            error.as_ref(),
            Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | PoolClosed | WorkerCrashed | BeginFailed
        );
    };
    let code = refusal.code().unwrap_or_default();
    match code.parse::<u32>() {
        // SQLite, extended codes: BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN.
        Ok(code) if refusal.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() => {
            matches!(code & 0xff, 5..=10 | 13 | 14)
        }
        // PostgreSQL, classes of SQLSTATE: connection, read-only, rollback (deadlock), resources, lock, operator, system.
        _ => ["08", "25006", "40", "53", "55P03", "57", "58"].iter().any(|class| code.starts_with(class)),
    }
}
