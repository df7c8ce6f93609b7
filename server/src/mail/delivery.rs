//! The one task that sends letters: a few at a time, each tried a few times, ever more seldom, for some minutes.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use cardea_store::NewAuditEvent;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use lettre::AsyncTransport as _;
use lettre::transport::smtp;
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::{Job, Letter, Mail};
use crate::app::App;
use crate::forgotten_password;

/// So many are being sent, or wait for their next attempt, at once.
const UNDER_WAY: usize = 256;
/// So many connections there are at once.
const CONNECTIONS: usize = 4;
/// An attempt, from connecting to the last answer.
const ATTEMPT: Duration = Duration::from_secs(15);
/// Until the next attempt, after each.
const BACK_OFF: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(15), Duration::from_secs(60), Duration::from_secs(300)];

/// Why an attempt came to nothing.
struct Problem {
    /// In words, without those of the mail server, which repeat addresses.
    message: String,
    /// Whether another attempt may end otherwise.
    may_pass: bool,
}

/// Sends what is put into the queue, until [`Mail::stop`].
pub async fn deliver(app: Arc<App>) {
    let Some(mail) = &app.mail else { return };
    let Some(mut queue) = mail.take_queue() else { return };
    let (mut stopping, connections) = (mail.stopping.subscribe(), Semaphore::new(CONNECTIONS));
    let mut under_way = FuturesUnordered::new();
    loop {
        tokio::select! {
            job = queue.recv(), if under_way.len() < UNDER_WAY => match job {
                Some(job) => under_way.push(work(&app, mail, &connections, job)),
                None => break,
            },
            Some(()) = under_way.next(), if !under_way.is_empty() => {}
            _ = stopping.changed() => queue.close(),
        }
    }
    while under_way.next().await.is_some() {}
}

async fn work(app: &App, mail: &Mail, connections: &Semaphore, job: Job) {
    let letter = match job {
        Job::Letter(letter) => Some(*letter),
        Job::Forgotten(asked) => forgotten_password::answer(app, asked).await,
    };
    if let Some(letter) = letter {
        send(app, mail, connections, letter).await;
    }
}

async fn send(app: &App, mail: &Mail, connections: &Semaphore, letter: Letter) {
    let (mut stopping, mut waits, mut attempt) = (mail.stopping.subscribe(), BACK_OFF.into_iter(), 0_u32);
    loop {
        attempt += 1;
        let Err(problem) = mail.attempt(app, connections, &letter).await else {
            return app.audit.record_success(told(app, &letter, attempt, None));
        };
        let wait = waits.next().filter(|_| problem.may_pass && !*stopping.borrow());
        let message = problem.message;
        let Some(wait) = wait else {
            tracing::warn!(%message, attempt, "a letter could not be sent, and is not tried again");
            let event = told(app, &letter, attempt, Some(&message));
            return app.audit.record_failure(NewAuditEvent { reason: Some("mail_not_sent".into()), ..event });
        };
        tracing::info!(%message, attempt, "a letter could not be sent; trying again");
        tokio::select! {
            () = sleep(wait) => {}
            // Whoever stops the server gives it one more try.
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
    }
}

/// The event of a letter, with what there is to say of how it went.
fn told(app: &App, letter: &Letter, attempt: u32, message: Option<&str>) -> NewAuditEvent {
    let detail = json!({"purpose": letter.purpose, "attempt": attempt, "message": message});
    NewAuditEvent { time: app.clock.now(), detail: Some(detail.into()), ..letter.about.clone() }
}

impl Mail {
    async fn attempt(&self, app: &App, connections: &Semaphore, letter: &Letter) -> Result<(), Problem> {
        let message = letter
            .message(&self.from, app.clock.now())
            .map_err(|error| Problem { message: error.to_string(), may_pass: false })?;
        // Nobody closes it.
        let _connection = connections.acquire().await;
        match timeout(ATTEMPT, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => {
                Err(Problem { message: in_words(&error), may_pass: !error.is_permanent() && !error.is_client() })
            }
            Err(_) => Err(Problem { message: "the mail server took too long".to_owned(), may_pass: true }),
        }
    }
}

/// What went wrong: the server's code, or what hindered us on the way to it.
fn in_words(error: &smtp::Error) -> String {
    if let Some(code) = error.status() {
        return format!("the mail server answered {code}");
    }
    let mut innermost = error.source();
    while let Some(source) = innermost.and_then(|error| error.source()) {
        innermost = Some(source);
    }
    innermost.map_or_else(|| error.to_string(), ToString::to_string)
}
