//! Good input to begin with.

use base64::{Engine, engine::general_purpose::STANDARD};
use cardea_protocol::der::{ObjectIdentifier, encoded, tag};

pub(crate) fn names() -> Vec<Vec<u8>> {
    [
        "CN=x,O=Acme\\, Ltd,C=GB",
        "C = GB, O = \"Acme, \\\"Ltd\\\"\", CN = x + UID = u",
        "subject=C=GB, O=Acme, CN=x",
        "/C=GB/O=A\\/B\\+C \\xC3\\xBC/CN=x+UID=u/emailAddress=a@b.example",
        "1.2.3.4=#0c0178,CN=#1e020078,OU=\\C3\\BC\\E4\\20,DC=example,DC=com",
        "CN=Ｂücher  中文 ß \u{301},2.5.4.97=\\U4E2D\\W0001F511",
        "CN=\\ \\ x\\ \\ ,serialNumber=\\#7",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

pub(crate) fn der_names() -> Vec<Vec<u8>> {
    let attribute = |kind: &str, tag, value: &[u8]| {
        let kind = ObjectIdentifier::parse(kind).unwrap().to_der();
        encoded(tag::SEQUENCE, &[kind, encoded(tag, value)].concat())
    };
    let rdns = |rdns: &[Vec<u8>]| {
        encoded(tag::SEQUENCE, &rdns.iter().flat_map(|rdn| encoded(tag::SET, rdn)).collect::<Vec<_>>())
    };
    vec![
        rdns(&[
            attribute("2.5.4.6", tag::PRINTABLE_STRING, b"GB"),
            attribute("2.5.4.3", tag::UTF8_STRING, "ü ß".as_bytes()),
        ]),
        rdns(&[[attribute("2.5.4.3", tag::BMP_STRING, b"\0x"), attribute("2.5.4.5", tag::TELETEX_STRING, b"\xfc")]
            .concat()]),
        rdns(&[
            attribute("1.2.3.4", tag::UNIVERSAL_STRING, b"\0\0\0x"),
            attribute("2.5.4.45", tag::BIT_STRING, b"\0\x01"),
        ]),
        rdns(&[]),
    ]
}

pub(crate) fn alternative_names() -> Vec<Vec<u8>> {
    let names = [
        encoded(0x81, b"a@b.example"),
        encoded(0x82, b"a.example"),
        encoded(0x86, b"spiffe://a.example/b"),
        encoded(0x87, &[192, 0, 2, 1]),
        encoded(0x87, &[0; 16]),
        encoded(0xa0, &[6, 1, 42]),
    ];
    vec![encoded(tag::SEQUENCE, &names.concat()), encoded(tag::SEQUENCE, &names[1])]
}

/// Of all kinds; a line is a field.
pub(crate) fn headers() -> Vec<Vec<u8>> {
    let parts = [encoded(tag::SEQUENCE, &[7; 20]), encoded(tag::SEQUENCE, &[]), encoded(tag::BIT_STRING, &[0, 7])];
    let base64 = STANDARD.encode(encoded(tag::SEQUENCE, &parts.concat()));
    let pem = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n");
    let escaped =
        pem.replace('\n', "%0A").replace(' ', "%20").replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    [
        format!(":{base64}:"),
        format!(":{base64}:\n:{base64}:, :{base64}:"),
        escaped.clone(),
        format!("By=a;Cert=\"{escaped}\";Chain=\"{escaped}{escaped}\";Subject=\"CN=\\\"x\\\"\";URI=b;DNS=c"),
        format!("Cert=\"{escaped}\",Cert={escaped}"),
        pem,
    ]
    .map(String::into_bytes)
    .to_vec()
}
