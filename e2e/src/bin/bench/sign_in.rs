//! People who sign in by password: the slow hash is what they wait for, and nobody else should.

use std::thread;
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use cardea_e2e::http::Http;
use cardea_e2e::text_browser::TextBrowser;

use crate::Outcome;
use crate::load::{self, Measured};
use crate::refresh::USERNAME;

/// How long each of these is measured.
pub(crate) const DURATION: Duration = Duration::from_secs(4);
/// Browsers, each with a sign-in under way.
const PEOPLE: usize = 16;

/// How many argon2id hashes (19 MiB, t=2, p=1) all cores compute in a second when they do nothing else.
pub(crate) fn slow_hashes() -> Outcome<f64> {
    let until = Instant::now() + DURATION;
    let hash = move || -> Outcome<usize> {
        let argon2id = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default());
        let mut hash = [0; 32];
        let mut computed = 0;
        while Instant::now() < until {
            argon2id.hash_password_into(b"a password", b"a salt of sixteen", &mut hash)?;
            computed += 1;
        }
        Ok(computed)
    };
    let workers: Vec<_> = (0..thread::available_parallelism()?.get()).map(|_| thread::spawn(hash)).collect();
    let mut computed = 0;
    for worker in workers {
        computed += worker.join().map_err(|_| "a hashing thread panicked")??;
    }
    Ok(computed as f64 / DURATION.as_secs_f64())
}

/// Signs people in, from the authorization request to the code, each time in a browser that nobody has used.
pub(crate) async fn run(authorization: &str) -> Outcome<Measured> {
    load::at_once(0..PEOPLE, DURATION, |_, until| somebody(authorization.to_owned(), until)).await
}

async fn somebody(authorization: String, until: Instant) -> Outcome<Vec<u32>> {
    let http = Http::without_redirects();
    let mut times = Vec::new();
    let mut now = Instant::now();
    while now < until {
        let browser = TextBrowser::of(http.clone());
        browser.through(&authorization, USERNAME).await.map_err(|page| page.text())?;
        let arrived = Instant::now();
        times.push(u32::try_from((arrived - now).as_micros())?);
        now = arrived;
    }
    Ok(times)
}
