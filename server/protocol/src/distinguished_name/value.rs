//! The value of an attribute: a text, whatever string type it came in (RFC 5280 §7.1), or the DER of something else.

use super::preparation::{is_deceptive, prepared};
use crate::der::{Element, tag};

/// One value.
#[derive(Clone, Debug)]
pub(super) enum AttributeValue {
    /// As it was written.
    Text(String),
    /// Its whole element: a type that is no text, or a text that says something else than it shows.
    Der(Vec<u8>),
}

/// A value in the form in which it is compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comparable<'v> {
    Text(String),
    Der(&'v [u8]),
}

impl AttributeValue {
    pub(super) fn from_element(element: Element<'_>) -> Self {
        match text(element) {
            Some(text) if !is_deceptive(&text) => Self::Text(text),
            _ => Self::Der(element.raw.to_vec()),
        }
    }

    pub(super) fn comparable(&self) -> Comparable<'_> {
        match self {
            Self::Text(text) => Comparable::Text(prepared(text)),
            Self::Der(der) => Comparable::Der(der),
        }
    }
}

/// Whether values of this tag are texts.
pub(super) const fn is_string_type(tag: u8) -> bool {
    matches!(
        tag,
        tag::UTF8_STRING
            | tag::PRINTABLE_STRING
            | tag::IA5_STRING
            | tag::NUMERIC_STRING
            | tag::VISIBLE_STRING
            | tag::TELETEX_STRING
            | tag::BMP_STRING
            | tag::UNIVERSAL_STRING
    )
}

/// The text of a string type, if it is well-formed. A TeletexString is read as Latin-1, as all who write it mean it.
fn text(element: Element<'_>) -> Option<String> {
    let content = element.content;
    match element.tag {
        tag::UTF8_STRING => std::str::from_utf8(content).ok().map(str::to_owned),
        // Certificates with an `@` or `*` in a PrintableString abound; ASCII is what all readers agree on.
        tag::PRINTABLE_STRING | tag::IA5_STRING | tag::NUMERIC_STRING | tag::VISIBLE_STRING => {
            std::str::from_utf8(content).ok().filter(|text| text.is_ascii()).map(str::to_owned)
        }
        tag::TELETEX_STRING => Some(content.iter().copied().map(char::from).collect()),
        tag::BMP_STRING => wide::<2>(content),
        tag::UNIVERSAL_STRING => wide::<4>(content),
        _ => None,
    }
}

/// Characters of two or four octets each; a half of a surrogate pair is no character.
fn wide<const SIZE: usize>(content: &[u8]) -> Option<String> {
    let (chars, []) = content.as_chunks::<SIZE>() else { return None };
    let number = |octets: &[u8; SIZE]| octets.iter().fold(0_u32, |number, octet| number << 8 | u32::from(*octet));
    chars.iter().map(|octets| char::from_u32(number(octets))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::der::{encoded, only};

    fn read(tag: u8, content: &[u8]) -> AttributeValue {
        AttributeValue::from_element(only(&encoded(tag, content), tag).unwrap())
    }

    #[test]
    fn each_string_type_is_read() {
        for (tag, content) in [
            (tag::UTF8_STRING, &b"B\xc3\xbccher"[..]),
            (tag::TELETEX_STRING, b"B\xfccher"),
            (tag::BMP_STRING, b"\0B\0\xfc\0c\0h\0e\0r"),
            (tag::UNIVERSAL_STRING, b"\0\0\0B\0\0\0\xfc\0\0\0c\0\0\0h\0\0\0e\0\0\0r"),
        ] {
            assert!(matches!(read(tag, content), AttributeValue::Text(text) if text == "Bücher"), "{tag:02x}");
        }
        for tag in [tag::PRINTABLE_STRING, tag::IA5_STRING, tag::NUMERIC_STRING, tag::VISIBLE_STRING] {
            assert!(matches!(read(tag, b"12"), AttributeValue::Text(text) if text == "12"), "{tag:02x}");
        }
    }

    #[test]
    fn what_is_no_honest_text_stays_der() {
        for (tag, content) in [
            (tag::UTF8_STRING, &b"a\xff"[..]),
            (tag::UTF8_STRING, b"adm\0in"),
            (tag::UTF8_STRING, b"adm\xe2\x80\x8bin"),
            (tag::PRINTABLE_STRING, b"B\xfccher"),
            (tag::IA5_STRING, b"a\nb"),
            (tag::BMP_STRING, b"\0"),
            (tag::BMP_STRING, b"\xd8\x3d\xdd\x11"),
            (tag::UNIVERSAL_STRING, b"\0\x11\0\0"),
            (tag::BIT_STRING, b"\0a"),
        ] {
            assert!(matches!(read(tag, content), AttributeValue::Der(_)), "{tag:02x} {content:02x?}");
        }
    }
}
