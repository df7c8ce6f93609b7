//! `tls_client_auth` and `self_signed_tls_client_auth` (RFC 8705 §2): no listener of this version asks for a certificate,
//! so none is ever presented, and the request is refused.

use cardea_protocol::Reason;

use super::{Proof, Unproved, rejection};

pub(super) fn judge() -> Result<Proof, Unproved> {
    Err(rejection(Reason::CertificateMissing, "the connection carries no client certificate"))
}
