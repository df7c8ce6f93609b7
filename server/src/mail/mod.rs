//! Letters to people, by SMTP (RFC 5321): a bounded queue that no request waits for, and one task that sends what is in it
//! ([`deliver`]). What waits is in memory alone: a crash loses it, and whoever waits for a letter asks again.

mod delivery;
mod letter;
mod recipient;
mod transport;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use cardea_protocol::PublicUrl;
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use tokio::sync::{mpsc, watch};

pub use delivery::deliver;
pub use letter::Letter;
pub use recipient::Recipient;

use crate::config::SmtpConfig;
use crate::forgotten_password::Forgotten;

/// So many may wait to be looked at; beyond it, they are turned away.
const WAITING: usize = 256;

/// What the task is given.
pub enum Job {
    /// A letter, to be sent.
    Letter(Box<Letter>),
    /// Somebody who has forgotten their password, and may have to be written to.
    Forgotten(Forgotten),
}

/// The way to people's mailboxes.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    queue: mpsc::Sender<Job>,
    /// The other end, until the task takes it.
    waiting: Mutex<Option<mpsc::Receiver<Job>>>,
    stopping: watch::Sender<bool>,
    turned_away: AtomicU64,
}

/// A place in the queue.
pub struct Slot<'a>(mpsc::Permit<'a, Job>);

impl Slot<'_> {
    /// Puts a letter there.
    pub fn send(self, letter: Letter) {
        self.0.send(Job::Letter(Box::new(letter)));
    }
}

impl Mail {
    /// Sets it up; nothing is connected yet.
    ///
    /// # Errors
    /// When the certificate authorities cannot be read or used.
    pub fn new(config: &SmtpConfig, public_url: &PublicUrl, ca_file: Option<&Path>) -> Result<Self, String> {
        let (queue, waiting) = mpsc::channel(WAITING);
        Ok(Self {
            transport: transport::of(config, public_url, ca_file)?,
            from: config.from.clone(),
            queue,
            waiting: Mutex::new(Some(waiting)),
            stopping: watch::Sender::new(false),
            turned_away: AtomicU64::new(0),
        })
    }

    /// A place in the queue, if there is one.
    pub fn reserve(&self) -> Option<Slot<'_>> {
        let slot = self.queue.try_reserve().ok().map(Slot);
        if slot.is_none() {
            self.turn_away();
        }
        slot
    }

    /// Leaves it to the task to look who has forgotten their password; who finds no place is turned away, and not told.
    pub fn leave(&self, forgotten: Forgotten) {
        if self.queue.try_send(Job::Forgotten(forgotten)).is_err() {
            self.turn_away();
        }
    }

    /// How many found no place since the start.
    pub fn turned_away(&self) -> u64 {
        self.turned_away.load(Ordering::Relaxed)
    }

    /// Takes nothing more; what waits is tried once more, and then [`deliver`] ends.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    fn turn_away(&self) {
        let turned_away = self.turned_away.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::warn!(
            turned_away,
            "a letter found no place in the queue and will not be sent: is the mail server slow?"
        );
    }

    fn take_queue(&self) -> Option<mpsc::Receiver<Job>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
