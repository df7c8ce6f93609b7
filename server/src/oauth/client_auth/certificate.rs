//! What both certificate methods share: the certificate that the request presents.

use std::sync::Arc;

use cardea_protocol::{Reason, Rejection};

use super::super::request::Request;
use super::Unproved;
use crate::http::client_certificate::{ClientCertificate, Presented};

/// The certificate of the request; `registered` says what it is held against.
pub(super) fn presented<'r>(
    request: &'r Request<'_>,
    registered: impl FnOnce() -> String,
) -> Result<&'r Arc<ClientCertificate>, Unproved> {
    request.peer.presented.certificate().ok_or_else(|| {
        let message = match &request.workspace.mtls_token_endpoint {
            Some(url) => format!("the connection carries no client certificate; one is asked for at {url}"),
            None => "no listener and no proxy of this server takes client certificates".to_owned(),
        };
        Unproved::Rejected(Rejection::comparing(Reason::CertificateMissing, message, registered(), "no certificate"))
    })
}

/// Refuses a request whose certificate cannot be believed, whatever else it shows: somebody may have written along.
pub(super) fn check(request: &Request<'_>) -> Result<(), Unproved> {
    match request.peer.presented {
        Presented::Unusable(why) => {
            let demanded = "one certificate that can be read, as TLS or the proxy presents it";
            Err(Rejection::comparing(Reason::CertificateUntrusted, why, demanded, why).into())
        }
        Presented::None | Presented::Certificate(_) => Ok(()),
    }
}
