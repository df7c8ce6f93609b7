//! HTTP Basic credentials of a client: RFC 6749 §2.3.1 over RFC 7617. Both halves are form-encoded before they are joined, so both
//! are decoded here, always: to try it both ways would be two guesses for one request.

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    encoding::{base64_decoded, form_decoded},
    secret::Secret,
};

/// What an `Authorization: Basic` header says.
pub struct BasicCredentials {
    /// Who the client says it is; not yet checked to be an id at all.
    pub client_id: String,
    /// What it says as proof.
    pub client_secret: Secret,
}

/// The header is not Basic credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedBasic(&'static str);

impl MalformedBasic {
    /// A sentence that says nothing of what was in it.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for MalformedBasic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MalformedBasic {}

/// Reads what follows the word `Basic` and its space.
///
/// # Errors
/// When it is not canonical base64 with padding, has no colon, is not UTF-8, has a broken escape or a control character.
pub fn parse(after_scheme: &str) -> Result<BasicCredentials, MalformedBasic> {
    let octets = base64_decoded(after_scheme).map(Zeroizing::new).ok_or(MalformedBasic("not base64"))?;
    let text = std::str::from_utf8(&octets).map_err(|_| MalformedBasic("not UTF-8"))?;
    let (client_id, client_secret) = text.split_once(':').ok_or(MalformedBasic("no colon"))?;
    Ok(BasicCredentials { client_id: half(client_id)?, client_secret: Secret::new(half(client_secret)?) })
}

fn half(text: &str) -> Result<String, MalformedBasic> {
    let plain = form_decoded(text).ok_or(MalformedBasic("not form-encoded"))?;
    if text.chars().chain(plain.chars()).any(char::is_control) {
        return Err(MalformedBasic("a control character"));
    }
    Ok(plain.into_owned())
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    fn of(text: &[u8]) -> Result<(String, String), MalformedBasic> {
        parse(&STANDARD.encode(text)).map(|basic| (basic.client_id, basic.client_secret.expose().to_owned()))
    }

    fn pair(id: &str, secret: &str) -> Result<(String, String), MalformedBasic> {
        Ok((id.to_owned(), secret.to_owned()))
    }

    #[test]
    fn the_vector_of_the_certification_team_is_read() {
        let basic = parse(
            "MVBwRyUyRlErMTp6JTJGdFo5VndGWnFBcG1JUSUyQlpIMUk1cExrJTJGdUI0dWQlM0FYMiUyRjhiTCUyQndmRlR0MXJGdyUzRA==",
        )
        .unwrap();
        assert_eq!(basic.client_id, "1PpG/Q 1");
        assert!(basic.client_secret.matches("z/tZ9VwFZqApmIQ+ZH1I5pLk/uB4ud:X2/8bL+wfFTt1rFw="));
    }

    #[test]
    fn the_example_of_the_rfc_is_read() {
        let basic = parse("czZCaGRSa3F0MzpnWDFmQmF0M2JW").unwrap();
        assert_eq!((basic.client_id.as_str(), basic.client_secret.expose()), ("s6BhdRkqt3", "gX1fBat3bV"));
    }

    #[test]
    fn the_first_colon_parts_and_both_halves_are_decoded() {
        for (text, id, secret) in [
            ("a:b:c", "a", "b:c"),
            ("a%3Ab:c", "a:b", "c"),
            ("a+b:c+d", "a b", "c d"),
            ("a%2Bb:%25", "a+b", "%"),
            (":", "", ""),
            ("a:", "a", ""),
            (":b", "", "b"),
            ("ä:%C3%A4", "ä", "ä"),
        ] {
            assert_eq!(of(text.as_bytes()), pair(id, secret), "{text}");
        }
    }

    #[test]
    fn what_is_loosely_encoded_is_refused() {
        for bad in [
            "",
            "=",
            "YTpi\n",
            " YTpi",
            "YTpi ",
            "YTpiYw",
            "YTpiYw=",
            "YTpiYx==",
            "YTpi====",
            "YTp-",
            "YTpi,YTpi",
            "a:b",
        ] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
        assert!(parse("YTpi").is_ok() && parse("YTpiYw==").is_ok());
    }

    #[test]
    fn a_broken_escape_a_control_character_or_no_colon_is_refused() {
        for bad in [
            &b"ab"[..],
            b"a%3Ab",
            b"a:%",
            b"a:%zz",
            b"%f:b",
            b"a:%ff",
            b"a\xff:b",
            b"a:\x00",
            b"a\n:b",
            b"a:b\x7f",
            b"a%00:b",
            b"a:%0D%0A",
            b"a:%C2%80",
            b"a:\xc2\x85",
        ] {
            assert!(of(bad).is_err(), "{bad:?}");
        }
        assert_eq!(of(b"a:b"), pair("a", "b"));
    }
}
