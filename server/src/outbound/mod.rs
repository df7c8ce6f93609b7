//! Requests that this server makes because somebody registered an address: guarded against being turned inwards.
//!
//! No redirects, no proxies, no private addresses (unless allowed by the operator), bounded in time and size.

pub mod guard;
pub mod jwks;

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use reqwest::redirect::Policy;
use url::Url;

use crate::config::OutboundConfig;
use guard::{Guard, GuardedResolver};

const CONNECT: Duration = Duration::from_secs(2);
const TOTAL: Duration = Duration::from_secs(5);
/// The largest document that is read, in octets.
pub const MAX_DOCUMENT: usize = 256 * 1024;

/// Why a document could not be fetched; goes to the audit log, never to the wire.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FetchError {
    /// The address is not one that may be asked.
    #[error("the address is not allowed: {0}")]
    Refused(&'static str),
    /// Nobody answered, or not in time.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// Answered with something other than 200.
    #[error("answered with status {0}")]
    Status(u16),
    /// More than [`MAX_DOCUMENT`].
    #[error("the document is larger than 256 KiB")]
    TooLarge,
}

/// A fetched document and how long its sender says that it may be kept.
pub struct Document {
    /// The body.
    pub body: Vec<u8>,
    /// Seconds of `Cache-Control: max-age`, when given.
    pub max_age: Option<u64>,
}

/// The one way out.
pub struct Outbound {
    client: reqwest::Client,
    guard: Arc<Guard>,
}

impl Outbound {
    /// Sets the client up.
    ///
    /// # Errors
    /// When the extra certificate authorities cannot be read.
    pub fn new(config: &OutboundConfig) -> Result<Self, String> {
        let guard = Arc::new(Guard::new(config.allow.clone()));
        let mut builder = reqwest::Client::builder()
            .dns_resolver(Arc::new(GuardedResolver(guard.clone())))
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .pool_max_idle_per_host(1)
            .user_agent(concat!("Cardea/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = &config.ca_file {
            let pem = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            let roots = reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| error.to_string())?;
            builder = builder.tls_certs_merge(roots);
        }
        let client = builder.build().map_err(|error| error.to_string())?;
        Ok(Self { client, guard })
    }

    /// Fetches a document.
    ///
    /// # Errors
    /// When the address is refused, or the answer is missing, late, too large or not 200.
    pub async fn fetch(&self, url: &Url) -> Result<Document, FetchError> {
        self.guard.check(url)?;
        // Without the address in it: the audit event names it already.
        let no_answer = |error: reqwest::Error| FetchError::NoAnswer(cause(&error));
        let response =
            self.client.get(url.clone()).header("accept", "application/json").send().await.map_err(no_answer)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(FetchError::Status(response.status().as_u16()));
        }
        let max_age = response.headers().get("cache-control").and_then(|value| max_age(value.to_str().ok()?));
        let mut body = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(no_answer)?;
            if body.len() + chunk.len() > MAX_DOCUMENT {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Document { body, max_age })
    }

    /// Posts a form, and takes 200 and 204 for an answer; what else is said there, nobody reads.
    ///
    /// # Errors
    /// When the address is refused, or the answer is missing, late or another.
    pub async fn post(&self, url: &Url, form: String) -> Result<(), FetchError> {
        self.guard.check(url)?;
        let request = self.client.post(url.clone()).header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(form).send().await.map_err(|error| FetchError::NoAnswer(cause(&error)))?;
        match response.status().as_u16() {
            200 | 204 => Ok(()),
            status => Err(FetchError::Status(status)),
        }
    }
}

/// The innermost cause, which says most.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

fn max_age(cache_control: &str) -> Option<u64> {
    cache_control.split(',').find_map(|directive| {
        let (name, value) = directive.trim().split_once('=')?;
        name.eq_ignore_ascii_case("max-age").then(|| value.trim_matches('"').parse().ok())?
    })
}
