//! Names: what is equal, what is understood, what is refused, and that the canonical text stands for the name.

use super::*;
use crate::der::{ObjectIdentifier, encoded, tag};

mod certificates;
mod pairs;
mod spellings;

/// One attribute as DER: its type, and tag and octets of its value.
type Value<'v> = (&'v str, u8, &'v [u8]);

fn parsed(text: &str) -> DistinguishedName {
    DistinguishedName::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The DER of a name, RDNs in DER's order.
fn der(rdns: &[&[Value<'_>]]) -> Vec<u8> {
    let attribute = |(kind, tag, value): &Value<'_>| {
        let kind = ObjectIdentifier::parse(kind).unwrap().to_der();
        encoded(tag::SEQUENCE, &[kind, encoded(*tag, value)].concat())
    };
    let rdns = rdns.iter().map(|rdn| encoded(tag::SET, &rdn.iter().flat_map(attribute).collect::<Vec<_>>()));
    encoded(tag::SEQUENCE, &rdns.collect::<Vec<_>>().concat())
}

#[test]
fn the_common_name_is_the_one_nearest_to_the_leaf() {
    for (text, common_name) in [
        ("CN=leaf,OU=x,CN=root", Some("leaf")),
        ("OU=x,CN=root", Some("root")),
        ("OU=x", None),
        ("CN=#0500,CN=text", Some("text")),
    ] {
        assert_eq!(parsed(text).common_name(), common_name, "{text}");
    }
}

#[test]
fn the_canonical_text_is_rfc_4514() {
    for (text, canonical) in [
        ("C = GB, O = \"Acme, Ltd\", CN = x", "CN=x,O=Acme\\, Ltd,C=GB"),
        ("/C=GB/O=Acme, Ltd/CN=x", "CN=x,O=Acme\\, Ltd,C=GB"),
        ("cn=x,o=Acme", "CN=x,O=Acme"),
        ("2.5.4.3=x", "CN=x"),
        ("E=a@b.example", "emailAddress=a@b.example"),
        ("S=Kent", "ST=Kent"),
        ("1.2.3.4=x", "1.2.3.4=#0c0178"),
        ("1.2.3.4=#0c0178", "1.2.3.4=#0c0178"),
        ("CN=#0500", "CN=#0500"),
        ("CN=\\#x", "CN=\\#x"),
        ("CN=\\ x\\20", "CN=\\20x\\20"),
        ("CN=a#b=c", "CN=a#b=c"),
        ("CN=\\\"\\+\\,\\;\\<\\>\\\\", "CN=\\\"\\+\\,\\;\\<\\>\\\\"),
        ("CN=B\\C3\\BCcher", "CN=Bücher"),
        ("UID=u+CN=x", "CN=x+UID=u"),
        ("2.5.4.97=PSDGB-1", "organizationIdentifier=PSDGB-1"),
    ] {
        assert_eq!(parsed(text).to_rfc4514(), canonical, "{text}");
        assert_eq!(parsed(canonical).to_rfc4514(), canonical, "{text}");
        assert_eq!(parsed(canonical), parsed(text), "{text}");
    }
}

#[test]
fn what_is_no_name_is_refused() {
    for bad in [
        "",
        " ",
        "\n",
        "subject=",
        "x",
        "CN",
        "=x",
        "CN=",
        "CN= ",
        "CN=\"\"",
        "CN=x,",
        ",CN=x",
        "CN=x,,O=y",
        "CN=x+",
        "+CN=x",
        "CN=x,O",
        "X=y",
        "issuer=CN = x",
        "CN=a,b",
        "O=Acme, Ltd, CN=x",
        "CN=a+b",
        "CN=a;O=b",
        "CN=a\"b\"",
        "CN=\"a",
        "CN=\"a\"b",
        "CN=\\",
        "CN=\\x",
        "CN=\\4",
        "CN=#",
        "CN=#0",
        "CN=#0c",
        "CN=#0c02",
        "CN=#0c0178ff",
        "CN=#zz",
        "CN=#0c0178 y",
        "CN=\\U12",
        "CN=\\UD800",
        "CN=\\W00110000",
        "1=x",
        "1.2.=x",
        "3.1=x",
        "2.5.4.3.=x",
        "C N=x",
        "CN\u{a0}=x",
        "/",
        "/x",
        "/CN",
        "/CN=",
        "/CN=/O=x",
        "//CN=x",
        "/X=y",
        "/C=GB//CN=",
    ] {
        assert!(
            DistinguishedName::parse(bad).is_err(),
            "{bad:?} is {:?}",
            DistinguishedName::parse(bad).map(|name| name.to_rfc4514())
        );
    }
}

#[test]
fn characters_that_do_not_show_are_refused_in_every_disguise() {
    for bad in [
        "CN=a\0b",
        "CN=a\tb",
        "CN=a\nb",
        "CN=a\u{7f}",
        "CN=a\\00b",
        "CN=a\\0Ab",
        "CN=\"a\\00b\"",
        "CN=#0c03610062",
        "CN=#1e0200001e",
        "CN=#0c0100",
        "CN=#1302610a",
        "/CN=a\\x00b",
        "/CN=a\\x0Ab",
        "CN=adm\u{200b}in",
        "CN=adm\\E2\\80\\8Bin",
        "CN=adm\\C2\\ADin",
        "CN=\\U200Bx",
        "CN=\\U0000",
        "/CN=\\xE2\\x80\\xAEx",
        "CN=\u{feff}x",
        "CN=\u{e000}",
        "CN=\u{fffd}",
        "CN=#13016c00",
    ] {
        assert!(DistinguishedName::parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_text_has_an_end() {
    assert!(DistinguishedName::parse(&format!("CN={}", "x".repeat(MAX_TEXT - 3))).is_ok());
    assert!(DistinguishedName::parse(&format!("CN={}", "x".repeat(MAX_TEXT))).is_err());
    let attributes = |count| vec!["OU=x"; count].join(",");
    assert!(DistinguishedName::parse(&attributes(MAX_ATTRIBUTES)).is_ok());
    assert!(DistinguishedName::parse(&attributes(MAX_ATTRIBUTES + 1)).is_err());
    assert!(DistinguishedName::parse(&"/OU=x".repeat(MAX_ATTRIBUTES + 1)).is_err());
}
