//! What equals what, kind by kind.

use super::*;
use crate::der::encoded;

fn names(general_names: &[(u8, &[u8])]) -> SubjectAlternativeNames {
    let der: Vec<u8> = general_names.iter().flat_map(|(tag, content)| encoded(*tag, content)).collect();
    SubjectAlternativeNames::from_der(&encoded(tag::SEQUENCE, &der)).unwrap()
}

#[test]
fn registered_and_presented_names_are_compared_by_their_kind() {
    type Parse = fn(&str) -> Result<SubjectAlternativeName, InvalidAlternativeName>;
    let (dns, uri, ip, email): (Parse, Parse, Parse, Parse) = (
        SubjectAlternativeName::parse_dns,
        SubjectAlternativeName::parse_uri,
        SubjectAlternativeName::parse_ip,
        SubjectAlternativeName::parse_email,
    );
    const V6: [u8; 16] = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const MAPPED: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1];
    for (parse, registered, tag, presented, equal) in [
        (dns, "a.example", 0x82, &b"a.example"[..], true),
        (dns, "a.example", 0x82, b"A.Example", true),
        (dns, "xn--bcher-kva.example", 0x82, b"XN--BCHER-KVA.example", true),
        (dns, "a.example", 0x82, b"*.example", false),
        (dns, "a.example", 0x82, b"a.example.", false),
        (dns, "a.example", 0x82, b"b.a.example", false),
        (dns, "a.example", 0x82, b"a.example\0.evil.example", false),
        (dns, "a.example", 0x82, b"a_example", false),
        (dns, "a.example", 0x86, b"a.example", false),
        (uri, "spiffe://a.example/b", 0x86, b"spiffe://a.example/b", true),
        (uri, "spiffe://a.example/b", 0x86, b"spiffe://A.example/b", false),
        (uri, "spiffe://a.example/b", 0x86, b"spiffe://a.example/b/", false),
        (uri, "https://a.example", 0x86, b"https://a.example/", false),
        (uri, "https://a.example/%7Eb", 0x86, b"https://a.example/~b", false),
        (ip, "192.0.2.1", 0x87, &[192, 0, 2, 1], true),
        (ip, "192.0.2.1", 0x87, &[192, 0, 2, 2], false),
        (ip, "192.0.2.1", 0x87, b"192.0.2.1", false),
        (ip, "192.0.2.1", 0x87, &MAPPED, false),
        (ip, "::ffff:192.0.2.1", 0x87, &MAPPED, true),
        (ip, "192.0.2.1", 0x87, &[192, 0, 2, 1, 255, 255, 255, 255], false),
        (ip, "2001:db8::1", 0x87, &V6, true),
        (ip, "2001:DB8:0:0:0:0:0:1", 0x87, &V6, true),
        (ip, "2001:0db8::0:0.0.0.1", 0x87, &V6, true),
        (ip, "2001:db8::2", 0x87, &V6, false),
        (email, "Ann@b.example", 0x81, b"Ann@B.EXAMPLE", true),
        (email, "Ann@b.example", 0x81, b"ann@b.example", false),
        (email, "ann@b.example", 0x81, b"ann@c.example", false),
        (email, "ann@b.example", 0x81, b"b.example", false),
        (email, "ann@b.example", 0x82, b"ann@b.example", false),
    ] {
        let presented_names = names(&[(tag, presented)]);
        let registered_name = parse(registered).unwrap();
        let matches = presented_names.names.iter().any(|name| registered_name.matches(name));
        assert_eq!(matches, equal, "{registered} and {presented:?}");
    }
}

#[test]
fn what_is_no_name_of_its_kind_is_not_registered() {
    for bad in [
        "",
        ".",
        "a..b",
        "*.example",
        "a.*",
        "a.example.",
        "bücher.example",
        "a b",
        "-a.example",
        "a-.example",
        "a\0",
        "a:80",
        "a/b",
    ] {
        assert!(SubjectAlternativeName::parse_dns(bad).is_err(), "{bad}");
    }
    for bad in ["", "a", "//a", "https://a b", "https://ä.example", "https://a\n", "https://"] {
        assert!(SubjectAlternativeName::parse_uri(bad).is_err(), "{bad}");
    }
    for bad in [
        "",
        "1",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.01",
        "0xc0.0.2.1",
        "[::1]",
        "::1%eth0",
        "192.0.2.1/32",
        " ::1",
        "1::2::3",
    ] {
        assert!(SubjectAlternativeName::parse_ip(bad).is_err(), "{bad}");
    }
    for bad in ["", "@", "a@", "@b", "a", "a@b@c", "a b@c", "a@b c", "ä@b.example", "a@b\n"] {
        assert!(SubjectAlternativeName::parse_email(bad).is_err(), "{bad}");
    }
}

#[test]
fn names_of_other_kinds_and_names_that_do_not_show_are_only_counted() {
    let read = names(&[
        (0xa0, b"\x06\x01\x2a"),
        (0x82, b"a.example"),
        (0x82, b"b\xfc.example"),
        (0x86, b"https://a.example/\n"),
        (0x87, &[1, 2, 3]),
        (0xa4, b""),
        (0x81, b"a@b.example"),
    ]);
    assert_eq!(read.names.iter().map(ToString::to_string).collect::<Vec<_>>(), ["a.example", "a@b.example"]);
    assert_eq!(read.others, 5);
    assert_eq!(read.names[0].member(), "tls_client_auth_san_dns");
}

#[test]
fn a_wildcard_of_a_certificate_cannot_be_registered() {
    let read = names(&[(0x82, b"*.example"), (0x82, b"a.example"), (0x86, b"no uri"), (0x87, &[0; 4])]);
    assert_eq!(
        read.names.iter().map(SubjectAlternativeName::is_registrable).collect::<Vec<_>>(),
        [false, true, false, true]
    );
}

#[test]
fn what_is_no_sequence_of_names_is_refused() {
    for bad in [&[][..], &[0x30], &[0x30, 0x01, 0x82], &[0x31, 0], &[0x30, 0, 0]] {
        assert!(SubjectAlternativeNames::from_der(bad).is_err(), "{bad:02x?}");
    }
}
