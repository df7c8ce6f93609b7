//! The authorities that one workspace trusts, pinned by SHA-256 of the whole certificate: two of one name, or of one key, stay two.

use std::fmt;

use cardea_protocol::{distinguished_name::DistinguishedName, time::Timestamp};
use rustls::pki_types::{CertificateDer, TrustAnchor};
use webpki::{CertRevocationList, OwnedCertRevocationList, anchor_from_trusted_cert};

use super::{Certificate, sha256};

/// One authority, and what its certificate says of it.
#[derive(Clone, Debug)]
pub struct Authority {
    certificate: Certificate,
    sha256: [u8; 32],
}

/// Why a certificate is no authority's, or a revocation list none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnusableAuthority(pub(super) &'static str);

impl UnusableAuthority {
    /// A sentence for the one who uploaded it.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for UnusableAuthority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for UnusableAuthority {}

impl Authority {
    /// Reads the certificate of an authority, as it is uploaded. That it has expired does not keep it out: then it vouches for nobody.
    ///
    /// # Errors
    /// When it is no certificate of an authority. A leaf must not become one by being uploaded in the wrong place: its owner could
    /// then vouch for everybody.
    pub fn parse(der: &[u8]) -> Result<Self, UnusableAuthority> {
        let certificate = Certificate::parse(der).map_err(|_| UnusableAuthority("not an X.509 certificate"))?;
        let extensions = certificate.extensions();
        if certificate.version() < 3 {
            return Err(UnusableAuthority(
                "an X.509 certificate of version 1 or 2 cannot say that it is an authority's; version 3 is needed",
            ));
        }
        if !extensions.is_authority {
            return Err(UnusableAuthority(
                "not the certificate of an authority (CA:TRUE); upload that of whoever issued it",
            ));
        }
        if extensions.key_usage.is_some_and(|usage| !usage.certificate_signing()) {
            return Err(UnusableAuthority("its key usage does not allow it to sign certificates"));
        }
        anchor(der)?;
        Ok(Self { sha256: sha256(der), certificate })
    }

    /// What it is pinned by.
    #[must_use]
    pub const fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    /// The same in lower-case hexadecimal: how it is called in the store and in paths.
    #[must_use]
    pub fn id(&self) -> String {
        self.sha256.iter().map(|octet| format!("{octet:02x}")).collect()
    }

    /// Its certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Its name.
    #[must_use]
    pub const fn subject(&self) -> &DistinguishedName {
        self.certificate.subject()
    }

    /// Until when it vouches for anybody.
    #[must_use]
    pub const fn not_after(&self) -> Timestamp {
        self.certificate.not_after()
    }
}

/// The authorities of one workspace, made ready once.
#[derive(Debug, Default)]
pub struct TrustedAuthorities {
    authorities: Vec<Authority>,
    /// In the same order.
    pub(super) anchors: Vec<TrustAnchor<'static>>,
    pub(super) revocation_lists: Vec<CertRevocationList<'static>>,
    /// Of the lists, as DER.
    list_octets: usize,
}

impl TrustedAuthorities {
    /// From the certificates and the revocation lists of a workspace, each as DER.
    ///
    /// # Errors
    /// When one cannot be used.
    pub fn new<'d>(
        authorities: impl IntoIterator<Item = &'d [u8]>,
        revocation_lists: impl IntoIterator<Item = &'d [u8]>,
    ) -> Result<Self, UnusableAuthority> {
        let mut trusted = Self::default();
        for der in authorities {
            trusted.add(der, None)?;
        }
        for der in revocation_lists {
            trusted.revocation_lists.push(revocation_list(der)?);
            trusted.list_octets += der.len();
        }
        Ok(trusted)
    }

    /// Trusts one more, with its revocation list if there is one.
    ///
    /// # Errors
    /// When either cannot be used; then nothing is added, since without its list it would vouch for what it has revoked.
    pub fn add(&mut self, certificate: &[u8], list: Option<&[u8]>) -> Result<(), UnusableAuthority> {
        let authority = Authority::parse(certificate)?;
        let anchor = anchor(certificate)?;
        self.revocation_lists.extend(list.map(revocation_list).transpose()?);
        self.list_octets += list.map_or(0, <[u8]>::len);
        self.authorities.push(authority);
        self.anchors.push(anchor);
        Ok(())
    }

    /// Roughly how many octets they take: names and keys are there twice and in pieces; of a list, each number is on its own.
    #[must_use]
    pub fn weight(&self) -> u32 {
        let certificates: usize = self.authorities.iter().map(|one| one.certificate.der().len()).sum();
        let octets = self.authorities.len() * 1_000 + certificates * 4 + self.list_octets * 6;
        u32::try_from(octets).unwrap_or(u32::MAX / 2)
    }

    /// Whether nobody is trusted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.authorities.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Authority> {
        self.authorities.iter()
    }

    /// The authority that an anchor of [`Self::anchors`] was made of; anchors are told apart by where they are, not by what they say.
    pub(super) fn of_anchor(&self, anchor: &TrustAnchor<'_>) -> Option<&Authority> {
        let place = self.anchors.iter().position(|own| std::ptr::eq(own, anchor))?;
        self.authorities.get(place)
    }
}

/// Reads a revocation list: a full one of version 2, of its issuer alone.
///
/// # Errors
/// When it is none.
pub fn revocation_list(der: &[u8]) -> Result<CertRevocationList<'static>, UnusableAuthority> {
    let list = OwnedCertRevocationList::from_der(der);
    list.map(CertRevocationList::from)
        .map_err(|_| UnusableAuthority("not a full certificate revocation list of version 2"))
}

/// What path validation begins with.
///
/// # Errors
/// When the certificate cannot be used so.
pub(super) fn anchor(der: &[u8]) -> Result<TrustAnchor<'static>, UnusableAuthority> {
    let der = CertificateDer::from(der);
    let anchor = anchor_from_trusted_cert(&der).map(|anchor| anchor.to_owned());
    anchor.map_err(|_| UnusableAuthority("the certificate is malformed, or has a critical extension that is not known"))
}
