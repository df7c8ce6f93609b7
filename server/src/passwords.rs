//! Slow hashes (argon2id, RFC 9106) for secrets that people chose: off the async threads and bounded in number.
//!
//! Each runs in 19 MiB; with one at a time on each core, and a short queue, an attacker can buy neither memory nor time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use cardea_protocol::Secret;
use moka::sync::Cache;
use tokio::sync::Semaphore;

pub mod imported;
pub mod policy;
mod workers;

use workers::Workers;

/// How long one waits for a place before the server says that it is busy: as long as somebody waits for a page, because on a
/// machine with much else to do slow hashes take their time.
const PATIENCE: Duration = Duration::from_secs(5);
/// Who may wait at the same time.
const QUEUE: usize = 64;
/// How many accepted secrets are remembered.
const PROVEN: u64 = 50_000;
/// Who has failed too often is checked one at a time, and each time after this long.
pub const PENANCE: Duration = Duration::from_millis(500);
/// How long they wait for their turn.
const PATIENCE_OF_PENITENTS: Duration = Duration::from_secs(2);

/// No place became free in time, or the hash could not be computed.
#[derive(Debug, thiserror::Error)]
#[error("password hashing is saturated")]
pub struct Saturated;

/// The bounded place where slow hashes are computed.
pub struct Passwords {
    workers: Workers,
    cores: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    penitents: Semaphore,
    /// SHA-256 of what a slow hash has accepted, by the id of the stored secret: from then on it costs as little as any.
    proven: Cache<String, [u8; 32]>,
    durations: Durations,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            workers: Workers::start(cores),
            cores: Arc::new(Semaphore::new(cores)),
            queue: Arc::new(Semaphore::new(QUEUE)),
            penitents: Semaphore::new(1),
            proven: Cache::new(PROVEN),
            durations: Durations::default(),
        }
    }
}

impl Passwords {
    /// The PHC string of argon2id (19 MiB, t=2, p=1) over `secret`.
    ///
    /// # Errors
    /// [`Saturated`] when too many hashes are wanted at once.
    pub async fn hash(&self, secret: &Secret) -> Result<String, Saturated> {
        let secret = Secret::new(secret.expose().to_owned());
        self.run(move || argon2id().hash_password(secret.expose().as_bytes()).map(|hash| hash.to_string()).ok())
            .await?
            .ok_or(Saturated)
    }

    /// Whether `secret` is the one behind `phc`; that may also be a bcrypt hash that was brought here.
    ///
    /// # Errors
    /// [`Saturated`] when too many hashes are wanted at once.
    pub async fn verify(&self, secret: &Secret, phc: &str) -> Result<bool, Saturated> {
        let began = Instant::now();
        let secret = Secret::new(secret.expose().to_owned());
        let phc = phc.to_owned();
        let verified = self.run(move || is_behind(&secret, &phc)).await;
        self.durations.note(began.elapsed());
        verified
    }

    /// The same for somebody who has failed too often to be believed at once: slowly, and one at a time.
    ///
    /// # Errors
    /// [`Saturated`] when too many are in the same position.
    pub async fn verify_slowly(&self, secret: &Secret, phc: &str) -> Result<bool, Saturated> {
        let place = tokio::time::timeout(PATIENCE_OF_PENITENTS, self.penitents.acquire()).await;
        let _place = place.map_err(|_| Saturated)?.map_err(|_| Saturated)?;
        tokio::time::sleep(PENANCE).await;
        self.verify(secret, phc).await
    }

    /// How long checking a secret by a slow hash takes at present: whoever answers sooner tells that none was computed.
    pub fn usual_duration(&self) -> Duration {
        self.durations.longest()
    }

    /// Whether nobody else may even wait.
    pub fn is_saturated(&self) -> bool {
        self.queue.available_permits() == 0
    }

    /// Remembers that the slow hash of the stored secret `id` accepted what has the SHA-256 `hash`.
    pub fn proved(&self, id: &str, hash: [u8; 32]) {
        self.proven.insert(id.to_owned(), hash);
    }

