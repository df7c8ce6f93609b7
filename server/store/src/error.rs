//! What can go wrong in the store. "Not found" is `None` and "already there" an outcome: neither is an error.

use sea_orm::{DbErr, SqlErr};

use crate::connect::is_outage;

/// A question the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, is too busy or has no room; the same question may be answered later.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// What the row belongs to (a tenant, workspace, client or service) has been deleted meanwhile.
    #[error("what this belongs to does not exist")]
    ParentMissing,
    /// The database refused the statement: a fault of ours.
    #[error("the database refused a statement: {0}")]
    Refused(DbErr),
    /// A row that says what no version of Cardea has written.
    #[error("a stored row is corrupt: {0}")]
    Corrupt(String),
}

impl StoreError {
    /// Whether trying again later may help: what 503 is for.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether what the row belongs to is gone: what 404 is for.
    #[must_use]
    pub fn is_parent_missing(&self) -> bool {
        matches!(self, Self::ParentMissing)
    }

    pub(crate) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::ParentMissing,
            _ if is_outage(&error) => Self::Unavailable(error.to_string()),
            _ if matches!(error, DbErr::Type(_) | DbErr::Json(_)) => Self::Corrupt(error.to_string()),
            _ => Self::Refused(error),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// How an insertion ended. Never learnt by looking first: a race would lie.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertOutcome {
    /// The row is there and ours.
    Inserted,
    /// A row with that key was there already and is as it was.
    AlreadyExists,
}

impl InsertOutcome {
    /// Whether the row is ours.
    #[must_use]
    pub fn is_inserted(self) -> bool {
        matches!(self, Self::Inserted)
    }

    pub(crate) fn of(inserted: bool) -> Self {
        if inserted { Self::Inserted } else { Self::AlreadyExists }
    }
}
