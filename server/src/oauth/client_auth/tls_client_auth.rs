//! `tls_client_auth` (RFC 8705 §2.1): the chain leads to an authority that this workspace trusts, and the certificate bears the
//! registered name.

use cardea_protocol::Reason;

use super::super::request::Request;
use super::{Proof, Unproved, certificate, rejection};
use crate::workspace::Client;

pub(super) fn judge(request: &Request<'_>, client: &Client) -> Result<Proof, Unproved> {
    let subject = client
        .tls_subject
        .as_ref()
        .ok_or_else(|| rejection(Reason::CertificateSubject, "the client has registered no subject"))?;
    let presented = certificate::presented(request, || subject.to_string())?;
    let now = request.app.clock.now();
    presented.validate(&request.workspace.authorities, now)?;
    subject.check(&presented.leaf)?;
    Ok(None)
}
