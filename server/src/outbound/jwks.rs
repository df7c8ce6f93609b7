//! Keys that clients publish at their `jwks_uri` (RFC 7591 §2): fetched once for all who wait, kept for a while, fetched
//! again when a token names a key that is not among them, and never oftener than twice a minute.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cardea_protocol::{JwkSet, SigningAlg};
use moka::sync::Cache;
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::{Document, FetchError, Outbound};
use crate::certificates::certificate::thumbprint;
use crate::tokens::verifier::Verifier;

/// One client's document is asked for at most twice within this time: a key that was changed just now is found at once, and
/// unknown keys make us ask no oftener.
const WINDOW: Duration = Duration::from_secs(60);
const MIN_AGE: Duration = Duration::from_secs(60);
const MAX_AGE: Duration = Duration::from_secs(3_600);
const DEFAULT_AGE: Duration = Duration::from_secs(300);
/// While the source is out of reach, keys that were good are believed for this much longer.
const STALE: Duration = Duration::from_secs(3_600);
const DOCUMENTS: u64 = 10_000;
/// How many keys are tried for one signature.
const TRIED: usize = 8;

/// The public keys of a client, each ready to verify with every algorithm that it fits.
pub struct KeySet {
    keys: Vec<Prepared>,
    /// SHA-256 of each certificate that stands first in an `x5c`: a registered one (RFC 8705 §2.2). Those after it vouch for
    /// it elsewhere, and are nobody's registration.
    certificates: Vec<String>,
}

struct Prepared {
    kid: Option<String>,
    alg: SigningAlg,
    verifier: Verifier,
}

impl KeySet {
    /// Keys registered by value.
    pub fn registered(jwks: &Value) -> Self {
        // They were checked when they were registered; what is unusable all the same verifies nothing.
        Self::new(&JwkSet::parse_registered(jwks).unwrap_or_default())
    }

    fn new(jwks: &JwkSet) -> Self {
        let mut keys = Vec::new();
        for jwk in jwks.keys() {
            for alg in SigningAlg::CLIENT_ASSERTION_ASYMMETRIC {
                if let Some(verifier) = Verifier::new(alg, jwk) {
                    keys.push(Prepared { kid: jwk.kid().map(str::to_owned), alg, verifier });
                }
            }
        }
        let certificates = jwks.keys().iter().filter_map(|key| STANDARD.decode(key.x5c().next()?).ok());
        Self { keys, certificates: certificates.map(|der| thumbprint(&der)).collect() }
    }

    /// Whether the certificate with this `x5t#S256` is registered: itself, not its key, so who renews it registers it again.
    pub fn has_certificate(&self, thumbprint: &str) -> bool {
        self.certificates.iter().any(|registered| registered == thumbprint)
    }

    /// The `x5t#S256` of each certificate that is registered.
    pub fn certificates(&self) -> &[String] {
        &self.certificates
    }

    /// Roughly how many octets it takes.
    pub fn weight(&self) -> u32 {
        u32::try_from(self.keys.len() * 900 + self.certificates.len() * 70).unwrap_or(u32::MAX / 4)
    }

    /// Verifiers for a signature by `alg` that names `kid`: it selects among keys that have a name.
    pub fn candidates<'k>(&'k self, kid: Option<&'k str>, alg: SigningAlg) -> impl Iterator<Item = &'k Verifier> {
        let named = move |key: &&Prepared| kid.is_none() || key.kid.is_none() || key.kid.as_deref() == kid;
        self.keys.iter().filter(move |key| key.alg == alg).filter(named).map(|key| &key.verifier).take(TRIED)
    }
}

#[derive(Default)]
struct Slot {
    /// What was fetched last and until when it is believed; read without waiting for whoever fetches.
    keys: ArcSwapOption<(Arc<KeySet>, Instant)>,
    attempts: Mutex<Attempts>,
}

