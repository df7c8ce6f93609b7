//! The names of attribute types: RFC 4514 §3, the registered descriptors of RFC 4519 and RFC 2985, and what OpenSSL, Java and
//! Windows write instead. Names are compared without regard to case (RFC 4512 §1.4).

use crate::der::ObjectIdentifier;

/// Each type: its number, the name that we write, and other names that we read.
const TYPES: [(&str, &str, &[&str]); 31] = [
    ("2.5.4.3", "CN", &["commonName"]),
    ("2.5.4.4", "SN", &["surname"]),
    ("2.5.4.5", "serialNumber", &[]),
    ("2.5.4.6", "C", &["countryName"]),
    ("2.5.4.7", "L", &["localityName"]),
    ("2.5.4.8", "ST", &["stateOrProvinceName", "S"]),
    ("2.5.4.9", "STREET", &["streetAddress"]),
    ("2.5.4.10", "O", &["organizationName"]),
    ("2.5.4.11", "OU", &["organizationalUnitName"]),
    ("2.5.4.12", "title", &["T"]),
    ("2.5.4.13", "description", &[]),
    ("2.5.4.15", "businessCategory", &[]),
    ("2.5.4.16", "postalAddress", &[]),
    ("2.5.4.17", "postalCode", &[]),
    ("2.5.4.18", "postOfficeBox", &[]),
    ("2.5.4.20", "telephoneNumber", &[]),
    ("2.5.4.41", "name", &[]),
    ("2.5.4.42", "givenName", &["GN", "G"]),
    ("2.5.4.43", "initials", &["I"]),
    ("2.5.4.44", "generationQualifier", &["GENERATION"]),
    ("2.5.4.46", "dnQualifier", &["DNQ"]),
    ("2.5.4.65", "pseudonym", &[]),
    ("2.5.4.97", "organizationIdentifier", &["organisationIdentifier"]),
    ("0.9.2342.19200300.100.1.1", "UID", &["userId"]),
    ("0.9.2342.19200300.100.1.3", "mail", &["rfc822Mailbox"]),
    ("0.9.2342.19200300.100.1.25", "DC", &["domainComponent"]),
    ("1.2.840.113549.1.9.1", "emailAddress", &["E", "EMAIL"]),
    ("1.2.840.113549.1.9.2", "unstructuredName", &[]),
    ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", &["jurisdictionOfIncorporationLocalityName"]),
    ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", &["jurisdictionOfIncorporationStateOrProvinceName"]),
    ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", &["jurisdictionOfIncorporationCountryName"]),
];

/// The type that `text` names, by a name or by its number, also with the `OID.` of RFC 2253's forerunner before it.
pub(super) fn named(text: &str) -> Option<ObjectIdentifier> {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return ObjectIdentifier::parse(text);
    }
    if let Some(("OID" | "oid", dotted)) = text.split_once('.') {
        return ObjectIdentifier::parse(dotted);
    }
    let is = |name: &str| name.eq_ignore_ascii_case(text);
    let (dotted, ..) = TYPES.iter().find(|(_, name, others)| is(name) || others.iter().copied().any(is))?;
    ObjectIdentifier::parse(dotted)
}

/// The name that we write, if the type has one.
pub(super) fn name_of(oid: &ObjectIdentifier) -> Option<&'static str> {
    let dotted = oid.to_string();
    TYPES.iter().find(|(number, ..)| *number == dotted).map(|(_, name, _)| *name)
}

/// Where in the tree of names a type usually stands; see [`super::Spelling`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Countries and domain components: the top.
    Root,
    /// Places and organisations: between.
    Branch,
    /// What is named in the end.
    Leaf,
    /// Anywhere.
    Unknown,
}

/// The usual place of a type.
pub(super) fn place(oid: &ObjectIdentifier) -> Place {
    match name_of(oid) {
        Some("C" | "DC" | "jurisdictionC") => Place::Root,
        Some("ST" | "L" | "O" | "OU" | "organizationIdentifier") => Place::Branch,
        Some("CN" | "UID" | "serialNumber" | "emailAddress" | "mail" | "givenName" | "SN" | "dnQualifier") => {
            Place::Leaf
        }
        _ => Place::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_known_by_each_of_its_names() {
        for names in [
            &["E", "email", "EMAIL", "emailAddress", "EMAILADDRESS", "1.2.840.113549.1.9.1"][..],
            &["ST", "S", "st", "stateOrProvinceName", "2.5.4.8", "OID.2.5.4.8", "oid.2.5.4.8"],
            &["SERIALNUMBER", "serialNumber", "2.5.4.5"],
            &["organizationIdentifier", "OID.2.5.4.97"],
            &["UID", "userId", "0.9.2342.19200300.100.1.1"],
        ] {
            for name in names {
                assert_eq!(named(name), named(names[0]), "{name}");
                assert!(named(name).is_some(), "{name}");
            }
        }
        for stranger in ["", "X", "subject", "OID.", "OID.x", "2.5.4.", " CN"] {
            assert_eq!(named(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn no_name_stands_for_two_types() {
        let mut names: Vec<_> = TYPES
            .iter()
            .flat_map(|(_, name, others)| others.iter().chain([name]))
            .map(|name| name.to_lowercase())
            .collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
        for (number, name, _) in TYPES {
            assert_eq!(name_of(&named(number).unwrap()), Some(name));
        }
    }
}
