//! The task that writes what the audit log was handed. When the database is away it tries again, ever more slowly, and
//! what comes meanwhile waits in the queue.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use cardea_protocol::{TenantId, Timestamp, WorkspaceId};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep, timeout_at},
};

use super::{GATHER, Message, Shared, touches::Touches};
use crate::{NewAuditEvent, Outcome, Store, StoreError, audit};

/// So long between two looks into the queue: at any speed that a machine reaches, a fraction of it comes meanwhile.
const NAP: Duration = Duration::from_millis(20);
/// At most so many events in one statement.
const BATCH: usize = 500;
/// Last uses are less urgent than events, and the longer they wait the fewer are left.
const TOUCH_EVERY: Duration = Duration::from_secs(2);
/// More clients than these do not wait for that.
const MOST_TOUCHES: usize = 10_000;
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// So long a shutdown waits for a database that is away.
const LAST_CHANCE: Duration = Duration::from_secs(5);

pub(super) struct Writer {
    store: Store,
    messages: mpsc::Receiver<Message>,
    shared: Arc<Shared>,
    /// Made into rows once, so that a second attempt writes the same ids.
    events: Vec<audit::Row>,
    touches: Touches,
    touched: Instant,
    asked: Vec<oneshot::Sender<()>>,
    stopped: bool,
    last_time: Timestamp,
    give_up_at: Option<Instant>,
}

impl Writer {
    pub(super) fn new(store: Store, messages: mpsc::Receiver<Message>, shared: Arc<Shared>) -> Self {
        Self {
            store,
            messages,
            shared,
            events: Vec::with_capacity(BATCH),
            touches: Touches::default(),
            touched: Instant::now(),
            asked: Vec::new(),
            stopped: false,
            last_time: Timestamp::default(),
            give_up_at: None,
        }
    }

    pub(super) async fn run(mut self) {
        while !self.stopped {
            self.gather().await;
            self.write_all().await;
            for answer in self.asked.drain(..) {
                let _ = answer.send(());
            }
        }
    }

    /// Takes what comes until there is enough, the time is over or someone asks.
    ///
    /// Waiting in the queue would have every message wake this task; on a busy token endpoint that costs more than writing
    /// them does. So it waits there for the first one only, then looks again after each [`NAP`].
    async fn gather(&mut self) {
        let touches_due = self.touched + TOUCH_EVERY;
        let first = self.messages.recv();
        let first = if self.touches.len() > 0 { timeout_at(touches_due, first).await } else { Ok(first.await) };
        match first {
            Ok(Some(message)) => self.take(message),
            Ok(None) => self.stopped = true,
            Err(_) => return,
        }
        let until = Instant::now() + GATHER;
        while !self.stopped && self.asked.is_empty() {
            while self.events.len() < BATCH
                && self.touches.len() < MOST_TOUCHES
                && self.asked.is_empty()
                && let Ok(message) = self.messages.try_recv()
            {
                self.take(message);
            }
            if self.events.len() >= BATCH || self.touches.len() >= MOST_TOUCHES || Instant::now() >= until {
                return;
            }
            tokio::select! {
                () = sleep(NAP) => {}
                () = self.shared.hurry.notified() => {}
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Event(event) => {
                self.last_time = self.last_time.max(event.time);
                self.events.push(event.into());
            }
            Message::Touch(touch) => {
                self.last_time = self.last_time.max(touch.time);
                self.touches.add(touch);
            }
            Message::Flush(answer) => self.asked.push(answer),
            Message::Stop(answer) => {
                self.asked.push(answer);
                self.stopped = true;
                self.messages.close();
            }
        }
    }

    async fn write_all(&mut self) {
        let dropped = self.shared.dropped.swap(0, Ordering::Relaxed);
        if dropped > 0 {
            tracing::error!(dropped, "audit events were dropped: they come faster than the database takes them");
            self.events.push(lost(dropped, self.last_time).into());
        }
        let mut pause = FIRST_PAUSE;
        while let Err(error) = self.write().await {
            let stopping = self.shared.stopping.load(Ordering::Relaxed);
            let give_up_at = *self.give_up_at.get_or_insert_with(|| Instant::now() + LAST_CHANCE);
            if !stopping {
                self.give_up_at = None;
            } else if Instant::now() >= give_up_at {
                tracing::error!(%error, events = self.events.len(), "audit events are lost: the database is away");
                self.events.clear();
                self.touches.clear();
                return;
            }
            tracing::warn!(%error, "audit events could not be written yet");
            // A shutdown should not wait for the whole of a long pause.
            sleep(if stopping { FIRST_PAUSE } else { pause }).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn write(&mut self) -> Result<(), StoreError> {
        if !self.events.is_empty() {
            match audit::write(&self.store, &self.events).await {
                Err(error) if !error.is_unavailable() => self.write_singly().await?,
                written => written?,
            }
            self.events.clear();
        }
        let due = self.touched.elapsed() >= TOUCH_EVERY || self.touches.len() >= MOST_TOUCHES;
        if due || !self.asked.is_empty() {
            match self.touches.write(&self.store).await {
                Err(error) if !error.is_unavailable() => {
                    tracing::error!(%error, "last uses could not be written");
                    self.touches.clear();
                }
                written => written?,
            }
            self.touched = Instant::now();
        }
        Ok(())
    }

    /// One event that the database refuses must not take the others with it.
    async fn write_singly(&mut self) -> Result<(), StoreError> {
        for event in &self.events {
            match audit::write(&self.store, std::slice::from_ref(event)).await {
                Err(error) if !error.is_unavailable() => tracing::error!(%error, "an audit event is lost"),
                written => written?,
            }
        }
        Ok(())
    }
}

/// What tells of events that found no room.
fn lost(count: u64, time: Timestamp) -> NewAuditEvent {
    let (tenant_id, workspace_id) = (TenantId::system(), WorkspaceId::admin());
    NewAuditEvent {
        actor: Some("cardea".to_owned()),
        detail: Some(serde_json::json!({ "count": count }).into()),
        ..NewAuditEvent::new(&tenant_id, &workspace_id, time, "audit.events_dropped", Outcome::Failure)
    }
}
