//! Queries and forms: `application/x-www-form-urlencoded`, both ways.

use std::fmt::Write;

/// `pairs` as a query or a form.
pub(crate) fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        quote(&mut text, name);
        text.push('=');
        quote(&mut text, value);
    }
    text
}

/// One segment of a path.
pub(crate) fn segment(text: &str) -> String {
    let mut quoted = String::new();
    quote(&mut quoted, text);
    quoted
}

fn quote(into: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            into.push(char::from(byte));
        } else {
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_not_unreserved_is_quoted() {
        assert_eq!(encode([("q", "a b/ü&="), ("scope", "x")]), "q=a%20b%2F%C3%BC%26%3D&scope=x");
        assert_eq!(segment("https://app.example/~me"), "https%3A%2F%2Fapp.example%2F~me");
    }
}
