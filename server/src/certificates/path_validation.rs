//! Whether a presented chain leads to an authority that this workspace trusts: RFC 5280 §6, by rustls-webpki, for RFC 8705 §2.1.
//!
//! webpki checks signatures, validity, `CA`, path lengths and name constraints of intermediates, extended key usages and revocation.
//! What it leaves out, is checked here on each path it finds: validity and path length of the authority itself, and key usages.
//!
//! Revocation: an issuer of whom the workspace holds a list is asked; the list must be his and not have lapsed. Issuers without a list are
//! not asked. No list is fetched, and no OCSP responder asked.

use std::time::Duration;

use cardea_protocol::{Reason, Rejection, client_certificate_header::MAX_CHAIN, time::Timestamp};
use rustls::pki_types::{CertificateDer, UnixTime};
use webpki::{
    ALL_VERIFICATION_ALGS, CertRevocationList, EndEntityCert, Error, ExpirationPolicy, KeyUsage, RevocationOptions,
    RevocationOptionsBuilder, UnknownStatusPolicy, VerifiedPath,
};

use super::authority::Group;
use super::{Authority, Certificate, TrustedAuthorities};

/// So many trusted authorities are named in a refusal.
const NAMED: usize = 5;

impl TrustedAuthorities {
    /// Finds the authority that vouches for the client's certificate at `now`, maybe by way of `intermediates`, which the client sent along
    /// and which vouch for nothing by themselves.
    ///
    /// # Errors
    /// [`Reason::CertificateExpired`] when a certificate on the way is not valid at this time, otherwise [`Reason::CertificateUntrusted`].
    pub fn validate(
        &self,
        leaf: &Certificate,
        intermediates: &[Vec<u8>],
        now: Timestamp,
    ) -> Result<&Authority, Rejection> {
        check_leaf(leaf, now)?;
        if intermediates.len() > MAX_CHAIN {
            let message = "more than 10 certificates came with the client's own";
            return Err(untrusted(message, "at most 10", intermediates.len().to_string()));
        }
        let der = CertificateDer::from(leaf.der());
        let intermediates: Vec<_> = intermediates.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
        let end_entity = EndEntityCert::try_from(&der).map_err(|error| self.rejection(&error, leaf))?;
        let mut refused = Error::UnknownIssuer;
        for group in &self.groups {
            match self.path_to(group, &end_entity, &intermediates, now) {
                Ok(path) => return self.of_anchor(path.anchor()).ok_or_else(|| self.rejection(&refused, leaf)),
                // That one group does not know the issuer says less than what another says.
                Err(Error::UnknownIssuer) => {}
                Err(error) => refused = error,
            }
        }
        Err(self.rejection(&refused, leaf))
    }

