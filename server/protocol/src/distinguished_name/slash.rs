//! `/C=GB/O=Acme/CN=x`: the one-line form that OpenSSL wrote by default before 1.1 and writes with `-nameopt compat`. It escapes next
//! to nothing, so a slash or a plus separates only where the name of an attribute and `=` follow.

use super::{
    Attribute, InvalidName, MAX_ATTRIBUTES, RelativeName, attribute_type, lexer::octets, parse::checked,
    value::AttributeValue,
};
use crate::der::ObjectIdentifier;

/// Reads a text that begins with a slash; RDNs are in the order of the text.
pub(super) fn rdns(text: &str) -> Result<Vec<RelativeName>, InvalidName> {
    let mut rdns: Vec<RelativeName> = Vec::new();
    let mut rest = text;
    for _ in 0..MAX_ATTRIBUTES {
        let (separator, kind, after) =
            separated(rest).ok_or(InvalidName("after each slash the name of a known attribute and = must follow"))?;
        let end = value_len(after);
        let (value, next) = after.split_at_checked(end).unwrap_or((after, ""));
        let attribute = attribute(kind, value)?;
        match rdns.last_mut().filter(|_| separator == '+') {
            Some(rdn) => rdn.push(attribute),
            None => rdns.push(vec![attribute]),
        }
        if next.is_empty() {
            return Ok(rdns);
        }
        rest = next;
    }
    Err(InvalidName("more than 64 attributes"))
}

/// The separator that `text` begins with, the attribute type after it, and what follows the `=`.
fn separated(text: &str) -> Option<(char, ObjectIdentifier, &str)> {
    let separator = text.chars().next().filter(|c| matches!(c, '/' | '+'))?;
    let (name, after) = text.get(1..)?.split_once('=')?;
    // Spaces only around the whole name: `a/b c=d` has no attribute in it.
    Some((separator, attribute_type::named(name.trim_matches(' '))?, after))
}

/// Where the value ends: before the next separator that is one, and that no backslash stands before.
fn value_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        let separator = matches!(c, '/' | '+') && !escaped;
        if separator && text.get(at..).is_some_and(|rest| separated(rest).is_some()) {
            return at;
        }
        escaped = c == '\\';
    }
    text.len()
}

fn attribute(kind: ObjectIdentifier, value: &str) -> Result<Attribute, InvalidName> {
    checked(kind, AttributeValue::Text(unescaped(value.trim_matches(' '))))
}

/// `\xC3\xBC` is octets, `\/` and `\+` what they show; any other backslash is itself. Octets are UTF-8, or else Latin-1.
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut run = Vec::new();
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        if let Some(octet) = rest.strip_prefix("\\x").and_then(|rest| rest.get(..2)).and_then(octets) {
            run.extend(octet);
            rest = rest.get(4..).unwrap_or_default();
            continue;
        }
        flush(&mut run, &mut text);
        let after = rest.strip_prefix('\\').filter(|rest| rest.starts_with(['/', '+'])).unwrap_or(rest);
        let c = after.chars().next().unwrap_or(c);
        text.push(c);
        rest = after.get(c.len_utf8()..).unwrap_or_default();
    }
    flush(&mut run, &mut text);
    text
}

fn flush(run: &mut Vec<u8>, text: &mut String) {
    match String::from_utf8(std::mem::take(run)) {
        Ok(utf8) => text.push_str(&utf8),
        Err(error) => text.extend(error.as_bytes().iter().copied().map(char::from)),
    }
}
