//! A database that falls silent must not hold requests for ever: every statement goes through [`Bounded`], which waits for
//! an answer only so long.

use std::{
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement, TransactionOptions, TransactionTrait, prelude::async_trait::async_trait,
};
use tokio::time::{Instant, timeout};

/// So long after a statement without an answer the connections that are put back are looked at.
const WARY: Duration = Duration::from_secs(60);

/// How long an answer is waited for, and whether one has failed to come lately.
#[derive(Clone, Debug)]
pub(crate) struct Deadline {
    patience: Duration,
    unanswered: Arc<Mutex<Option<Instant>>>,
}

impl Deadline {
    pub(crate) fn of(patience: Duration) -> Self {
        Self { patience, unanswered: Arc::default() }
    }

    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    /// Whether a connection that is put back may be one that will never answer.
    pub(crate) fn is_wary(&self) -> bool {
        let unanswered = *self.unanswered.lock().unwrap_or_else(PoisonError::into_inner);
        unanswered.is_some_and(|since| since.elapsed() < WARY)
    }

    async fn keep<T>(&self, call: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        let mut call = pin!(call);
        // Goes before the call does, and so before its connection is put back.
        let mut unanswered = Unanswered(Some(self));
        if let Ok(answer) = timeout(self.patience, &mut call).await {
            unanswered.0 = None;
            return answer;
        }
        Err(DbErr::Conn(RuntimeErr::Internal(format!("no answer within {:?}", self.patience))))
    }
}

/// Notes a call that was given up, be it by us or because nobody waits for it any more.
struct Unanswered<'d>(Option<&'d Deadline>);

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        if let Some(deadline) = self.0 {
            *deadline.unanswered.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
    }
}

/// A connection (or transaction) whose every answer is waited for only so long.
#[derive(Clone, Debug)]
pub(crate) struct Bounded<C> {
    db: C,
    deadline: Deadline,
}

impl Bounded<DatabaseConnection> {
    pub(crate) fn new(db: DatabaseConnection, deadline: Deadline) -> Self {
        Self { db, deadline }
    }

    /// How long an answer is waited for.
    pub(crate) fn patience(&self) -> Duration {
        self.deadline.patience
    }

    /// The connection itself, for what may take longer.
    pub(crate) fn unbounded(&self) -> &DatabaseConnection {
        &self.db
    }

    pub(crate) async fn ping(&self) -> Result<(), DbErr> {
        self.deadline.keep(self.db.ping()).await
    }

    pub(crate) async fn begin(&self, options: TransactionOptions) -> Result<Bounded<DatabaseTransaction>, DbErr> {
        let db = self.deadline.keep(self.db.begin_with_options(options)).await?;
        Ok(Bounded { db, deadline: self.deadline.clone() })
    }
}

impl Bounded<DatabaseTransaction> {
    /// A savepoint.
    pub(crate) async fn begin(&self) -> Result<Self, DbErr> {
        let db = self.deadline.keep(self.db.begin()).await?;
        Ok(Self { db, deadline: self.deadline.clone() })
    }

    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.deadline.keep(self.db.commit()).await
    }

    pub(crate) async fn rollback(self) -> Result<(), DbErr> {
        self.deadline.keep(self.db.rollback()).await
    }
}

#[async_trait]
impl<C: ConnectionTrait + Send> ConnectionTrait for Bounded<C> {
    fn get_database_backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.deadline.keep(self.db.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.deadline.keep(self.db.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.deadline.keep(self.db.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.deadline.keep(self.db.query_all_raw(statement)).await
    }
}
