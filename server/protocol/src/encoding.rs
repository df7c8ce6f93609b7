//! The strict decodings that the rest builds on: `application/x-www-form-urlencoded` (RFC 6749 App. B) and base64 (RFC 4648).
//! One text for one value: what is not canonical is refused, so that no two readers see different things.

use std::borrow::Cow;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

/// Decodes one name or value of a form: `+` is a space, `%xx` an octet, the octets UTF-8. Borrows when nothing is encoded.
pub(crate) fn form_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.bytes().any(|byte| matches!(byte, b'+' | b'%')) {
        return Some(Cow::Borrowed(text));
    }
    let mut octets = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        octets.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(octets).ok().map(Cow::Owned)
}

/// Decodes base64url without padding (RFC 7515 §2); left-over bits must be zero.
pub(crate) fn base64url_decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Encodes as base64url without padding.
pub(crate) fn base64url(octets: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(octets)
}

/// Encodes as base64 with its padding.
pub(crate) fn base64(octets: &[u8]) -> String {
    STANDARD.encode(octets)
}

/// Decodes base64 with its padding (RFC 4648 §4); left-over bits must be zero.
pub(crate) fn base64_decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

const fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_value_is_decoded_strictly() {
        for (text, value) in [
            ("", ""),
            ("a-b_c", "a-b_c"),
            ("a+b", "a b"),
            ("a%2Bb", "a+b"),
            ("%c3%A4", "ä"),
            ("ä", "ä"),
            ("%25", "%"),
            ("%F0%9F%94%91", "🔑"),
        ] {
            assert_eq!(form_decoded(text).as_deref(), Some(value), "{text}");
        }
        for bad in ["%", "%2", "%zz", "%2g", "a%", "%%20", "%+1", "%-1", "%c3", "%c3%28", "%ff", "%ed%a0%80", "%ä0"] {
            assert_eq!(form_decoded(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_not_encoded_is_borrowed() {
        assert!(matches!(form_decoded("client_credentials"), Some(Cow::Borrowed(_))));
        assert!(matches!(form_decoded("a+b"), Some(Cow::Owned(_))));
    }

    #[test]
    fn base64_has_one_text_for_one_value() {
        for bad in ["QQ==", "QR", "Q", "Q Q", "QQ\n", "Q+", "Q/", "QQ="] {
            assert_eq!(base64url_decoded(bad), None, "{bad:?}");
        }
        assert_eq!(base64url_decoded("QQ").as_deref(), Some(&b"A"[..]));
        for bad in ["QQ", "QR==", "QQ=", "QQ===", " QQ==", "QQ==\n", "Q-==", "Q_==", "QQ==QQ=="] {
            assert_eq!(base64_decoded(bad), None, "{bad:?}");
        }
        assert_eq!(base64_decoded("QQ==").as_deref(), Some(&b"A"[..]));
    }
}
