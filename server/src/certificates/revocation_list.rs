//! A revocation list as it is uploaded: RFC 5280 §5.1. What it says of a certificate, [`super::path_validation`] finds out.

use cardea_protocol::{
    der::{MalformedDer, Reader, only, tag},
    time::Timestamp,
};
use webpki::ALL_VERIFICATION_ALGS;

use super::{Authority, UnusableAuthority, authority, validity::moment};

/// `crlExtensions`, `[0] EXPLICIT`.
const EXTENSIONS: u8 = 0xa0;
/// `id-ce-cRLNumber` (§5.2.3).
const CRL_NUMBER: &[u8] = &[0x55, 0x1d, 20];

/// A list, read.
#[derive(Clone, Copy, Debug)]
pub struct RevocationList<'d> {
    this_update: Timestamp,
    next_update: Timestamp,
    revoked_certificates: u64,
    has_issuing_distribution_point: bool,
    /// Its number (RFC 5280 §5.2.3), without leading zeros.
    number: Option<&'d [u8]>,
    /// The content of the name.
    issuer: &'d [u8],
    /// What the signature is over.
    signed: &'d [u8],
    /// The content of its identifier.
    signature_algorithm: &'d [u8],
    signature: &'d [u8],
}

impl<'d> RevocationList<'d> {
    /// Reads a list; nothing may follow it.
    ///
    /// # Errors
    /// When it is none, or of a kind that path validation could not use.
    pub fn parse(der: &'d [u8]) -> Result<Self, UnusableAuthority> {
        let usable = authority::revocation_list(der)?;
        let has_issuing_distribution_point = usable.issuing_distribution_point().is_some();
        let list = read(der).map_err(|_| UnusableAuthority("not the DER of a certificate revocation list"))?;
        Ok(Self { has_issuing_distribution_point, ..list })
    }

    /// Refuses a list that is not this authority's, or has lapsed.
    ///
    /// # Errors
    /// A sentence for the one who uploaded it.
    pub fn check(&self, authority: &Authority, now: Timestamp) -> Result<(), UnusableAuthority> {
        let certificate = authority.certificate();
        // As path validation compares them: octet by octet. A list that it did not find would revoke nothing.
        if *self.issuer != *authority::anchor(certificate.der())?.subject {
            return Err(UnusableAuthority("another authority issued it: its issuer is not the subject of this one"));
        }
        if certificate.extensions().key_usage.is_some_and(|usage| !usage.revocation_list_signing()) {
            return Err(UnusableAuthority(
                "the key usage of this authority does not allow it to sign revocation lists (cRLSign)",
            ));
        }
        if !self.is_signed_with(certificate.public_key_info()) {
            return Err(UnusableAuthority("the key of this authority did not sign it"));
        }
        if self.has_lapsed(now) {
            return Err(UnusableAuthority("it has lapsed (nextUpdate); upload the current one"));
        }
        Ok(())
    }

    /// Whether the same authority has issued the other after this one: by their numbers, which only grow (RFC 5280 §5.2.3), else by their
    /// dates.
    #[must_use]
    pub fn is_older_than(&self, other: &RevocationList<'_>) -> bool {
        match (self.number, other.number) {
            (Some(own), Some(others)) if own != others => (own.len(), own) < (others.len(), others),
            _ => self.this_update < other.this_update,
        }
    }

    /// When it was issued.
    #[must_use]
    pub const fn this_update(&self) -> Timestamp {
        self.this_update
    }

    /// When another one is due at the latest, and this one lapses.
    #[must_use]
    pub const fn next_update(&self) -> Timestamp {
        self.next_update
    }

    /// Whether it is no longer current.
    #[must_use]
    pub const fn has_lapsed(&self, now: Timestamp) -> bool {
        now.as_secs() >= self.next_update.as_secs()
    }

    /// How many certificates it revokes.
    #[must_use]
    pub const fn revoked_certificates(&self) -> u64 {
        self.revoked_certificates
    }

    /// Whether it may speak of some of the issuer's certificates only (RFC 5280 §5.2.5).
    #[must_use]
    pub const fn has_issuing_distribution_point(&self) -> bool {
        self.has_issuing_distribution_point
    }

    /// Whether the key in this `SubjectPublicKeyInfo` made the signature. An RSA key signs with several algorithms, so each that fits is tried.
    fn is_signed_with(&self, public_key_info: &[u8]) -> bool {
        let Ok((key_algorithm, key)) = public_key(public_key_info) else { return false };
        let fits = ALL_VERIFICATION_ALGS.iter().filter(|algorithm| {
            *algorithm.signature_alg_id() == *self.signature_algorithm
                && *algorithm.public_key_alg_id() == *key_algorithm
        });
        fits.into_iter().any(|algorithm| algorithm.verify_signature(key, self.signed, self.signature).is_ok())
    }
}

fn read(der: &[u8]) -> Result<RevocationList<'_>, MalformedDer> {
    let mut parts = Reader::new(only(der, tag::SEQUENCE)?.content);
    let signed = parts.element(tag::SEQUENCE)?;
    let signature_algorithm = parts.element(tag::SEQUENCE)?.content;
    let signature = whole_octets(parts.element(tag::BIT_STRING)?.content)?;
    parts.end()?;
    let mut list = Reader::new(signed.content);
    list.element(tag::INTEGER)?;
    list.element(tag::SEQUENCE)?;
    let issuer = list.element(tag::SEQUENCE)?.content;
    let (this_update, next_update) = (moment(list.any()?)?, moment(list.any()?)?);
    let mut revoked = Reader::new(list.optional(tag::SEQUENCE)?.unwrap_or_default());
    let mut revoked_certificates = 0;
    while !revoked.is_empty() {
        revoked.element(tag::SEQUENCE)?;
        revoked_certificates += 1;
    }
    let number = number(list)?;
    Ok(RevocationList {
        this_update,
        next_update,
        revoked_certificates,
        has_issuing_distribution_point: false,
        number,
        issuer,
        signed: signed.raw,
        signature_algorithm,
        signature,
    })
}

/// The number among the extensions, which are all that is left of the list.
fn number(mut rest: Reader<'_>) -> Result<Option<&[u8]>, MalformedDer> {
    let Some(extensions) = rest.optional(EXTENSIONS)? else { return Ok(None) };
    let mut extensions = Reader::new(only(extensions, tag::SEQUENCE)?.content);
    while !extensions.is_empty() {
        let mut extension = extensions.inside(tag::SEQUENCE)?;
        let kind = extension.object_identifier()?;
        extension.optional(tag::BOOLEAN)?;
        let value = extension.element(tag::OCTET_STRING)?.content;
        if kind.as_content() == CRL_NUMBER {
            let number = only(value, tag::INTEGER)?.content;
            let zeros = number.iter().take_while(|octet| **octet == 0).count();
            return Ok(number.get(zeros..));
        }
    }
    Ok(None)
}

/// The content of the algorithm's identifier, and the key itself (RFC 5280 §4.1.2.7).
fn public_key(public_key_info: &[u8]) -> Result<(&[u8], &[u8]), MalformedDer> {
    let mut info = Reader::new(only(public_key_info, tag::SEQUENCE)?.content);
    let algorithm = info.element(tag::SEQUENCE)?.content;
    Ok((algorithm, whole_octets(info.element(tag::BIT_STRING)?.content)?))
}

/// A bit string without unused bits at its end.
fn whole_octets(bits: &[u8]) -> Result<&[u8], MalformedDer> {
    bits.strip_prefix(&[0]).ok_or(MalformedDer)
}
