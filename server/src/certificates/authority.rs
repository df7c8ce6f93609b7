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
    /// Each with the place of the authority that it came with.
    lists: Vec<(usize, CertRevocationList<'static>)>,
    pub(super) groups: Vec<Group>,
    /// Of the lists, as DER.
    list_octets: usize,
}

/// Authorities no two of which have one name and different keys: a revocation list says by its issuer's name alone whose it is, and must
/// not be held against another authority of that name.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) anchors: Vec<TrustAnchor<'static>>,
    /// The authorities of the anchors, in the same order, by their places.
    members: Vec<usize>,
}

impl TrustedAuthorities {
    /// From the certificates of a workspace, each with its revocation list if there is one, as DER.
    ///
    /// # Errors
    /// When one cannot be used.
    pub fn new<'d>(
        authorities: impl IntoIterator<Item = (&'d [u8], Option<&'d [u8]>)>,
    ) -> Result<Self, UnusableAuthority> {
        let mut trusted = Self::default();
        for (certificate, list) in authorities {
            trusted.add(certificate, list)?;
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
        let place = self.authorities.len();
        self.lists.extend(list.map(revocation_list).transpose()?.map(|list| (place, list)));
        self.list_octets += list.map_or(0, <[u8]>::len);
        let has_room = |group: &Group| !group.anchors.iter().any(|other| are_namesakes(other, &anchor));
        let group = match self.groups.iter().position(has_room) {
            Some(found) => self.groups.get_mut(found),
            None => {
                self.groups.push(Group::default());
                self.groups.last_mut()
            }
        };
        if let Some(group) = group {
            group.members.push(place);
            group.anchors.push(anchor);
        }
        self.authorities.push(authority);
        Ok(())
    }

    /// The lists that may be held against what leads to `group`: all but those of its members' namesakes.
    pub(super) fn lists_for(&self, group: &Group) -> Vec<&CertRevocationList<'static>> {
        let is_member = |place: usize| group.members.contains(&place);
        let named_alike = |place: usize| {
            let own = self.authorities.get(place).map(Authority::subject);
            group.members.iter().any(|member| self.authorities.get(*member).map(Authority::subject) == own)
        };
        let fits = |(place, _): &&(usize, _)| is_member(*place) || !named_alike(*place);
        self.lists.iter().filter(fits).map(|(_, list)| list).collect()
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

    /// The authority that an anchor of a group was made of; anchors are told apart by where they are, not by what they say.
    pub(super) fn of_anchor(&self, anchor: &TrustAnchor<'_>) -> Option<&Authority> {
        let in_group = |group: &Group| {
            let place = group.anchors.iter().position(|own| std::ptr::eq(own, anchor))?;
            group.members.get(place).copied()
        };
        self.authorities.get(self.groups.iter().find_map(in_group)?)
    }
}

/// Whether two authorities have one name and different keys.
fn are_namesakes(one: &TrustAnchor<'_>, other: &TrustAnchor<'_>) -> bool {
    one.subject == other.subject && one.subject_public_key_info != other.subject_public_key_info
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
