//! Reading a name: what stands before it, and names with commas. See [`Spelling`] for the order of RDNs.

use super::{
    Attribute, DistinguishedName, InvalidName, MAX_ATTRIBUTES, MAX_TEXT, RelativeName, attribute_type,
    lexer::Lexer,
    preparation::is_deceptive,
    slash,
    spelling::{Spacing, Spelling},
    value::AttributeValue,
};
use crate::der::ObjectIdentifier;

pub(super) const DECEPTIVE: InvalidName = InvalidName("a control character or one that does not show is in it");
const NO_EQUALS: InvalidName = InvalidName(
    "each part must be an attribute, = and a value; a comma or plus inside a value must be escaped with a backslash",
);

pub(super) fn name(text: &str) -> Result<(DistinguishedName, Spelling), InvalidName> {
    if text.len() > MAX_TEXT {
        return Err(InvalidName("longer than 4096 octets"));
    }
    let text = trimmed(text);
    if is_deceptive(text) {
        return Err(DECEPTIVE);
    }
    let (text, after_subject) = without_label(text);
    if text.is_empty() {
        return Err(InvalidName("an empty name names nobody"));
    }
    if text.starts_with('/') {
        return Ok((DistinguishedName { rdns: slash::rdns(text)? }, Spelling::OpensslSlash));
    }
    let (mut rdns, spacing) = with_commas(text)?;
    let spelling = Spelling::with_commas(spacing, after_subject, &rdns);
    if spelling == Spelling::Rfc4514 {
        rdns.reverse();
    }
    Ok((DistinguishedName { rdns }, spelling))
}

/// Without the white space that was pasted along; but a space that a backslash escapes is the value's own.
fn trimmed(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\t', '\r', '\n']);
    let short = text.trim_end_matches([' ', '\t', '\r', '\n']);
    let backslashes = short.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let longer = text.get(..short.len() + 1).filter(|longer| backslashes % 2 == 1 && longer.ends_with(' '));
    longer.unwrap_or(short)
}

/// Takes `subject=` away, of which it says so, and the `Subject:` of others.
fn without_label(text: &str) -> (&str, bool) {
    for (label, openssl) in [("subject=", true), ("subject:", false)] {
        if text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label)) {
            return (text.get(label.len()..).unwrap_or_default().trim_start_matches(' '), openssl);
        }
    }
    (text, false)
}

fn with_commas(text: &str) -> Result<(Vec<RelativeName>, Spacing), InvalidName> {
    let mut lexer = Lexer::new(text);
    let mut rdns = Vec::new();
    let mut rdn = Vec::new();
    let (mut wide_equals, mut wide_commas) = (true, true);
    for _ in 0..MAX_ATTRIBUTES {
        let (attribute, wide) = attribute(&mut lexer)?;
        rdn.push(attribute);
        wide_equals &= wide;
        match lexer.next() {
            Some('+') => {}
            Some(',') => {
                rdns.push(std::mem::take(&mut rdn));
                wide_commas &= lexer.spaces();
            }
            Some(_) => return Err(InvalidName("only a comma or a plus may follow a value")),
            None => {
                wide_commas &= !rdns.is_empty();
                rdns.push(rdn);
                return Ok((rdns, Spacing { wide_equals, wide_commas }));
            }
        }
    }
    Err(InvalidName("more than 64 attributes"))
}

/// One attribute and the spaces after it; and whether its `=` had spaces on both sides.
fn attribute(lexer: &mut Lexer<'_>) -> Result<(Attribute, bool), InvalidName> {
    lexer.spaces();
    let name = lexer.until_equals().ok_or(NO_EQUALS)?;
    let kind = kind(name.trim_end_matches(' '))?;
    let wide = name.ends_with(' ') & lexer.spaces();
    let value = lexer.value()?;
    lexer.spaces();
    Ok((checked(kind, value)?, wide))
}

fn kind(name: &str) -> Result<ObjectIdentifier, InvalidName> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')) {
        return Err(NO_EQUALS);
    }
    attribute_type::named(name)
        .ok_or(InvalidName("an attribute's name is not known; its object identifier is understood, too"))
}

/// X.520 knows no empty value; and escapes may have brought in what must not be there.
pub(super) fn checked(kind: ObjectIdentifier, value: AttributeValue) -> Result<Attribute, InvalidName> {
    match &value {
        AttributeValue::Text(text) if text.trim().is_empty() => Err(InvalidName("an attribute has no value")),
        AttributeValue::Text(text) if is_deceptive(text) => Err(DECEPTIVE),
        AttributeValue::Text(_) | AttributeValue::Der(_) => Ok(Attribute { kind, value }),
    }
}
