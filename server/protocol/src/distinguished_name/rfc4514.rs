//! A name as text: RFC 4514 §2.

use std::fmt::Write;

use super::{Attribute, DistinguishedName, RelativeName, attribute_type::name_of, value::AttributeValue};
use crate::der::{encoded, tag};

/// The last RDN first (§2.1).
pub(super) fn text(name: &DistinguishedName) -> String {
    name.rdns.iter().rev().map(rdn).collect::<Vec<_>>().join(",")
}

/// Attributes in the order of their texts, so that equal names of one spelling have one text.
fn rdn(rdn: &RelativeName) -> String {
    let mut attributes: Vec<_> = rdn.iter().map(attribute).collect();
    attributes.sort();
    attributes.join("+")
}

/// A type without a name goes by its number, and then its value as `#` and its DER (§2.4).
fn attribute(attribute: &Attribute) -> String {
    match (name_of(&attribute.kind), &attribute.value) {
        (Some(name), AttributeValue::Text(text)) => format!("{name}={}", escaped(text)),
        (Some(name), AttributeValue::Der(der)) => format!("{name}={}", hex(der)),
        (None, AttributeValue::Text(text)) => {
            format!("{}={}", attribute.kind, hex(&encoded(tag::UTF8_STRING, text.as_bytes())))
        }
        (None, AttributeValue::Der(der)) => format!("{}={}", attribute.kind, hex(der)),
    }
}

fn hex(der: &[u8]) -> String {
    let mut text = String::from("#");
    for octet in der {
        let _ = write!(text, "{octet:02x}");
    }
    text
}

/// Spaces at the ends, `#` at the beginning, and what has a meaning of its own anywhere. The spaces as digits, lest somebody trim them.
fn escaped(value: &str) -> String {
    let last = value.len().saturating_sub(1);
    let mut text = String::with_capacity(value.len());
    for (at, c) in value.char_indices() {
        if c == ' ' && (at == 0 || at == last) {
            text.push_str("\\20");
            continue;
        }
        if matches!(c, '"' | '+' | ',' | ';' | '<' | '>' | '\\') || (c == '#' && at == 0) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}
