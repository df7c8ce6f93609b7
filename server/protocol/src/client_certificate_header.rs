//! The client certificate that a proxy in front of us took from its TLS connection and hands on in a header field: RFC 8705 §6.5.
//!
//! Whoever can write the field is whoever they like; so the field counts only when the socket's other end is a listed proxy, and
//! what a proxy writes has one shape. A second field, a second certificate where one belongs, a list where an item belongs, or anything
//! left over means that somebody else wrote along, and is refused, never repaired.

use std::fmt;

use crate::{
    der::{Reader, only, tag},
    pem,
    words::words,
};

mod envoy_xfcc;
mod nginx_escaped_pem;
mod rfc9440;
#[cfg(test)]
mod tests;

/// Longest field value that is read, in octets.
pub const MAX_FIELD: usize = 64 * 1024;
/// Most certificates beside the leaf.
pub const MAX_CHAIN: usize = 10;

words! {
    /// The shapes in which proxies hand a certificate on.
    pub enum ClientCertHeader {
        /// `Client-Cert: :base64:` and `Client-Cert-Chain`, RFC 9440: HAProxy, Apache, Google and whoever follows the standard.
        Rfc9440 = "rfc9440",
        /// `X-SSL-Client-Cert` with nginx's `$ssl_client_escaped_cert`: PEM with percent escapes. nginx hands no chain on.
        NginxEscapedPem = "nginx_escaped_pem",
        /// `X-Forwarded-Client-Cert` of Envoy and Istio: pairs of names and values; the last element is of the nearest proxy.
        EnvoyXfcc = "envoy_xfcc",
    }
}

/// What a client presented: its own certificate and those it sent along, each as DER. Nothing of it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresentedChain {
    /// The client's own certificate.
    pub leaf: Vec<u8>,
    /// Others, in the order in which they came; never the leaf's first place.
    pub intermediates: Vec<Vec<u8>>,
}

/// Why a header is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedClientCert(&'static str);

impl MalformedClientCert {
    /// A sentence that says nothing of what was in it.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for MalformedClientCert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MalformedClientCert {}

impl From<pem::MalformedPem> for MalformedClientCert {
    fn from(error: pem::MalformedPem) -> Self {
        Self(error.message())
    }
}

impl ClientCertHeader {
    /// The name of the field with the certificate, in lower case.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Rfc9440 => "client-cert",
            Self::NginxEscapedPem => "x-ssl-client-cert",
            Self::EnvoyXfcc => "x-forwarded-client-cert",
        }
    }

    /// The name of the field with the rest of the chain, where it is a field of its own.
    #[must_use]
    pub const fn chain_field(self) -> Option<&'static str> {
        match self {
            Self::Rfc9440 => Some("client-cert-chain"),
            Self::NginxEscapedPem | Self::EnvoyXfcc => None,
        }
    }

    /// Whether a field only *looks* like one of these: `Client_Cert` is `Client-Cert` to a proxy that takes both for one, and slips
    /// through one that strips only the other. A request with such a twin is refused.
    #[must_use]
    pub fn is_twin(self, field: &str) -> bool {
        let is_own = |own: &str| !field.eq_ignore_ascii_case(own) && field.replace('_', "-").eq_ignore_ascii_case(own);
        is_own(self.field()) || self.chain_field().is_some_and(is_own)
    }

    /// Reads what a trusted proxy says: every value of [`Self::field`] and of [`Self::chain_field`], each line of the request on its own.
    /// `None` when there is no such field: the client presented no certificate.
    ///
    /// # Errors
    /// When a field came twice, is empty, too long, or anything but what its proxy writes; when a chain came without a leaf.
    pub fn read(self, lines: &[&[u8]], chain_lines: &[&[u8]]) -> Result<Option<PresentedChain>, MalformedClientCert> {
        let (value, chain) = (only_line(lines)?, only_line(chain_lines)?);
        let Some(value) = value else {
            return match chain {
                Some(_) => Err(MalformedClientCert("a chain without the certificate it belongs to")),
                None => Ok(None),
            };
        };
        let presented = match self {
            Self::Rfc9440 => rfc9440::presented(value, chain)?,
            Self::NginxEscapedPem => nginx_escaped_pem::presented(value)?,
            Self::EnvoyXfcc => envoy_xfcc::presented(value)?,
        };
        if presented.intermediates.len() > MAX_CHAIN {
            return Err(MalformedClientCert("more than 10 certificates beside the client's own"));
        }
        if !presented.intermediates.iter().chain([&presented.leaf]).all(|der| has_shape_of_certificate(der)) {
            return Err(MalformedClientCert("not the DER of a certificate"));
        }
        Ok(Some(presented))
    }
}

/// A field that may be there once.
fn only_line<'h>(lines: &[&'h [u8]]) -> Result<Option<&'h str>, MalformedClientCert> {
    let line = match *lines {
        [] => return Ok(None),
        [line] => line,
        _ => return Err(MalformedClientCert("the header field came more than once")),
    };
    if line.len() > MAX_FIELD {
        return Err(MalformedClientCert("the header field is longer than 65536 octets"));
    }
    let text = std::str::from_utf8(line).ok().filter(|text| text.is_ascii()).map(|text| text.trim_matches([' ', '\t']));
    match text {
        Some("") => {
            Err(MalformedClientCert("the header field is empty; the proxy must send it only with a certificate"))
        }
        Some(text) => Ok(Some(text)),
        None => Err(MalformedClientCert("the header field is not ASCII")),
    }
}

/// RFC 5280 §4.1: a sequence of three, and nothing behind it.
fn has_shape_of_certificate(der: &[u8]) -> bool {
    let parts = || {
        let mut parts = Reader::new(only(der, tag::SEQUENCE)?.content);
        parts.element(tag::SEQUENCE)?;
        parts.element(tag::SEQUENCE)?;
        parts.element(tag::BIT_STRING)?;
        parts.end()
    };
    parts().is_ok()
}

/// Undoes percent escapes, and nothing else: a `+` of base64 stays one, whether the proxy escapes it or not.
fn percent_decoded(text: &str) -> Result<String, MalformedClientCert> {
    const BROKEN: MalformedClientCert = MalformedClientCert("a percent escape is broken");
    let mut decoded = String::with_capacity(text.len());
    let mut parts = text.split('%');
    decoded.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).ok_or(BROKEN)?;
        let octet = digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16));
        match octet {
            Some(Ok(octet)) if octet.is_ascii() => decoded.push(char::from(octet)),
            _ => return Err(BROKEN),
        }
        decoded.push_str(rest);
    }
    Ok(decoded)
}
