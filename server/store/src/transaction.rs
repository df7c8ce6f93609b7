//! One transaction that writes. On SQLite it begins IMMEDIATE on the one writer: a transaction that begins by reading
//! and then wants to write fails at once when another has written meanwhile.

use cardea_protocol::{ClientId, TenantId, Timestamp, WorkspaceId};
use sea_orm::DatabaseTransaction;

use crate::{
    NewAuditEvent, Store, StoreError, audit,
    changes::{self, Pending},
    deadline::Bounded,
    scope::Scope,
};

/// A transaction that writes; dropped without [`Tx::commit`], it never happened. While one is open on SQLite every other
/// writer waits, so do nothing slow in it, and do not write through the [`Store`] from the task that holds it.
#[derive(Debug)]
pub struct Tx {
    pub(crate) db: Bounded<DatabaseTransaction>,
    now: Timestamp,
    changes: Vec<Pending>,
}

impl Store {
    /// Begins a transaction. `now` becomes the time of the changes it announces.
    ///
    /// # Errors
    /// When the database cannot be reached or another writer does not let go.
    pub async fn begin(&self, now: Timestamp) -> Result<Tx, StoreError> {
        Ok(Tx { db: self.begin_writing().await?, now, changes: Vec::new() })
    }
}

impl Tx {
    /// This transaction as one workspace sees it.
    pub fn scoped(&self, tenant_id: &TenantId, workspace_id: &WorkspaceId) -> ScopedTx<'_> {
        let scope = Scope { tenant_id: tenant_id.clone(), workspace_id: workspace_id.clone() };
        ScopedTx { db: &self.db, scope }
    }

    /// Records an audit event, together with what it tells of or not at all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record(&self, event: NewAuditEvent) -> Result<(), StoreError> {
        audit::insert(&self.db, &[event.into()]).await.map(drop)
    }

    /// Announces a change to every node's caches: of one client, or of a workspace and all in it.
    pub fn changed(&mut self, tenant_id: &TenantId, workspace_id: &WorkspaceId, client_id: Option<&ClientId>) {
        self.announce(Pending {
            tenant_id: tenant_id.clone(),
            workspace_id: Some(workspace_id.clone()),
            client_id: client_id.cloned(),
        });
    }

    /// Announces a change of a tenant and all in it.
    pub fn tenant_changed(&mut self, tenant_id: &TenantId) {
        self.announce(Pending { tenant_id: tenant_id.clone(), workspace_id: None, client_id: None });
    }

    fn announce(&mut self, change: Pending) {
        if !self.changes.contains(&change) {
            self.changes.push(change);
        }
    }

    /// Makes it so, and answers what was announced. The changes are numbered last of all: their counter's row stays locked
    /// until the commit, so that the order of the numbers is the order of the commits and no node can read past a number
    /// still to come.
    ///
    /// # Errors
    /// When the database fails; then nothing happened, unless the connection broke (or fell silent) during the commit itself.
    pub async fn commit(self) -> Result<Vec<Pending>, StoreError> {
        changes::write(&self.db, &self.changes, self.now).await?;
        self.db.commit().await?;
        Ok(self.changes)
    }
}

/// A transaction as one workspace sees it.
#[derive(Clone, Debug)]
pub struct ScopedTx<'t> {
    pub(crate) db: &'t Bounded<DatabaseTransaction>,
    pub(crate) scope: Scope,
}
