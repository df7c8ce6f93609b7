//! A name for each request, in the answer (`X-Request-Id`), the log and the audit event, so that one finds the others.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest};

static NAME: HeaderName = HeaderName::from_static("x-request-id");

/// The name of one request: 24 hexadecimal digits, unique to this process and start.
#[derive(Clone, Copy)]
pub struct RequestId {
    process: u32,
    count: u64,
}

impl RequestId {
    fn next() -> Self {
        static PROCESS: OnceLock<u32> = OnceLock::new();
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let process = *PROCESS.get_or_init(|| u32::from_be_bytes(crate::random::bytes()));
        Self { process, count: COUNT.fetch_add(1, Ordering::Relaxed) }
    }

    /// The name of `request`.
    pub fn of(request: &HttpRequest) -> Self {
        request.extensions().get().copied().unwrap_or_else(Self::next)
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:08x}{:016x}", self.process, self.count)
    }
}

/// Names each request and says so in the answer.
///
/// # Errors
/// Those of the inner service.
pub async fn name_requests(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = RequestId::next();
    request.extensions_mut().insert(id);
    let mut response = next.call(request).await?;
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(NAME.clone(), value);
    }
    Ok(response)
}