#[derive(Default)]
struct Attempts {
    last: Option<Instant>,
    last_but_one: Option<Instant>,
    failed: Option<FetchError>,
}

impl Attempts {
    /// Whether it is too soon for another; else it counts as made.
    fn too_soon(&mut self) -> bool {
        let too_soon = self.last_but_one.is_some_and(|at| at.elapsed() < WINDOW);
        if !too_soon {
            self.last_but_one = self.last.replace(Instant::now());
        }
        too_soon
    }
}

impl Slot {
    fn keys(&self, grace: Duration) -> Option<Arc<KeySet>> {
        let kept = self.keys.load();
        kept.as_ref().filter(|kept| kept.1 + grace > Instant::now()).map(|kept| kept.0.clone())
    }
}

/// Documents by workspace, client and address: one client's keys never serve another.
pub struct JwksCache {
    outbound: Arc<Outbound>,
    documents: Cache<String, Arc<Slot>>,
}

impl JwksCache {
    /// An empty cache that fetches through `outbound`.
    pub fn new(outbound: Arc<Outbound>) -> Self {
        Self { outbound, documents: Cache::new(DOCUMENTS) }
    }

    /// The keys at `url` for the client named `owner` (`tid/aid/client_id`).
    ///
    /// # Errors
    /// When there is no key set to be had.
    pub async fn keys(&self, owner: &str, url: &str) -> Result<Arc<KeySet>, FetchError> {
        let slot = self.slot(owner, url);
        match slot.keys(Duration::ZERO) {
            Some(keys) => Ok(keys),
            None => self.fetch_into(&slot, url, None).await,
        }
    }

    /// The keys at `url` after another look, if one is due: `seen` did not have the key that a signature names.
    ///
    /// # Errors
    /// When there is no key set to be had.
    pub async fn newer_keys(&self, owner: &str, url: &str, seen: &Arc<KeySet>) -> Result<Arc<KeySet>, FetchError> {
        self.fetch_into(&self.slot(owner, url), url, Some(seen)).await
    }

    fn slot(&self, owner: &str, url: &str) -> Arc<Slot> {
        self.documents.get_with(format!("{owner} {url}"), Arc::default)
    }

    async fn fetch_into(&self, slot: &Slot, url: &str, seen: Option<&Arc<KeySet>>) -> Result<Arc<KeySet>, FetchError> {
        // Whoever comes while one fetches waits here, and then finds what was fetched.
        let mut attempts = slot.attempts.lock().await;
        let usable = slot.keys(Duration::ZERO);
        if let Some(keys) = &usable
            && seen.is_none_or(|seen| !Arc::ptr_eq(seen, keys))
        {
            return Ok(keys.clone());
        }
        if attempts.too_soon() {
            let too_soon = FetchError::Refused("it was asked twice within the last minute");
            return slot.keys(STALE).ok_or_else(|| attempts.failed.clone().unwrap_or(too_soon));
        }
        match self.fetch(url).await {
            Ok((keys, age)) => {
                slot.keys.store(Some(Arc::new((keys.clone(), Instant::now() + age))));
                attempts.failed = None;
                Ok(keys)
            }
            Err(error) => {
                attempts.failed = Some(error.clone());
                slot.keys(STALE).ok_or(error)
            }
        }
    }

    async fn fetch(&self, url: &str) -> Result<(Arc<KeySet>, Duration), FetchError> {
        let url = Url::parse(url).map_err(|_| FetchError::Refused("it is not a URL"))?;
        let Document { body, max_age } = self.outbound.fetch(&url).await?;
        let jwks = JwkSet::parse_fetched(&body)
            .map_err(|error| FetchError::NoAnswer(format!("the document is not a JWK Set: {}", error.message)))?;
        let age = max_age.map_or(DEFAULT_AGE, Duration::from_secs).clamp(MIN_AGE, MAX_AGE);
        Ok((Arc::new(KeySet::new(&jwks)), age))
    }
}
