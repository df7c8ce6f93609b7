//! Threads for slow hashes, one for each core. They stand behind all other work of the machine: however many people sign in
//! at once, a token request that needs no slow hash hardly waits for them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// The threads; they end when this is dropped.
pub(super) struct Workers(Sender<Job>);

impl Workers {
    /// Starts so many threads.
    pub(super) fn start(count: usize) -> Self {
        let (jobs, waiting) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..count {
            let waiting = waiting.clone();
            let work = move || {
                stand_back();
                work(&waiting);
            };
            if let Err(error) = thread::Builder::new().name("slow-hash".to_owned()).spawn(work) {
                tracing::error!(%error, "a thread for slow hashes could not be started");
            }
        }
        Self(jobs)
    }

    /// Computes `job` on one of the threads; nothing when none is there, or the job panicked.
    pub(super) async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (done, answer) = oneshot::channel();
        // Who asked may have gone: then nobody wants the answer.
        self.0.send(Box::new(move || drop(done.send(job())))).ok()?;
        answer.await.ok()
    }
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // The one who waits is told by the channel that was dropped; the thread goes on.
        drop(catch_unwind(AssertUnwindSafe(job)));
    }
}

/// Elsewhere than on Linux a thread has no niceness of its own.
fn stand_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 10) {
        tracing::debug!(%error, "slow hashes have the priority of all other work");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_that_panics_takes_no_thread_along() {
        let workers = Workers::start(1);
        assert_eq!(workers.run(|| panic!("on purpose")).await, None::<()>);
        assert_eq!(workers.run(|| 7).await, Some(7));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn other_work_goes_first() {
        let niceness = || rustix::process::getpriority_process(None).unwrap();
        let own = niceness();
        assert_eq!(Workers::start(1).run(niceness).await, Some(own.max(10)));
        assert_eq!(niceness(), own);
    }
}
