//! One-time use of assertions (RFC 7523 §3, `jti`), across nodes and restarts. Claims that come together are written
//! together: one statement and one commit for up to 256, and each caller learns its own outcome after the commit.

use std::{
    collections::HashSet,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use cardea_protocol::{TenantId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{ExprTrait, Value},
};
use tokio::{sync::oneshot, task::yield_now, time::timeout};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    deadline::Bounded,
    entity::replays::{Column, Entity},
    insertion::Insertion,
};

/// More in one statement gains nothing and lets the first wait for the last.
const BATCH: usize = 256;
/// So many may wait; more are refused, for they would wait too long.
const QUEUE: usize = 8192;

static INSERTION: Insertion<22> =
    Insertion::new([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 48, 64, 96, 128, 192, BATCH]);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    tenant_id: TenantId,
    workspace_id: WorkspaceId,
    hash: [u8; 32],
}

struct Claim {
    key: Key,
    expires_at: Timestamp,
    answer: oneshot::Sender<Result<bool, StoreError>>,
}

/// Where claims wait, and who writes them: whoever finds nobody writing starts a task that does, on its own thread. That
/// thread needs no waking; and while it has other requests to judge, claims gather.
pub(crate) struct Replays {
    queue: Arc<Mutex<Queue>>,
    writer: Bounded<DatabaseConnection>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Claim>,
    is_written: bool,
}

impl Replays {
    pub(crate) fn new(writer: Bounded<DatabaseConnection>) -> Self {
        Self { queue: Arc::default(), writer }
    }

    fn claim(&self, claim: Claim) -> Result<(), StoreError> {
        let mut queue = lock(&self.queue);
        if queue.waiting.len() >= QUEUE {
            return Err(StoreError::Unavailable("too many assertions wait to be recorded".to_owned()));
        }
        queue.waiting.push(claim);
        if !mem::replace(&mut queue.is_written, true) {
            let turn = Turn { queue: self.queue.clone(), is_over: false };
            tokio::spawn(write(turn, self.writer.clone()));
        }
        Ok(())
    }
}

impl Store {
    /// Claims a hash for good; answers whether it was free. When this answers true, the claim survives a crash of the
    /// process. What it stands for may be cleared away after `expires_at`.
    ///
    /// # Errors
    /// When the database fails: then nobody knows, and the caller must refuse.
    pub async fn claim_replay(
        &self,
        tenant_id: &TenantId,
        workspace_id: &WorkspaceId,
        hash: [u8; 32],
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (answer, outcome) = oneshot::channel();
        let key = Key { tenant_id: tenant_id.clone(), workspace_id: workspace_id.clone(), hash };
        self.replays().claim(Claim { key, expires_at, answer })?;
        let patience = self.replays().writer.patience();
        let failed = |why: &str| StoreError::Unavailable(why.to_owned());
        let outcome = timeout(patience, outcome).await.map_err(|_| failed("a replay record took too long to write"))?;
        outcome.map_err(|_| failed("the writer of replay records has stopped"))?
    }
}

/// The right, and the duty, to write what waits. A task dies with its worker: then nobody must wait for it.
struct Turn {
    queue: Arc<Mutex<Queue>>,
    is_over: bool,
}

impl Turn {
    /// The next batch; after an empty one the turn is over.
    fn take(&mut self) -> Vec<Claim> {
        let mut queue = lock(&self.queue);
        let count = queue.waiting.len().min(BATCH);
        self.is_over = count == 0;
        queue.is_written = count > 0;
        queue.waiting.drain(..count).collect()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.is_over {
            *lock(&self.queue) = Queue::default();
        }
    }
}

fn lock(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn write(mut turn: Turn, writer: Bounded<DatabaseConnection>) {
    loop {
        // What this thread has before it may be more claims.
        yield_now().await;
        let batch = turn.take();
        if batch.is_empty() {
            return;
        }
        settle(&writer, batch).await;
    }
}

/// Writes a batch and answers everyone in it.
async fn settle(writer: &Bounded<DatabaseConnection>, mut batch: Vec<Claim>) {
    // Sorted, so that two nodes lock in the same order; of twins in one batch the first is the one that counts.
    batch.sort_by(|a, b| a.key.cmp(&b.key));
    let mut wanted: Vec<Claim> = Vec::with_capacity(batch.len());
    let mut twins = Vec::new();
    for claim in batch {
        if wanted.last().is_some_and(|before| before.key == claim.key) {
            twins.push(claim.answer);
        } else {
            wanted.push(claim);
        }
    }
    // An answer that nobody waits for any more is no failure.
    match insert(writer, &wanted).await {
        Ok(won) => {
            for claim in wanted {
                let _ = claim.answer.send(Ok(won.as_ref().is_none_or(|won| won.contains(&id(&claim.key)))));
            }
            for twin in twins {
                let _ = twin.send(Ok(false));
            }
        }
        Err(error) => {
            for answer in wanted.into_iter().map(|claim| claim.answer).chain(twins) {
                let _ = answer.send(Err(StoreError::Unavailable(error.to_string())));
            }
        }
    }
}

type Won = HashSet<(String, String, Vec<u8>)>;

fn id(key: &Key) -> (String, String, Vec<u8>) {
    (key.tenant_id.as_str().to_owned(), key.workspace_id.as_str().to_owned(), key.hash.to_vec())
}

/// One statement, and so all or nothing without a transaction around it. Answers who won; none for all.
async fn insert(writer: &Bounded<DatabaseConnection>, claims: &[Claim]) -> Result<Option<Won>, StoreError> {
    let (high, low) = Uuid::new_v4().as_u64_pair();
    let batch = (high ^ low).cast_signed();
    let length = INSERTION.fitting(claims.len()).unwrap_or(BATCH);
    // The last once more changes nothing.
    let rows = claims.iter().chain(claims.last().into_iter().cycle()).take(length);
    let values = rows.flat_map(|Claim { key, expires_at, .. }| -> [Value; 5] {
        // In the order of `Column`.
        [
            key.tenant_id.as_str().into(),
            key.workspace_id.as_str().into(),
            key.hash.as_slice().into(),
            expires_at.as_millis().into(),
            batch.into(),
        ]
    });
    let statement = INSERTION.statement::<Entity>(writer.get_database_backend(), length, values.collect());
    let inserted = writer.execute_raw(statement).await?.rows_affected();
    if u64::try_from(claims.len()).is_ok_and(|count| count == inserted) {
        return Ok(None);
    }
    if inserted == 0 {
        return Ok(Some(Won::new()));
    }
    // The count decides nearly always and costs nothing, where rows that come back cost each its way between threads.
    let any = claims.iter().fold(Condition::any(), |any, Claim { key, .. }| {
        let workspace =
            Column::TenantId.eq(key.tenant_id.as_str()).and(Column::WorkspaceId.eq(key.workspace_id.as_str()));
        any.add(workspace.and(Column::Hash.eq(key.hash.as_slice())))
    });
    let ours = Entity::find().select_only().columns([Column::TenantId, Column::WorkspaceId, Column::Hash]);
    let ours = ours.filter(any).filter(Column::Batch.eq(batch));
    Ok(Some(ours.into_tuple::<(String, String, Vec<u8>)>().all(writer).await?.into_iter().collect()))
}
