//! Subject alternative names: RFC 5280 §4.2.1.6, and how a registered one is compared with those of a certificate (RFC 8705 §2.1.2):
//! exactly, with no wildcard and no pattern.

use std::{fmt, net::IpAddr};

use url::Url;

use crate::der::{MalformedDer, Reader, only, tag};

#[cfg(test)]
mod tests;

/// One alternative name of a kind that a client can be registered by.
#[derive(Clone, Debug)]
pub enum SubjectAlternativeName {
    /// A host name.
    Dns(String),
    /// A URI.
    Uri(String),
    /// An address.
    Ip(IpAddr),
    /// A mailbox.
    Email(String),
}

/// The alternative names of a certificate.
#[derive(Clone, Debug, Default)]
pub struct SubjectAlternativeNames {
    /// Those of the four kinds, in their order.
    pub names: Vec<SubjectAlternativeName>,
    /// How many others there are: of other kinds, or such that no registered name could equal them.
    pub others: usize,
}

/// The text is no name of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidAlternativeName(&'static str);

impl InvalidAlternativeName {
    /// A sentence for the one who gave it; says nothing of what was in it.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidAlternativeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidAlternativeName {}

impl SubjectAlternativeName {
    /// A `tls_client_auth_san_dns` to register.
    ///
    /// # Errors
    /// When it is no host name in ASCII (an internationalised one is written in its A-labels), has a wildcard or a trailing dot.
    pub fn parse_dns(text: &str) -> Result<Self, InvalidAlternativeName> {
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        if !text.is_ascii() {
            return Err(InvalidAlternativeName("an international host name is written in its A-labels (xn--…)"));
        }
        if text.len() > 253 || !text.split('.').all(label) {
            return Err(InvalidAlternativeName("must be a host name without wildcard"));
        }
        Ok(Self::Dns(text.to_owned()))
    }

    /// A `tls_client_auth_san_uri` to register.
    ///
    /// # Errors
    /// When it is no absolute URI in ASCII.
    pub fn parse_uri(text: &str) -> Result<Self, InvalidAlternativeName> {
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) || Url::parse(text).is_err() {
            return Err(InvalidAlternativeName("must be an absolute URI"));
        }
        Ok(Self::Uri(text.to_owned()))
    }

    /// A `tls_client_auth_san_ip` to register: dotted decimal, or IPv6 in any of its spellings (RFC 4291 §2.2).
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse_ip(text: &str) -> Result<Self, InvalidAlternativeName> {
        text.parse().map(Self::Ip).map_err(|_| InvalidAlternativeName("must be an IPv4 or IPv6 address"))
    }

    /// A `tls_client_auth_san_email` to register.
    ///
    /// # Errors
    /// When it is no mailbox in ASCII.
    pub fn parse_email(text: &str) -> Result<Self, InvalidAlternativeName> {
        let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'@');
        let is_mailbox =
            text.len() <= 254 && text.split_once('@').is_some_and(|(local, domain)| part(local) && part(domain));
        if is_mailbox {
            Ok(Self::Email(text.to_owned()))
        } else {
            Err(InvalidAlternativeName("must be an email address"))
        }
    }

    /// Whether the name of a certificate is this registered one: host names and the domains of mailboxes without regard to case, addresses
    /// by their octets, everything else exactly.
    #[must_use]
    pub fn matches(&self, presented: &Self) -> bool {
        match (self, presented) {
            (Self::Dns(own), Self::Dns(theirs)) => own.eq_ignore_ascii_case(theirs),
            (Self::Uri(own), Self::Uri(theirs)) => own == theirs,
            (Self::Ip(own), Self::Ip(theirs)) => own == theirs,
            (Self::Email(own), Self::Email(theirs)) => match (own.rsplit_once('@'), theirs.rsplit_once('@')) {
                (Some((own, domain)), Some((theirs, other))) => own == theirs && domain.eq_ignore_ascii_case(other),
                _ => false,
            },
            (Self::Dns(_) | Self::Uri(_) | Self::Ip(_) | Self::Email(_), _) => false,
        }
    }

    /// The member of a client's metadata that registers a name of this kind.
    #[must_use]
    pub const fn member(&self) -> &'static str {
        match self {
            Self::Dns(_) => "tls_client_auth_san_dns",
            Self::Uri(_) => "tls_client_auth_san_uri",
            Self::Ip(_) => "tls_client_auth_san_ip",
            Self::Email(_) => "tls_client_auth_san_email",
        }
    }

    /// Whether a client can be registered by this name as it stands in a certificate.
    #[must_use]
    pub fn is_registrable(&self) -> bool {
        match self {
            Self::Dns(name) => Self::parse_dns(name).is_ok(),
            Self::Uri(uri) => Self::parse_uri(uri).is_ok(),
            Self::Ip(_) => true,
            Self::Email(mailbox) => Self::parse_email(mailbox).is_ok(),
        }
    }
}

impl fmt::Display for SubjectAlternativeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(text) | Self::Uri(text) | Self::Email(text) => f.write_str(text),
            Self::Ip(address) => fmt::Display::fmt(address, f),
        }
    }
}

impl SubjectAlternativeNames {
    /// Reads the value of the extension. Names with anything but printing ASCII are counted among the others.
    ///
    /// # Errors
    /// When it is not a sequence of general names.
    pub fn from_der(der: &[u8]) -> Result<Self, MalformedDer> {
        let mut general_names = Reader::new(only(der, tag::SEQUENCE)?.content);
        let mut read = Self::default();
        while !general_names.is_empty() {
            let element = general_names.any()?;
            match name(element.tag, element.content) {
                Some(name) => read.names.push(name),
                None => read.others += 1,
            }
        }
        Ok(read)
    }
}

/// The context-specific tags of `GeneralName`.
fn name(tag: u8, content: &[u8]) -> Option<SubjectAlternativeName> {
    let text = || {
        Some(std::str::from_utf8(content).ok()?.to_owned())
            .filter(|text| text.bytes().all(|byte| matches!(byte, b' '..=b'~')))
    };
    match tag {
        0x81 => text().map(SubjectAlternativeName::Email),
        0x82 => text().map(SubjectAlternativeName::Dns),
        0x86 => text().map(SubjectAlternativeName::Uri),
        0x87 => match content.len() {
            4 => <[u8; 4]>::try_from(content).ok().map(|octets| SubjectAlternativeName::Ip(octets.into())),
            16 => <[u8; 16]>::try_from(content).ok().map(|octets| SubjectAlternativeName::Ip(octets.into())),
            _ => None,
        },
        _ => None,
    }
}
