//! The extensions that decide what a certificate is good for: RFC 5280 §4.2.1.

use cardea_protocol::{
    der::{MalformedDer, ObjectIdentifier, Reader, only, tag},
    subject_alternative_name::SubjectAlternativeNames,
};

/// What the extensions say; of those that we do not know, nothing is kept.
#[derive(Clone, Debug, Default)]
pub struct Extensions {
    /// Other names of the subject (§4.2.1.6).
    pub subject_alternative_names: SubjectAlternativeNames,
    /// Whether it is an authority's (§4.2.1.9).
    pub is_authority: bool,
    /// How many other authorities may stand between it and a leaf (§4.2.1.9).
    pub path_length: Option<u32>,
    /// What the key may do, if that is restricted (§4.2.1.3).
    pub key_usage: Option<KeyUsage>,
    /// What the certificate is for, if that is restricted (§4.2.1.12).
    pub extended_key_usage: Option<Vec<ObjectIdentifier>>,
}

/// The bits of a key usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(u8);

impl KeyUsage {
    /// Signs, other than certificates and revocation lists: what a TLS client does.
    #[must_use]
    pub const fn digital_signature(self) -> bool {
        self.0 & 0x80 != 0
    }

    /// Signs certificates.
    #[must_use]
    pub const fn certificate_signing(self) -> bool {
        self.0 & 0x04 != 0
    }

    /// Signs revocation lists.
    #[must_use]
    pub const fn revocation_list_signing(self) -> bool {
        self.0 & 0x02 != 0
    }
}

const SUBJECT_ALTERNATIVE_NAME: &[u8] = &[0x55, 0x1d, 17];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 37];

/// `id-kp-clientAuth`.
const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";

impl Extensions {
    /// Whether it may be used by a client: so says its extended key usage, or it has none. `anyExtendedKeyUsage` alone does not say so
    /// (RFC 5280 §4.2.1.12 leaves that to us; OpenSSL and webpki decide alike).
    #[must_use]
    pub fn allow_client_authentication(&self) -> bool {
        self.extended_key_usage
            .as_ref()
            .is_none_or(|purposes| purposes.iter().any(|oid| oid.to_string() == CLIENT_AUTH))
    }

    /// Reads the sequence of extensions.
    pub(super) fn read(mut list: Reader<'_>) -> Result<Self, MalformedDer> {
        let mut read = Self::default();
        let mut seen: Vec<ObjectIdentifier> = Vec::new();
        while !list.is_empty() {
            let mut extension = list.inside(tag::SEQUENCE)?;
            let kind = extension.object_identifier()?;
            extension.optional(tag::BOOLEAN)?;
            let value = extension.element(tag::OCTET_STRING)?.content;
            extension.end()?;
            // §4.2: no extension twice, so that nobody reads the first and somebody else the second.
            if seen.contains(&kind) {
                return Err(MalformedDer);
            }
            read.keep(kind.as_content(), value)?;
            seen.push(kind);
        }
        Ok(read)
    }

    fn keep(&mut self, kind: &[u8], value: &[u8]) -> Result<(), MalformedDer> {
        match kind {
            SUBJECT_ALTERNATIVE_NAME => self.subject_alternative_names = SubjectAlternativeNames::from_der(value)?,
            KEY_USAGE => self.key_usage = Some(key_usage(value)?),
            BASIC_CONSTRAINTS => (self.is_authority, self.path_length) = basic_constraints(value)?,
            EXTENDED_KEY_USAGE => self.extended_key_usage = Some(purposes(value)?),
            _ => {}
        }
        Ok(())
    }
}

/// The first octet counts the unused bits at the end.
fn key_usage(value: &[u8]) -> Result<KeyUsage, MalformedDer> {
    match only(value, tag::BIT_STRING)?.content {
        [0..=7, bits, ..] => Ok(KeyUsage(*bits)),
        [0] => Ok(KeyUsage(0)),
        _ => Err(MalformedDer),
    }
}

fn basic_constraints(value: &[u8]) -> Result<(bool, Option<u32>), MalformedDer> {
    let mut members = Reader::new(only(value, tag::SEQUENCE)?.content);
    let is_authority = match members.optional(tag::BOOLEAN)? {
        None | Some([0]) => false,
        Some([0xff]) => true,
        Some(_) => return Err(MalformedDer),
    };
    let path_length = members.optional(tag::INTEGER)?.map(small_number).transpose()?;
    members.end()?;
    Ok((is_authority, path_length))
}

fn small_number(content: &[u8]) -> Result<u32, MalformedDer> {
    match content {
        [0..=0x7f] | [0..=0x7f, _] | [0..=0x7f, _, _] => {
            Ok(content.iter().fold(0, |number, octet| number << 8 | u32::from(*octet)))
        }
        _ => Err(MalformedDer),
    }
}

fn purposes(value: &[u8]) -> Result<Vec<ObjectIdentifier>, MalformedDer> {
    let mut list = Reader::new(only(value, tag::SEQUENCE)?.content);
    let mut purposes = Vec::new();
    while !list.is_empty() {
        purposes.push(list.object_identifier()?);
    }
    Ok(purposes)
}