    /// The SHA-256 of what the slow hash of the stored secret `id` has accepted, if it has been asked.
    pub fn proven(&self, id: &str) -> Option<[u8; 32]> {
        self.proven.get(id)
    }

    /// The places are held by the work itself: who hangs up does not make room while the machine still computes for him.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Saturated> {
        let waiting = self.queue.clone().try_acquire_owned().map_err(|_| Saturated)?;
        let place = tokio::time::timeout(PATIENCE, self.cores.clone().acquire_owned()).await;
        let place = place.map_err(|_| Saturated)?.map_err(|_| Saturated)?;
        let working = self.workers.run(move || {
            let done = work();
            drop((place, waiting));
            done
        });
        working.await.ok_or(Saturated)
    }
}

/// The longest of the last ten to twenty seconds.
#[derive(Default)]
struct Durations(Mutex<Option<Windows>>);

struct Windows {
    since: Instant,
    now: Duration,
    before: Duration,
}

const WINDOW: Duration = Duration::from_secs(10);

impl Durations {
    fn note(&self, took: Duration) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let current = windows.get_or_insert_with(|| Windows { since: Instant::now(), now: took, before: took });
        if current.since.elapsed() > WINDOW {
            *current = Windows { since: Instant::now(), now: took, before: current.now };
        }
        current.now = current.now.max(took);
    }

    fn longest(&self) -> Duration {
        let windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        windows.as_ref().map_or(Duration::ZERO, |windows| windows.now.max(windows.before))
    }
}

fn is_behind(secret: &Secret, hash: &str) -> bool {
    if imported::is_bcrypt(hash) {
        return bcrypt::verify(secret.expose(), hash).unwrap_or(false);
    }
    argon2id().verify_password(secret.expose().as_bytes(), hash).is_ok()
}

fn argon2id() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_secret_behind_a_hash_matches_it() {
        let passwords = Passwords::default();
        let phc = passwords.hash(&Secret::new("correct horse".to_owned())).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(!passwords.verify(&Secret::new("battery staple".to_owned()), &phc).await.unwrap());
        assert!(!passwords.verify(&Secret::new("correct horse".to_owned()), "not a hash").await.unwrap());
        assert!(passwords.verify(&Secret::new("correct horse".to_owned()), &phc).await.unwrap());
        assert!(passwords.verify_slowly(&Secret::new("correct horse".to_owned()), &phc).await.unwrap());
        assert!(passwords.usual_duration() > Duration::ZERO);
    }

    #[tokio::test]
    async fn a_hash_that_was_brought_here_is_verified_as_what_it_is() {
        let passwords = Passwords::default();
        // Test vectors of crypt_blowfish and of the reference implementation of Argon2.
        for (password, hash) in [
            ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            ("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            ("U*U*", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
            ("password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"),
        ] {
            assert_eq!(imported::check(hash), Ok(()), "{hash}");
            assert!(!passwords.verify(&Secret::new("battery staple".to_owned()), hash).await.unwrap(), "{hash}");
            assert!(passwords.verify(&Secret::new(password.to_owned()), hash).await.unwrap(), "{hash}");
        }
    }

    #[tokio::test]
    async fn who_hangs_up_makes_no_room_while_the_work_goes_on() {
        let passwords = Passwords { cores: Arc::new(Semaphore::new(1)), ..Passwords::default() };
        let (finish, wait) = std::sync::mpsc::channel::<()>();
        let abandoned = passwords.run(move || wait.recv().is_ok());
        assert!(tokio::time::timeout(Duration::from_millis(50), abandoned).await.is_err(), "it was dropped");
        assert_eq!((passwords.cores.available_permits(), passwords.queue.available_permits()), (0, QUEUE - 1));
        finish.send(()).unwrap();
        assert!(passwords.run(|| true).await.unwrap());
    }
}
