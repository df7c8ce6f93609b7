//! Names of certificates beside registered ones: what a certificate authority may encode differently, and what an attacker may try.

use super::*;

const C: &str = "2.5.4.6";
const O: &str = "2.5.4.10";
const CN: &str = "2.5.4.3";
const UID: &str = "0.9.2342.19200300.100.1.1";

#[test]
fn a_registered_name_meets_every_encoding_of_it() {
    for (registered, rdns) in [
        (
            "CN=x,O=Acme,C=GB",
            &[
                &[(C, tag::PRINTABLE_STRING, &b"GB"[..])][..],
                &[(O, tag::UTF8_STRING, b"Acme")],
                &[(CN, tag::UTF8_STRING, b"x")],
            ][..],
        ),
        (
            "CN=x,O=Acme,C=GB",
            &[&[(C, tag::UTF8_STRING, b"gb")], &[(O, tag::PRINTABLE_STRING, b"ACME")], &[(CN, tag::IA5_STRING, b"X")]],
        ),
        ("O=Bücher", &[&[(O, tag::TELETEX_STRING, b"B\xfccher")]]),
        ("O=Bücher", &[&[(O, tag::BMP_STRING, b"\0B\0\xdc\0C\0H\0E\0R")]]),
        ("O=Bücher", &[&[(O, tag::UNIVERSAL_STRING, b"\0\0\0b\0\0\0\xfc\0\0\0c\0\0\0h\0\0\0e\0\0\0r")]]),
        ("O=Bücher", &[&[(O, tag::UTF8_STRING, b"Bu\xcc\x88cher")]]),
        ("CN=Client One", &[&[(CN, tag::UTF8_STRING, b" Client   One ")]]),
        ("CN=x+UID=u", &[&[(UID, tag::UTF8_STRING, b"u"), (CN, tag::UTF8_STRING, b"x")]]),
        ("CN=x+UID=u", &[&[(CN, tag::UTF8_STRING, b"x"), (UID, tag::UTF8_STRING, b"u")]]),
        ("1.2.3.4=x", &[&[("1.2.3.4", tag::PRINTABLE_STRING, b"x")]]),
        ("CN=#0303000102", &[&[(CN, tag::BIT_STRING, b"\0\x01\x02")]]),
        ("serialNumber=12", &[&[("2.5.4.5", tag::NUMERIC_STRING, b"12")]]),
        ("O=A\\, CN\\=x", &[&[(O, tag::UTF8_STRING, b"A, CN=x")]]),
    ] {
        let name = DistinguishedName::from_der(&der(rdns)).unwrap();
        assert_eq!(parsed(registered), name, "{registered} and {name}");
        assert_eq!(parsed(&name.to_rfc4514()), name, "{name}");
    }
}

#[test]
fn a_registered_name_meets_nobody_else() {
    for (registered, rdns) in [
        ("CN=x,O=Acme", &[&[(CN, tag::UTF8_STRING, &b"x"[..])][..], &[(O, tag::UTF8_STRING, b"Acme")]][..]),
        ("CN=x,O=Acme", &[&[(O, tag::UTF8_STRING, b"Acme"), (CN, tag::UTF8_STRING, b"x")]]),
        ("CN=x,O=Acme", &[&[(O, tag::UTF8_STRING, b"Acme,CN=x")]]),
        ("CN=x,O=Acme", &[&[(CN, tag::UTF8_STRING, b"x")]]),
        ("CN=x", &[&[(CN, tag::UTF8_STRING, b"x")], &[(CN, tag::UTF8_STRING, b"x")]]),
        ("CN=x", &[&[(CN, tag::UTF8_STRING, b"x")], &[(O, tag::UTF8_STRING, b"Evil")]]),
        ("CN=admin", &[&[(CN, tag::UTF8_STRING, b"admin\0")]]),
        ("CN=admin", &[&[(CN, tag::UTF8_STRING, b"admin\0.evil.example")]]),
        ("CN=admin", &[&[(CN, tag::PRINTABLE_STRING, b"adm\x01in")]]),
        ("CN=admin", &[&[(CN, tag::UTF8_STRING, b"adm\xe2\x80\x8bin")]]),
        ("CN=admin", &[&[(CN, tag::UTF8_STRING, b"adm\xc2\xadin")]]),
        ("CN=admin", &[&[(CN, tag::UTF8_STRING, b"\xd0\xb0dmin")]]),
        ("CN=admin", &[&[(CN, tag::OCTET_STRING, b"admin")]]),
        ("CN=admin", &[&[(CN, tag::UTF8_STRING, b"")]]),
        ("CN=x", &[]),
    ] {
        let name = DistinguishedName::from_der(&der(rdns)).unwrap();
        assert_ne!(parsed(registered), name, "{registered} and {name}");
    }
}

#[test]
fn what_is_no_honest_text_equals_its_own_octets_only() {
    let name = |value: &[u8]| DistinguishedName::from_der(&der(&[&[(CN, tag::UTF8_STRING, value)]])).unwrap();
    assert_eq!(name(b"a\0"), name(b"a\0"));
    assert_ne!(name(b"a\0"), name(b"A\0"));
    assert_eq!(name(b"a\0").to_rfc4514(), "CN=#0c026100");
    assert!(DistinguishedName::parse("CN=#0c026100").is_err());
}

#[test]
fn an_empty_subject_is_a_name_that_nobody_can_register() {
    let name = DistinguishedName::from_der(&der(&[])).unwrap();
    assert!(name.is_empty());
    assert_eq!(name.to_rfc4514(), "");
    assert!(DistinguishedName::parse("").is_err());
    assert!(!parsed("CN=x").is_empty());
}

#[test]
fn what_is_not_the_der_of_a_name_is_refused() {
    let good = der(&[&[(CN, tag::UTF8_STRING, b"x")]]);
    assert!(DistinguishedName::from_der(&good).is_ok());
    for cut in 0..good.len() {
        assert!(DistinguishedName::from_der(&good[..cut]).is_err(), "{cut}");
    }
    assert!(DistinguishedName::from_der(&[&good[..], b"\0"].concat()).is_err());
    let sequence = |content: &[u8]| encoded(tag::SEQUENCE, content);
    let set = |content: &[u8]| encoded(tag::SET, content);
    let kind = ObjectIdentifier::parse(CN).unwrap().to_der();
    let value = encoded(tag::UTF8_STRING, b"x");
    for bad in [
        set(&[]),
        sequence(&set(&[])),
        sequence(&sequence(&[])),
        sequence(&set(&sequence(&kind))),
        sequence(&set(&sequence(&[&value[..], &kind].concat()))),
        sequence(&set(&sequence(&[&kind[..], &value, &value].concat()))),
        sequence(&set(&set(&[&kind[..], &value].concat()))),
    ] {
        assert!(DistinguishedName::from_der(&bad).is_err(), "{bad:02x?}");
    }
}
