//! Object identifiers: X.690 §8.19, and the dotted numbers of RFC 4512 §1.4.

use std::fmt;

use super::{MalformedDer, encoded, tag};

/// The name of a kind of thing. Arcs are at most 128 bits long, as those made from a UUID are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectIdentifier(Box<[u8]>);

impl ObjectIdentifier {
    /// From the content of its element.
    ///
    /// # Errors
    /// When an arc is missing, not minimal, or too long.
    pub fn from_content(content: &[u8]) -> Result<Self, MalformedDer> {
        arcs(content).map(|_| Self(content.into()))
    }

    /// Reads `2.5.4.3`.
    #[must_use]
    pub fn parse(dotted: &str) -> Option<Self> {
        let mut arcs = dotted.split('.').map(arc);
        let (first, second) = (arcs.next()??, arcs.next()??);
        if first > 2 || (first < 2 && second > 39) {
            return None;
        }
        let mut content = Vec::new();
        push(&mut content, (first * 40).checked_add(second)?);
        for arc in arcs {
            push(&mut content, arc?);
        }
        Some(Self(content.into()))
    }

    /// The content of its element.
    #[must_use]
    pub fn as_content(&self) -> &[u8] {
        &self.0
    }

    /// The whole element.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        encoded(tag::OBJECT_IDENTIFIER, &self.0)
    }
}

impl fmt::Display for ObjectIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arcs = arcs(&self.0).map_err(|_| fmt::Error)?;
        let (first, rest) = arcs.split_first().ok_or(fmt::Error)?;
        let root = (first / 40).min(2);
        write!(f, "{root}.{}", first - root * 40)?;
        rest.iter().try_for_each(|arc| write!(f, ".{arc}"))
    }
}

impl fmt::Debug for ObjectIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The numbers; the first two still in one, as X.690 §8.19.4 joins them.
fn arcs(content: &[u8]) -> Result<Vec<u128>, MalformedDer> {
    if content.last().is_none_or(|last| last & 0x80 != 0) {
        return Err(MalformedDer);
    }
    content.split_inclusive(|octet| octet & 0x80 == 0).map(joined).collect()
}

fn joined(digits: &[u8]) -> Result<u128, MalformedDer> {
    if digits.first() == Some(&0x80) {
        return Err(MalformedDer);
    }
    digits.iter().try_fold(0_u128, |arc, digit| {
        arc.checked_mul(128).map(|arc| arc | u128::from(digit & 0x7f)).ok_or(MalformedDer)
    })
}

fn arc(text: &str) -> Option<u128> {
    let canonical = text == "0" || !text.starts_with('0');
    (canonical && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn push(content: &mut Vec<u8>, arc: u128) {
    let septets = (1..19).rev().filter(|place| arc >> (7 * place) != 0);
    content.extend(septets.map(|place| 0x80 | low_septet(arc >> (7 * place))));
    content.push(low_septet(arc));
}

fn low_septet(number: u128) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_numbers_and_octets_are_one() {
        for (dotted, content) in [
            ("2.5.4.3", &[0x55, 4, 3][..]),
            ("1.2.840.113549.1.9.1", &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1]),
            ("0.9.2342.19200300.100.1.25", &[9, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 0x19]),
            ("2.999.3", &[0x88, 0x37, 3]),
            ("2.16.0", &[0x60, 0]),
        ] {
            let oid = ObjectIdentifier::parse(dotted).unwrap();
            assert_eq!(oid.as_content(), content, "{dotted}");
            assert_eq!(ObjectIdentifier::from_content(content), Ok(oid.clone()));
            assert_eq!(oid.to_string(), dotted);
        }
        let uuid = "2.25.329800735698586629295641978511506172918";
        assert_eq!(ObjectIdentifier::parse(uuid).unwrap().to_string(), uuid);
    }

    #[test]
    fn what_names_nothing_is_refused() {
        for bad in ["", "1", "3.1", "1.40", "1.2.", ".1.2", "1..2", "01.2", "1.02", "1.2.x", "1.2.+3", "1.-2", "1. 2"] {
            assert_eq!(ObjectIdentifier::parse(bad), None, "{bad}");
        }
        assert_eq!(ObjectIdentifier::parse("1.2.340282366920938463463374607431768211456"), None);
        for bad in [&[][..], &[0x80], &[0x55, 0x84], &[0x55, 0x80, 1], &[0xff; 20]] {
            assert_eq!(ObjectIdentifier::from_content(bad), Err(MalformedDer), "{bad:02x?}");
        }
        let too_long = [&[0xff; 19][..], &[0x7f]].concat();
        assert_eq!(ObjectIdentifier::from_content(&too_long), Err(MalformedDer));
    }
}