    fn path_to<'p>(
        &'p self,
        group: &'p Group,
        end_entity: &'p EndEntityCert<'p>,
        intermediates: &'p [CertificateDer<'p>],
        now: Timestamp,
    ) -> Result<VerifiedPath<'p>, Error> {
        let acceptable = |path: &VerifiedPath<'_>| self.check_path(path, now);
        let lists = self.lists_for(group);
        end_entity.verify_for_usage(
            ALL_VERIFICATION_ALGS,
            &group.anchors,
            intermediates,
            unix_time(now),
            KeyUsage::client_auth(),
            revocation(&lists),
            Some(&acceptable),
        )
    }

    /// What webpki leaves to others. An error makes it look for another path.
    fn check_path(&self, path: &VerifiedPath<'_>, now: Timestamp) -> Result<(), Error> {
        let authority = self.of_anchor(path.anchor()).ok_or(Error::UnknownIssuer)?.certificate();
        let time = unix_time(now);
        if authority.has_expired(now) {
            return Err(Error::CertExpired { time, not_after: unix_time(authority.not_after()) });
        }
        if authority.is_not_yet_valid(now) {
            return Err(Error::CertNotValidYet { time, not_before: unix_time(authority.not_before()) });
        }
        let mut between: u32 = 0;
        for intermediate in path.intermediate_certificates() {
            let certificate = Certificate::parse(&intermediate.der()).map_err(|_| Error::BadDer)?;
            if certificate.extensions().key_usage.is_some_and(|usage| !usage.certificate_signing()) {
                return Err(Error::EndEntityUsedAsCa);
            }
            // Certificates by which an authority changes its own key do not count (RFC 5280 §4.2.1.9).
            between = between.saturating_add(u32::from(certificate.issuer() != certificate.subject()));
        }
        if authority.extensions().path_length.is_some_and(|longest| between > longest) {
            return Err(Error::PathLenConstraintViolated);
        }
        Ok(())
    }

    fn rejection(&self, error: &Error, leaf: &Certificate) -> Rejection {
        let reason = match error {
            Error::CertExpired { .. } | Error::CertNotValidYet { .. } | Error::InvalidCertValidity => {
                Reason::CertificateExpired
            }
            _ => Reason::CertificateUntrusted,
        };
        let trusted = self.iter().filter(|authority| authority.subject() == leaf.issuer()).count();
        let among = match (self.is_empty(), trusted) {
            (true, _) => "the workspace trusts no authority".to_owned(),
            (false, 0) => "no trusted authority has the issuer's name".to_owned(),
            (false, count) => format!("{count} of the trusted authorities has the issuer's name"),
        };
        let message = format!("{}; subject {}; issuer {}; {among}", explained(error), leaf.subject(), leaf.issuer());
        let mut names: Vec<_> = self.iter().take(NAMED).map(|authority| authority.subject().to_rfc4514()).collect();
        if self.iter().count() > NAMED {
            names.push("…".to_owned());
        }
        let trusted = if names.is_empty() { "no authority".to_owned() } else { names.join("; ") };
        Rejection::comparing(reason, message, trusted, leaf.issuer().to_rfc4514())
    }
}

/// What can be said of the leaf alone is said more plainly here than webpki could.
fn check_leaf(leaf: &Certificate, now: Timestamp) -> Result<(), Rejection> {
    leaf.check_validity(now)?;
    if leaf.extensions().key_usage.is_some_and(|usage| !usage.digital_signature()) {
        let message = "the key usage does not allow digitalSignature";
        return Err(untrusted(message, "a key usage of digitalSignature, or none", "another key usage"));
    }
    Ok(())
}

fn untrusted(message: &str, demanded: &str, presented: impl Into<String>) -> Rejection {
    Rejection::comparing(Reason::CertificateUntrusted, message, demanded, presented)
}

/// For administrators who read the audit event.
fn explained(error: &Error) -> String {
    let text = match error {
        Error::UnknownIssuer => "no trusted authority issued it, or an intermediate certificate was not sent along",
        Error::InvalidSignatureForPublicKey => {
            "an authority of the issuer's name is trusted, but its key did not sign this"
        }
        Error::CaUsedAsEndEntity => "it is an authority's own certificate (CA:TRUE), not a client's",
        Error::RequiredEkuNotFoundContext(_) => {
            "its extended key usage, or an intermediate's, does not name clientAuth"
        }
        Error::EmptyEkuExtension => "its extended key usage is empty",
        Error::EndEntityUsedAsCa => "a certificate that may not sign others issued it",
        Error::PathLenConstraintViolated => "there are more intermediates than an authority allows",
        Error::NameConstraintViolation => "an authority on the way may not issue for this name",
        Error::CertExpired { .. } => "a certificate of an authority on the way has expired",
        Error::CertNotValidYet { .. } => "a certificate of an authority on the way is not valid yet",
        Error::CertRevoked => "it, or an intermediate, is revoked",
        Error::CrlExpired { .. } => "the revocation list of an authority on the way has lapsed",
        Error::UnsupportedCertVersion => "it is not of X.509 version 3",
        Error::UnsupportedCriticalExtension => "it has a critical extension that is not known",
        other => return format!("path validation failed: {other:?}"),
    };
    text.to_owned()
}

fn revocation<'l>(lists: &'l [&'l CertRevocationList<'l>]) -> Option<RevocationOptions<'l>> {
    let options = RevocationOptionsBuilder::new(lists).ok()?;
    let options =
        options.with_status_policy(UnknownStatusPolicy::Allow).with_expiration_policy(ExpirationPolicy::Enforce);
    Some(options.build())
}

/// Before 1970 there are no certificates.
fn unix_time(moment: Timestamp) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(moment.as_secs()).unwrap_or_default()))
}
