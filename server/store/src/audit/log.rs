//! The audit log of the token path: events and last uses are handed over without waiting and written in batches.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use cardea_protocol::{ClientId, TenantId, Timestamp, WorkspaceId};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::{NewAuditEvent, Outcome, Store};

mod touches;
mod writer;

use touches::Touch;
use writer::Writer;

/// So much may wait to be written: some seconds of a busy token endpoint, a few megabytes.
const QUEUE: usize = 16_384;
/// What successes leave free for failures, which are fewer and matter more.
const KEPT_FOR_FAILURES: usize = QUEUE / 8;
/// So long an event waits for others to be written with.
const GATHER: Duration = Duration::from_millis(500);

/// Where events are handed over. Cheap to clone; [`AuditLog::shutdown`] before the process ends.
#[derive(Clone, Debug)]
pub struct AuditLog {
    queue: mpsc::Sender<Message>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Events that found no room since the last that said so.
    dropped: AtomicU64,
    /// Give up on a database that stays away.
    stopping: AtomicBool,
    /// Someone waits for an answer.
    hurry: Notify,
}

#[derive(Debug)]
enum Message {
    Event(NewAuditEvent),
    Touch(Touch),
    Flush(oneshot::Sender<()>),
    Stop(oneshot::Sender<()>),
}

impl AuditLog {
    /// Starts the task that writes.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (queue, messages) = mpsc::channel(QUEUE);
        let shared = Arc::new(Shared::default());
        tokio::spawn(Writer::new(store, messages, shared.clone()).run());
        Self { queue, shared }
    }

    /// Hands over what succeeded. Never waits: when there is no room, the event is counted instead.
    pub fn record_success(&self, event: NewAuditEvent) {
        let event = NewAuditEvent { outcome: Outcome::Success, ..event };
        if self.queue.capacity() <= KEPT_FOR_FAILURES {
            self.shared.dropped.fetch_add(1, Ordering::Relaxed);
        } else {
            self.hand_over(event);
        }
    }

    /// Hands over what was refused. Never waits: when there is no room, the event is counted instead.
    pub fn record_failure(&self, event: NewAuditEvent) {
        self.hand_over(NewAuditEvent { outcome: Outcome::Failure, ..event });
    }

    fn hand_over(&self, event: NewAuditEvent) {
        if self.queue.try_send(Message::Event(event)).is_err() {
            self.shared.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Notes that a client (and the secret it did so with) has authenticated. Never waits; only the last of each is
    /// written, within some seconds.
    pub fn touch(
        &self,
        tenant_id: &TenantId,
        workspace_id: &WorkspaceId,
        client_id: &ClientId,
        secret_id: Option<&str>,
        time: Timestamp,
    ) {
        if self.queue.capacity() > KEPT_FOR_FAILURES {
            // The next authentication says so again.
            let _ = self.queue.try_send(Message::Touch(Touch {
                tenant_id: tenant_id.clone(),
                workspace_id: workspace_id.clone(),
                client_id: client_id.clone(),
                secret_id: secret_id.map(Into::into),
                time,
            }));
        }
    }

    /// Waits until all that was handed over before is written; as long as the database is away, that is long.
    pub async fn flush(&self) {
        self.ask(Message::Flush).await;
    }

    /// Writes all that was handed over and ends. A database that stays away is given up on after some seconds.
    pub async fn shutdown(&self) {
        self.shared.stopping.store(true, Ordering::Relaxed);
        self.ask(Message::Stop).await;
    }

    async fn ask(&self, question: impl FnOnce(oneshot::Sender<()>) -> Message) {
        let (answer, done) = oneshot::channel();
        // No writer any more: nothing is left to wait for.
        if self.queue.send(question(answer)).await.is_ok() {
            self.shared.hurry.notify_one();
            let _ = done.await;
        }
    }
}
