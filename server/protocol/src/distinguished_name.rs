//! Distinguished names: X.501, written as RFC 4514 or as OpenSSL writes them, compared as RFC 5280 §7.1 demands. This is how a
//! `tls_client_auth_subject_dn` is read at registration and a certificate's subject at authentication (RFC 8705 §2.1.2).
//!
//! Two names are equal when they have as many RDNs, in the same order, and in each the same attributes, in any order. Two
//! attributes are equal when their types are and their values are, after string preparation: case is folded, white space
//! compressed, Unicode normalised (NFKC). How the value was encoded does not count, no letter stands for one that looks like it, and no part
//! of a name for the whole. A value with characters that do not show equals nothing but its own octets, and cannot be registered.

use std::fmt;

use crate::der::{MalformedDer, ObjectIdentifier};

mod attribute_type;
mod from_der;
mod lexer;
mod parse;
pub(crate) mod preparation;
mod rfc4514;
mod slash;
mod spelling;
#[cfg(test)]
mod tests;
mod value;

use attribute_type::name_of;
pub use spelling::Spelling;
use value::{AttributeValue, Comparable};

/// Longest text that is read, in octets.
pub const MAX_TEXT: usize = 4096;
/// Most attributes in a text.
pub const MAX_ATTRIBUTES: usize = 64;

/// A name: RDNs from the root to the leaf, as DER has them.
#[derive(Clone, Debug, Default)]
pub struct DistinguishedName {
    rdns: Vec<RelativeName>,
}

/// One RDN: attributes in no particular order.
type RelativeName = Vec<Attribute>;

/// A type and its value.
#[derive(Clone, Debug)]
struct Attribute {
    kind: ObjectIdentifier,
    value: AttributeValue,
}

/// Why a text is no distinguished name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidName(&'static str);

impl InvalidName {
    /// A sentence for the one who gave it; says nothing of what was in it.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidName {}

impl DistinguishedName {
    /// Reads a name in any of the spellings of [`Spelling`], which says how they are told apart.
    ///
    /// # Errors
    /// When it is none of them, has an attribute whose type nobody knows or that has no value, or a control character.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        parse::name(text).map(|(name, _)| name)
    }

    /// Reads a name, and says as which spelling it was understood.
    ///
    /// # Errors
    /// As for [`Self::parse`].
    pub fn parse_as_spelled(text: &str) -> Result<(Self, Spelling), InvalidName> {
        parse::name(text)
    }

    /// Reads the X.501 `Name` of a certificate.
    ///
    /// # Errors
    /// When it is not DER, or not a sequence of sets of attributes. Values that are no text are kept as they are.
    pub fn from_der(der: &[u8]) -> Result<Self, MalformedDer> {
        from_der::name(der)
    }

    /// The canonical text: RFC 4514, the leaf first, no white space between. [`Self::parse`] reads it back as an equal name, unless
    /// the name came from a certificate and cannot be registered.
    #[must_use]
    pub fn to_rfc4514(&self) -> String {
        rfc4514::text(self)
    }

    /// Whether it has no RDN at all, as the subject of a certificate that is known by its alternative names alone.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// The common name that stands nearest to the leaf, if there is one that is text.
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        let mut attributes = self.rdns.iter().rev().flatten().filter(|one| name_of(&one.kind) == Some("CN"));
        attributes.find_map(|one| match &one.value {
            AttributeValue::Text(text) => Some(text.as_str()),
            AttributeValue::Der(_) => None,
        })
    }

    fn comparable(&self) -> Vec<Vec<(&ObjectIdentifier, Comparable<'_>)>> {
        self.rdns.iter().map(sorted).collect()
    }
}

/// The attributes of one RDN in an order that depends on nothing but what they say.
fn sorted(rdn: &RelativeName) -> Vec<(&ObjectIdentifier, Comparable<'_>)> {
    let mut attributes: Vec<_> = rdn.iter().map(|attribute| (&attribute.kind, attribute.value.comparable())).collect();
    attributes.sort();
    attributes
}

impl PartialEq for DistinguishedName {
    fn eq(&self, other: &Self) -> bool {
        let same_shape = self.rdns.len() == other.rdns.len()
            && self.rdns.iter().zip(&other.rdns).all(|(own, theirs)| own.len() == theirs.len());
        same_shape && self.comparable() == other.comparable()
    }
}

impl Eq for DistinguishedName {}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc4514())
    }
}
