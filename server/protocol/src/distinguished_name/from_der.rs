//! The X.501 `Name` of a certificate: RFC 5280 §4.1.2.4.

use super::{Attribute, DistinguishedName, RelativeName, value::AttributeValue};
use crate::der::{MalformedDer, Reader, only, tag};

pub(super) fn name(der: &[u8]) -> Result<DistinguishedName, MalformedDer> {
    let mut sets = Reader::new(only(der, tag::SEQUENCE)?.content);
    let mut rdns = Vec::new();
    while !sets.is_empty() {
        rdns.push(rdn(sets.inside(tag::SET)?)?);
    }
    Ok(DistinguishedName { rdns })
}

/// One attribute at least (`SIZE (1..MAX)`).
fn rdn(mut attributes: Reader<'_>) -> Result<RelativeName, MalformedDer> {
    let mut rdn = vec![attribute(attributes.inside(tag::SEQUENCE)?)?];
    while !attributes.is_empty() {
        rdn.push(attribute(attributes.inside(tag::SEQUENCE)?)?);
    }
    Ok(rdn)
}

fn attribute(mut members: Reader<'_>) -> Result<Attribute, MalformedDer> {
    let kind = members.object_identifier()?;
    let value = AttributeValue::from_element(members.any()?);
    members.end()?;
    Ok(Attribute { kind, value })
}
