//! One certificate, read: RFC 5280 §4.1. Reading verifies nothing; [`super::path_validation`] does.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cardea_protocol::{
    Reason, Rejection,
    der::{MalformedDer, ObjectIdentifier, Reader, only, tag},
    distinguished_name::DistinguishedName,
    time::Timestamp,
};
use sha2::{Digest, Sha256};

use super::{extensions::Extensions, validity::moment};

/// `version`, and `extensions`, of `TBSCertificate`.
const VERSION: u8 = 0xa0;
const EXTENSIONS: u8 = 0xa3;

/// An X.509 certificate of any version.
#[derive(Clone, Debug)]
pub struct Certificate {
    der: Vec<u8>,
    version: u8,
    serial_number: Vec<u8>,
    signature_algorithm: ObjectIdentifier,
    issuer: DistinguishedName,
    not_before: Timestamp,
    not_after: Timestamp,
    subject: DistinguishedName,
    public_key_info: Vec<u8>,
    extensions: Extensions,
}

/// The octets are no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedCertificate;

impl fmt::Display for MalformedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the DER of an X.509 certificate")
    }
}

impl std::error::Error for MalformedCertificate {}

impl From<MalformedDer> for MalformedCertificate {
    fn from(MalformedDer: MalformedDer) -> Self {
        Self
    }
}

impl Certificate {
    /// Reads a certificate; nothing may follow it.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(der: &[u8]) -> Result<Self, MalformedCertificate> {
        let mut parts = Reader::new(only(der, tag::SEQUENCE)?.content);
        let mut signed = parts.inside(tag::SEQUENCE)?;
        parts.element(tag::SEQUENCE)?;
        parts.element(tag::BIT_STRING)?;
        parts.end()?;
        let version = version(&mut signed)?;
        let serial_number = signed.element(tag::INTEGER)?.content.to_vec();
        let signature_algorithm = signed.inside(tag::SEQUENCE)?.object_identifier()?;
        let issuer = DistinguishedName::from_der(signed.element(tag::SEQUENCE)?.raw)?;
        let mut validity = signed.inside(tag::SEQUENCE)?;
        let (not_before, not_after) = (moment(validity.any()?)?, moment(validity.any()?)?);
        validity.end()?;
        let subject = DistinguishedName::from_der(signed.element(tag::SEQUENCE)?.raw)?;
        let public_key_info = signed.element(tag::SEQUENCE)?.raw.to_vec();
        let extensions = extensions(signed)?;
        let der = der.to_vec();
        Ok(Self {
            der,
            version,
            serial_number,
            signature_algorithm,
            issuer,
            not_before,
            not_after,
            subject,
            public_key_info,
            extensions,
        })
    }

    /// The whole certificate.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The version of X.509: 1, 2 or 3.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// The serial number, big-endian, in hexadecimal.
    #[must_use]
    pub fn serial_number(&self) -> String {
        hex(&self.serial_number, "")
    }

    /// What it was signed with.
    #[must_use]
    pub const fn signature_algorithm(&self) -> &ObjectIdentifier {
        &self.signature_algorithm
    }

    /// Who signed it.
    #[must_use]
    pub const fn issuer(&self) -> &DistinguishedName {
        &self.issuer
    }

    /// Whose it is; may be empty.
    #[must_use]
    pub const fn subject(&self) -> &DistinguishedName {
        &self.subject
    }

    /// From when on it is valid.
    #[must_use]
    pub const fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last second of its validity.
    #[must_use]
    pub const fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Whether its validity has ended.
    #[must_use]
    pub const fn has_expired(&self, now: Timestamp) -> bool {
        now.as_secs() > self.not_after.as_secs()
    }

    /// Whether its validity has not begun.
    #[must_use]
    pub const fn is_not_yet_valid(&self, now: Timestamp) -> bool {
        now.as_secs() < self.not_before.as_secs()
    }

    /// The `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn public_key_info(&self) -> &[u8] {
        &self.public_key_info
    }

    /// What its extensions say.
    #[must_use]
    pub const fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// The `x5t#S256` of RFC 8705 §3.1: SHA-256 of the DER in base64url.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        thumbprint(&self.der)
    }

    /// Refuses a certificate outside its validity (RFC 5280 §4.1.2.5).
    ///
    /// # Errors
    /// [`Reason::CertificateExpired`], also when it is not valid yet.
    pub fn check_validity(&self, now: Timestamp) -> Result<(), Rejection> {
        let message = if self.has_expired(now) {
            format!("the certificate of {} expired at {}", self.subject(), self.not_after())
        } else if self.is_not_yet_valid(now) {
            format!("the certificate of {} is not valid before {}", self.subject(), self.not_before())
        } else {
            return Ok(());
        };
        let validity = format!("{} to {}", self.not_before(), self.not_after());
        Err(Rejection::comparing(Reason::CertificateExpired, message, format!("valid at {now}"), validity))
    }
}

/// The `x5t#S256` of a certificate's DER.
#[must_use]
pub fn thumbprint(der: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(sha256(der))
}

/// SHA-256: what a certificate is pinned by.
#[must_use]
pub fn sha256(octets: &[u8]) -> [u8; 32] {
    Sha256::digest(octets).into()
}

/// Upper-case hexadecimal.
pub(super) fn hex(octets: &[u8], between: &str) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(between)
}

/// Version 1 says nothing.
fn version(signed: &mut Reader<'_>) -> Result<u8, MalformedDer> {
    match signed
        .optional(VERSION)?
        .map(|content| only(content, tag::INTEGER).map(|number| number.content))
        .transpose()?
    {
        None | Some([0]) => Ok(1),
        Some([1]) => Ok(2),
        Some([2]) => Ok(3),
        Some(_) => Err(MalformedDer),
    }
}

/// Two unique identifiers that nobody uses may stand before the extensions.
fn extensions(mut signed: Reader<'_>) -> Result<Extensions, MalformedDer> {
    signed.optional(0x81)?;
    signed.optional(0x82)?;
    let extensions = signed.optional(EXTENSIONS)?;
    signed.end()?;
    match extensions {
        Some(content) => Extensions::read(Reader::new(only(content, tag::SEQUENCE)?.content)),
        None => Ok(Extensions::default()),
    }
}
