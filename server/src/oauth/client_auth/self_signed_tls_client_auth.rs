//! `self_signed_tls_client_auth` (RFC 8705 §2.2): the certificate is one of those that the client has registered in its `x5c`, and
//! valid at this time. Nobody vouches for it, so nothing else in it counts.

use cardea_protocol::{Reason, Rejection};

use super::super::request::Request;
use super::{Proof, Unproved, certificate, registered_keys};
use crate::outbound::jwks::KeySet;
use crate::workspace::Client;

pub(super) async fn judge(request: &Request<'_>, client: &Client) -> Result<Proof, Unproved> {
    let registered = || client.keys.as_ref().map_or("those at jwks_uri".to_owned(), |keys| listed(keys));
    let presented = certificate::presented(request, registered)?;
    let is_registered = |keys: &KeySet| {
        if keys.has_certificate(&presented.thumbprint) {
            return Ok(());
        }
        let message = format!("the certificate of {} is none that the client registered", presented.leaf.subject());
        let presented = format!("x5t#S256 {}", presented.thumbprint);
        Err(Rejection::comparing(Reason::CertificateNotRegistered, message, listed(keys), presented).into())
    };
    registered_keys::judge(request, client, Reason::CertificateNotRegistered, is_registered).await?;
    presented.leaf.check_validity(request.app.clock.now())?;
    Ok(None)
}

/// What is registered, as the audit log shows it.
fn listed(keys: &KeySet) -> String {
    match keys.certificates() {
        [] => "no certificate (x5c) in the registered keys".to_owned(),
        some => format!("x5t#S256 {}", some.join(", ")),
    }
}
