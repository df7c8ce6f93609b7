//! Group commit: what waits to be written at the same time is written together, and each caller learns its own outcome after the
//! commit. On the one writer of SQLite it is what makes many small writes fast.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::DatabaseConnection;
use tokio::{sync::oneshot, task::yield_now, time::timeout};

use crate::{StoreError, deadline::Bounded};

/// More at once gains nothing and lets the first wait for the last.
pub(crate) const BATCH: usize = 256;
/// So many may wait; more are refused, for they would wait too long.
const QUEUE: usize = 8192;

/// Something small to be written together with others of its kind.
pub(crate) trait Work: Send + Sized + 'static {
    /// What its caller learns.
    type Outcome: Send;
    /// What several of it are called.
    const NAME: &'static str;

    /// Writes at most [`BATCH`] for good, or none of it; answers the outcomes in the same order.
    fn write(
        writer: &Bounded<DatabaseConnection>,
        batch: Vec<Self>,
    ) -> impl Future<Output = Result<Vec<Self::Outcome>, StoreError>> + Send;
}

/// Where work waits, and who writes it: whoever finds nobody writing starts a task that does, on its own thread. That thread
/// needs no waking; and while it has other requests to judge, work gathers.
pub(crate) struct Group<W: Work> {
    queue: Arc<Mutex<Queue<W>>>,
    writer: Bounded<DatabaseConnection>,
}

struct Queue<W: Work> {
    waiting: Vec<Waiting<W>>,
    is_written: bool,
}

type Waiting<W> = (W, oneshot::Sender<Result<<W as Work>::Outcome, StoreError>>);

impl<W: Work> Default for Queue<W> {
    fn default() -> Self {
        Self { waiting: Vec::new(), is_written: false }
    }
}

impl<W: Work> Group<W> {
    pub(crate) fn new(writer: Bounded<DatabaseConnection>) -> Self {
        Self { queue: Arc::default(), writer }
    }

    /// Waits until this is written for good. A caller that stops waiting does not take it back.
    pub(crate) async fn write(&self, work: W) -> Result<W::Outcome, StoreError> {
        let (answer, outcome) = oneshot::channel();
        self.enqueue((work, answer))?;
        let failed = |why: &str| StoreError::Unavailable(format!("{}: {why}", W::NAME));
        let outcome = timeout(self.writer.patience(), outcome).await.map_err(|_| failed("writing took too long"))?;
        outcome.map_err(|_| failed("their writer has stopped"))?
    }

    fn enqueue(&self, waiting: Waiting<W>) -> Result<(), StoreError> {
        let mut queue = lock(&self.queue);
        if queue.waiting.len() >= QUEUE {
            return Err(StoreError::Unavailable(format!("{}: too many wait to be written", W::NAME)));
        }
        queue.waiting.push(waiting);
        if !mem::replace(&mut queue.is_written, true) {
            let turn = Turn { queue: self.queue.clone(), is_over: false };
            tokio::spawn(write(turn, self.writer.clone()));
        }
        Ok(())
    }
}

/// The right, and the duty, to write what waits. A task dies with its worker: then nobody must wait for it.
struct Turn<W: Work> {
    queue: Arc<Mutex<Queue<W>>>,
    is_over: bool,
}

impl<W: Work> Turn<W> {
    /// The next batch; after an empty one the turn is over.
    fn take(&mut self) -> Vec<Waiting<W>> {
        let mut queue = lock(&self.queue);
        let count = queue.waiting.len().min(BATCH);
        self.is_over = count == 0;
        queue.is_written = count > 0;
        queue.waiting.drain(..count).collect()
    }
}

impl<W: Work> Drop for Turn<W> {
    fn drop(&mut self) {
        if !self.is_over {
            *lock(&self.queue) = Queue::default();
        }
    }
}

fn lock<W: Work>(queue: &Mutex<Queue<W>>) -> MutexGuard<'_, Queue<W>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn write<W: Work>(mut turn: Turn<W>, writer: Bounded<DatabaseConnection>) {
    loop {
        // What this thread has before it may be more of it.
        yield_now().await;
        let (batch, answers): (Vec<_>, Vec<_>) = turn.take().into_iter().unzip();
        if batch.is_empty() {
            return;
        }
        // An answer that nobody waits for any more is no failure.
        match W::write(&writer, batch).await {
            Ok(outcomes) => {
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    let _ = answer.send(Ok(outcome));
                }
            }
            Err(error) => {
                for answer in answers {
                    let _ = answer.send(Err(StoreError::Unavailable(error.to_string())));
                }
            }
        }
    }
}
