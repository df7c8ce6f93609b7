//! The little of DER (ITU-T X.690 §10) that names and certificates need: definite, minimal lengths and tags of one octet; what is
//! written in any other way is refused, so that no two readers see different things.

use std::fmt;

mod object_identifier;

pub use object_identifier::ObjectIdentifier;

/// The tags this crate and its users meet.
pub mod tag {
    #![expect(missing_docs, reason = "each is named as X.680 names the type")]
    pub const BOOLEAN: u8 = 0x01;
    pub const INTEGER: u8 = 0x02;
    pub const BIT_STRING: u8 = 0x03;
    pub const OCTET_STRING: u8 = 0x04;
    pub const OBJECT_IDENTIFIER: u8 = 0x06;
    pub const UTF8_STRING: u8 = 0x0c;
    pub const NUMERIC_STRING: u8 = 0x12;
    pub const PRINTABLE_STRING: u8 = 0x13;
    pub const TELETEX_STRING: u8 = 0x14;
    pub const IA5_STRING: u8 = 0x16;
    pub const UTC_TIME: u8 = 0x17;
    pub const GENERALIZED_TIME: u8 = 0x18;
    pub const VISIBLE_STRING: u8 = 0x1a;
    pub const UNIVERSAL_STRING: u8 = 0x1c;
    pub const BMP_STRING: u8 = 0x1e;
    pub const SEQUENCE: u8 = 0x30;
    pub const SET: u8 = 0x31;
}

/// The octets are not DER, or not of the shape that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedDer;

impl fmt::Display for MalformedDer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the DER of what it should be")
    }
}

impl std::error::Error for MalformedDer {}

/// One element: tag, content, and both with the length between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// Class, form and number in one octet.
    pub tag: u8,
    /// What it holds.
    pub content: &'a [u8],
    /// The whole element as it was read.
    pub raw: &'a [u8],
}

/// Reads one element after the other.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from the first octet.
    #[must_use]
    pub const fn new(octets: &'a [u8]) -> Self {
        Self { rest: octets }
    }

    /// Whether everything has been read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag that comes next.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever it is.
    ///
    /// # Errors
    /// At the end, or when tag or length are not as DER writes them.
    pub fn any(&mut self) -> Result<Element<'a>, MalformedDer> {
        let (&tag, after_tag) = self.rest.split_first().ok_or(MalformedDer)?;
        // A tag number of 31 means more octets of tag: nothing in a certificate has one.
        if tag & 0x1f == 0x1f {
            return Err(MalformedDer);
        }
        let (length, after_length) = length(after_tag)?;
        let (content, rest) = after_length.split_at_checked(length).ok_or(MalformedDer)?;
        let raw = self.rest.get(..self.rest.len() - rest.len()).ok_or(MalformedDer)?;
        self.rest = rest;
        Ok(Element { tag, content, raw })
    }

    /// The next element, which must have this tag.
    ///
    /// # Errors
    /// When it has not, or is malformed.
    pub fn element(&mut self, tag: u8) -> Result<Element<'a>, MalformedDer> {
        let element = self.any()?;
        if element.tag == tag { Ok(element) } else { Err(MalformedDer) }
    }

    /// The content of the next element if it has this tag; otherwise nothing is read.
    ///
    /// # Errors
    /// When it has this tag and is malformed.
    pub fn optional(&mut self, tag: u8) -> Result<Option<&'a [u8]>, MalformedDer> {
        if self.peek() == Some(tag) { self.any().map(|element| Some(element.content)) } else { Ok(None) }
    }

    /// A reader of what is inside the next element, which must have this tag.
    ///
    /// # Errors
    /// When it has not, or is malformed.
    pub fn inside(&mut self, tag: u8) -> Result<Self, MalformedDer> {
        self.element(tag).map(|element| Self::new(element.content))
    }

    /// An object identifier.
    ///
    /// # Errors
    /// When the next element is none.
    pub fn object_identifier(&mut self) -> Result<ObjectIdentifier, MalformedDer> {
        ObjectIdentifier::from_content(self.element(tag::OBJECT_IDENTIFIER)?.content)
    }

    /// Nothing may be left.
    ///
    /// # Errors
    /// When something is.
    pub const fn end(self) -> Result<(), MalformedDer> {
        if self.rest.is_empty() { Ok(()) } else { Err(MalformedDer) }
    }
}

/// The one element that `octets` are, with nothing after it.
///
/// # Errors
/// When they are anything else.
pub fn only(octets: &[u8], tag: u8) -> Result<Element<'_>, MalformedDer> {
    let mut reader = Reader::new(octets);
    let element = reader.element(tag)?;
    reader.end()?;
    Ok(element)
}

/// Writes one element.
#[must_use]
pub fn encoded(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut octets = vec![tag];
    let length = content.len().to_be_bytes();
    let zeros = length.iter().take_while(|octet| **octet == 0).count();
    let length = length.get(zeros..).unwrap_or_default();
    match length {
        [] => octets.push(0),
        [short @ 0..=0x7f] => octets.push(*short),
        long => {
            octets.push(0x80 | u8::try_from(long.len()).unwrap_or_default());
            octets.extend_from_slice(long);
        }
    }
    octets.extend_from_slice(content);
    octets
}

/// X.690 §8.1.3 and §10.1: one octet up to 127, above it as few as hold it.
fn length(octets: &[u8]) -> Result<(usize, &[u8]), MalformedDer> {
    let (&first, rest) = octets.split_first().ok_or(MalformedDer)?;
    if first < 0x80 {
        return Ok((usize::from(first), rest));
    }
    let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f)).ok_or(MalformedDer)?;
    if !(1..=4).contains(&digits.len()) || digits.first() == Some(&0) {
        return Err(MalformedDer);
    }
    let length = digits.iter().fold(0_u32, |length, digit| length << 8 | u32::from(*digit));
    if length < 0x80 {
        return Err(MalformedDer);
    }
    usize::try_from(length).map(|length| (length, rest)).map_err(|_| MalformedDer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let content = vec![7; length];
            let octets = encoded(tag::OCTET_STRING, &content);
            let element = only(&octets, tag::OCTET_STRING).unwrap();
            assert_eq!((element.content, element.raw), (&content[..], &octets[..]));
        }
    }

    #[test]
    fn a_length_has_one_spelling() {
        for bad in [
            &[0x04][..],
            &[0x04, 0x80, 0, 0],
            &[0x04, 0x81, 0x01, 7],
            &[0x04, 0x82, 0x00, 0x80],
            &[0x04, 0x85, 0, 0, 0, 0, 1, 7],
            &[0x04, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x04, 0x02, 7],
            &[0x1f, 0x01, 0x00],
            &[],
        ] {
            assert_eq!(Reader::new(bad).any(), Err(MalformedDer), "{bad:02x?}");
        }
    }

    #[test]
    fn nothing_follows_the_only_element() {
        assert!(only(&[0x04, 0x01, 7], tag::OCTET_STRING).is_ok());
        assert!(only(&[0x04, 0x01, 7, 0], tag::OCTET_STRING).is_err());
        assert!(only(&[0x04, 0x01, 7], tag::INTEGER).is_err());
    }

    #[test]
    fn an_optional_element_is_read_only_when_it_is_there() {
        let mut reader = Reader::new(&[0x04, 0x01, 7]);
        assert_eq!(reader.optional(tag::INTEGER), Ok(None));
        assert_eq!(reader.optional(tag::OCTET_STRING), Ok(Some(&[7][..])));
        assert_eq!(reader.optional(tag::OCTET_STRING), Ok(None));
        assert!(reader.end().is_ok());
    }
}
