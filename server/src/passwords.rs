//! Slow hashes (argon2id, RFC 9106) for secrets that people chose: off the async threads and bounded in number.
//!
//! Each runs in 19 MiB; with one at a time on each core, and a short queue, an attacker can buy neither memory nor time.

use std::time::Duration;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use cardea_protocol::Secret;
use moka::sync::Cache;
use tokio::sync::Semaphore;

/// How long one waits for a place before the server says that it is busy.
const PATIENCE: Duration = Duration::from_secs(2);
/// Who may wait at the same time.
const QUEUE: usize = 64;
/// How many accepted secrets are remembered.
const PROVEN: u64 = 50_000;

/// No place became free in time, or the hash could not be computed.
#[derive(Debug, thiserror::Error)]
#[error("password hashing is saturated")]
pub struct Saturated;

/// The bounded place where slow hashes are computed.
pub struct Passwords {
    cores: Semaphore,
    queue: Semaphore,
    /// SHA-256 of what a slow hash has accepted, by the id of the stored secret: from then on it costs as little as any.
    proven: Cache<String, [u8; 32]>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { cores: Semaphore::new(cores), queue: Semaphore::new(QUEUE), proven: Cache::new(PROVEN) }
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

    /// Whether `secret` is the one behind `phc`.
    ///
    /// # Errors
    /// [`Saturated`] when too many hashes are wanted at once.
    pub async fn verify(&self, secret: &Secret, phc: &str) -> Result<bool, Saturated> {
        let secret = Secret::new(secret.expose().to_owned());
        let phc = phc.to_owned();
        self.run(move || argon2id().verify_password(secret.expose().as_bytes(), phc.as_str()).is_ok()).await
    }

    /// Remembers that the slow hash of the stored secret `id` accepted what has the SHA-256 `hash`.
    pub fn proved(&self, id: &str, hash: [u8; 32]) {
        self.proven.insert(id.to_owned(), hash);
    }

    /// The SHA-256 of what the slow hash of the stored secret `id` has accepted, if it has been asked.
    pub fn proven(&self, id: &str) -> Option<[u8; 32]> {
        self.proven.get(id)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Saturated> {
        let _waiting = self.queue.try_acquire().map_err(|_| Saturated)?;
        let place = tokio::time::timeout(PATIENCE, self.cores.acquire()).await;
        let _place = place.map_err(|_| Saturated)?.map_err(|_| Saturated)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Saturated)
    }
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
    }
}
