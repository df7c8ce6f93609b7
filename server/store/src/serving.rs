//! Files of an SQLite database: its own, for its owner alone, and the locks beside it: one process serves, one opens,
//! one migrates.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use crate::{Store, StoreError};

/// The right to serve from this database, held until it is dropped or the process ends.
#[derive(Debug)]
pub struct ServingClaim {
    _lock: Option<File>,
}

impl Store {
    /// Claims the right to serve; none when another process (or store) holds it. Caches of two processes on one SQLite
    /// file would be right, but its locks are not made for two busy writers, least of all on a network share. On
    /// PostgreSQL everyone may serve. Commands that only read or write a little do not claim.
    ///
    /// # Errors
    /// When the lock file beside the database cannot be made.
    pub fn claim_exclusive_serving(&self) -> Result<Option<ServingClaim>, StoreError> {
        let Some(database) = self.file() else {
            return Ok(Some(ServingClaim { _lock: None }));
        };
        let file = open(&beside(database, ".serve.lock")).map_err(unavailable)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(ServingClaim { _lock: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(unavailable(error)),
        }
    }
}

/// Waits until no other migrates this file.
pub(crate) async fn lock_for_migration(database: &Path) -> Result<File, StoreError> {
    lock(beside(database, ".migrate.lock")).await
}

/// Waits until no other opens this file: SQLite lets nobody wait while a new file is given its write-ahead log.
pub(crate) async fn lock_for_opening(database: &Path) -> Result<File, StoreError> {
    lock(beside(database, ".open.lock")).await
}

async fn lock(path: PathBuf) -> Result<File, StoreError> {
    let locked = tokio::task::spawn_blocking(move || {
        let file = open(&path)?;
        file.lock()?;
        Ok::<_, io::Error>(file)
    });
    locked.await.map_err(|error| StoreError::Unavailable(error.to_string()))?.map_err(unavailable)
}

/// Makes the database's file for its owner alone, if it is not there; SQLite gives the files beside it the same rights.
pub(crate) fn make_private(database: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(database) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(StoreError::Unavailable(format!("the database's file: {error}")))
        }
        _ => Ok(()),
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}

fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(ending);
    PathBuf::from(name)
}

fn unavailable(error: io::Error) -> StoreError {
    StoreError::Unavailable(format!("the lock file beside the database: {error}"))
}
