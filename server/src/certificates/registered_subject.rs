//! The one name by which a `tls_client_auth` client is known, and whether a certificate bears it: RFC 8705 §2.1.2.

use std::mem::discriminant;

use cardea_protocol::{ClientMetadata, DistinguishedName, Reason, Rejection, SubjectAlternativeName};

use super::Certificate;

/// A registered subject, ready to be compared: as a structure, never as text (RFC 5280 §7.1).
#[derive(Debug)]
pub enum RegisteredSubject {
    /// `tls_client_auth_subject_dn`.
    DistinguishedName(DistinguishedName),
    /// One of `tls_client_auth_san_…`.
    AlternativeName(SubjectAlternativeName),
}

impl RegisteredSubject {
    /// What the metadata registers; `None` where it registers nothing, or what was registered cannot be read any more.
    #[must_use]
    pub fn of(metadata: &ClientMetadata) -> Option<Self> {
        if let Some(name) = &metadata.tls_client_auth_subject_dn {
            return DistinguishedName::parse(name).ok().map(Self::DistinguishedName);
        }
        let name = if let Some(dns) = &metadata.tls_client_auth_san_dns {
            SubjectAlternativeName::parse_dns(dns)
        } else if let Some(uri) = &metadata.tls_client_auth_san_uri {
            SubjectAlternativeName::parse_uri(uri)
        } else if let Some(ip) = &metadata.tls_client_auth_san_ip {
            SubjectAlternativeName::parse_ip(ip)
        } else {
            SubjectAlternativeName::parse_email(metadata.tls_client_auth_san_email.as_ref()?)
        };
        name.ok().map(Self::AlternativeName)
    }

    /// Whether `certificate` bears it.
    ///
    /// # Errors
    /// [`Reason::CertificateSubject`] or [`Reason::CertificateSan`], with both names side by side.
    pub fn check(&self, certificate: &Certificate) -> Result<(), Rejection> {
        let (is_borne, reason) = match self {
            Self::DistinguishedName(name) => (name == certificate.subject(), Reason::CertificateSubject),
            Self::AlternativeName(name) => {
                let names = &certificate.extensions().subject_alternative_names.names;
                (names.iter().any(|presented| name.matches(presented)), Reason::CertificateSan)
            }
        };
        if is_borne {
            return Ok(());
        }
        let message = format!("the certificate does not bear the registered {}", self.member());
        Err(Rejection::comparing(reason, message, self.to_string(), self.presented(certificate)))
    }

    /// The member of the metadata that registers it.
    #[must_use]
    pub const fn member(&self) -> &'static str {
        match self {
            Self::DistinguishedName(_) => "tls_client_auth_subject_dn",
            Self::AlternativeName(name) => name.member(),
        }
    }

    /// The names of the same kind in a certificate.
    fn presented(&self, certificate: &Certificate) -> String {
        match self {
            Self::DistinguishedName(_) => certificate.subject().to_rfc4514(),
            Self::AlternativeName(own) => {
                let names = certificate.extensions().subject_alternative_names.names.iter();
                let alike = names.filter(|name| discriminant(*name) == discriminant(own)).map(ToString::to_string);
                let alike = alike.collect::<Vec<_>>().join(", ");
                if alike.is_empty() { "none of this kind".to_owned() } else { alike }
            }
        }
    }
}

impl std::fmt::Display for RegisteredSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::DistinguishedName(name) => name.fmt(f),
            Self::AlternativeName(name) => name.fmt(f),
        }
    }
}
