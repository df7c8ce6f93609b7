//! The values of names with commas: plain, quoted or `#` and hexadecimal, with the escapes of RFC 4514 §2.4 and those of OpenSSL.

use super::{
    InvalidName,
    value::{AttributeValue, is_string_type},
};
use crate::der::{Reader, only};

const ESCAPE: InvalidName = InvalidName("a backslash must stand before a special character or two hexadecimal digits");
const HEX: InvalidName =
    InvalidName("what follows # must be the DER of a value in hexadecimal digits; write \\# for the character");

/// What is left to read.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'t> {
    rest: &'t str,
}

impl<'t> Lexer<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { rest: text }
    }

    /// Steps over spaces, and says whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_start_matches(' ');
        self.rest.len() < before
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn next_if(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Everything before the next `=`, which is stepped over.
    pub(super) fn until_equals(&mut self) -> Option<&'t str> {
        let (before, after) = self.rest.split_once('=')?;
        self.rest = after;
        Some(before)
    }

    /// A value, up to the separator that ends it.
    pub(super) fn value(&mut self) -> Result<AttributeValue, InvalidName> {
        if self.next_if('#') {
            self.hex()
        } else if self.next_if('"') {
            self.quoted().map(AttributeValue::Text)
        } else {
            self.plain().map(AttributeValue::Text)
        }
    }

    /// Spaces at the end belong to the value only where they are escaped.
    fn plain(&mut self) -> Result<String, InvalidName> {
        let (mut text, mut kept) = (String::new(), 0);
        while let Some(c) = self.rest.chars().next().filter(|c| !matches!(c, ',' | '+')) {
            self.next();
            match c {
                '\\' => text.push_str(&self.escape()?),
                '"' | ';' => {
                    return Err(InvalidName("a quote or semicolon inside a value must be escaped with a backslash"));
                }
                other => text.push(other),
            }
            if c != ' ' {
                kept = text.len();
            }
        }
        text.truncate(kept);
        Ok(text)
    }

    /// RFC 1779 and OpenSSL; RFC 4514 reads them no more and says so in its App. B.
    fn quoted(&mut self) -> Result<String, InvalidName> {
        let mut text = String::new();
        loop {
            match self.next().ok_or(InvalidName("a quote is not closed"))? {
                '"' => return Ok(text),
                '\\' => text.push_str(&self.escape()?),
                other => text.push(other),
            }
        }
    }

    fn hex(&mut self) -> Result<AttributeValue, InvalidName> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let (digits, rest) = self.rest.split_at(digits);
        self.rest = rest;
        let der = octets(digits).ok_or(HEX)?;
        let tag = Reader::new(&der).peek().ok_or(HEX)?;
        let value = AttributeValue::from_element(only(&der, tag).map_err(|_| HEX)?);
        match value {
            AttributeValue::Der(_) if is_string_type(tag) => Err(super::parse::DECEPTIVE),
            value => Ok(value),
        }
    }

    /// What follows a backslash. Neighbouring octets make one text: UTF-8 as RFC 4514 says, or else Latin-1, which is what OpenSSL
    /// leaves of a TeletexString. Beyond that OpenSSL writes `\U4E2D` and `\W0001F511`.
    fn escape(&mut self) -> Result<String, InvalidName> {
        let mut run = Vec::new();
        while let Some(octet) = self.rest.get(..2).and_then(octets).and_then(|octets| octets.first().copied()) {
            run.push(octet);
            self.rest = self.rest.get(2..).unwrap_or_default();
            match self.rest.strip_prefix('\\') {
                Some(after) if after.get(..2).and_then(octets).is_some() => self.rest = after,
                _ => break,
            }
        }
        if !run.is_empty() {
            return Ok(String::from_utf8(run)
                .unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect()));
        }
        match self.next().ok_or(ESCAPE)? {
            'U' => self.code_point(4),
            'W' => self.code_point(8),
            c @ (' ' | '"' | '#' | '+' | ',' | ';' | '<' | '=' | '>' | '\\' | '/') => Ok(c.to_string()),
            _ => Err(ESCAPE),
        }
    }

    fn code_point(&mut self, digits: usize) -> Result<String, InvalidName> {
        let (digits, rest) = self.rest.split_at_checked(digits).ok_or(ESCAPE)?;
        self.rest = rest;
        let octets = octets(digits).ok_or(ESCAPE)?;
        let number = octets.iter().fold(0_u32, |number, octet| number << 8 | u32::from(*octet));
        char::from_u32(number).map(String::from).ok_or(ESCAPE)
    }
}

/// The octets that hexadecimal digits stand for; none for none.
pub(super) fn octets(digits: &str) -> Option<Vec<u8>> {
    let (pairs, []) = digits.as_bytes().as_chunks::<2>() else { return None };
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}
