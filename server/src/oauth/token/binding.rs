//! What the tokens of a request are bound to: the client certificate that it presents, when the client has asked for that at
//! registration (RFC 8705 §3, §3.4), however it authenticates (§4: public clients too).

use cardea_protocol::{Confirmation, ErrorCode, Reason};

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use crate::http::failure::OAuthFailure;

/// The binding of what is about to be issued. Decided before a grant is touched: a request without the certificate burns none.
pub(super) fn of(request: &Request<'_>, client: &AuthenticatedClient) -> Result<Option<Confirmation>, OAuthFailure> {
    if !client.client().metadata.tls_client_certificate_bound_access_tokens {
        return Ok(None);
    }
    match request.peer.presented.certificate() {
        Some(certificate) => Ok(Some(Confirmation { x5t_s256: certificate.thumbprint.clone() })),
        None => Err(OAuthFailure::new(
            ErrorCode::InvalidRequest,
            "The client's tokens are bound to its certificate, and the request presents none.",
        )
        .because(Reason::CertificateMissing)),
    }
}
