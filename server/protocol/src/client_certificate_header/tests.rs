//! What proxies write is understood; what somebody wrote along is refused.

use super::*;
use crate::der::encoded;

mod envoy_xfcc;
mod nginx_escaped_pem;
mod rfc9440;

/// Something that has the shape of a certificate, and is told apart by its filling.
pub(super) fn certificate(filling: u8) -> Vec<u8> {
    let parts =
        [encoded(tag::SEQUENCE, &[filling; 60]), encoded(tag::SEQUENCE, &[]), encoded(tag::BIT_STRING, &[0, filling])];
    encoded(tag::SEQUENCE, &parts.concat())
}

pub(super) fn base64(der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(der)
}

pub(super) fn pem_of(der: &[u8]) -> String {
    let base64 = base64(der);
    let lines: Vec<_> = base64.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// As `ngx_escape_uri` and Envoy do: everything but unreserved characters.
pub(super) fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

pub(super) fn leaf_alone(filling: u8) -> PresentedChain {
    PresentedChain { leaf: certificate(filling), intermediates: Vec::new() }
}

/// Reads one line of the field with the certificate.
pub(super) fn read(kind: ClientCertHeader, value: &str) -> Result<Option<PresentedChain>, MalformedClientCert> {
    kind.read(&[value.as_bytes()], &[])
}

/// One certificate in the shape of each kind.
fn value(kind: ClientCertHeader, filling: u8) -> String {
    let der = certificate(filling);
    match kind {
        ClientCertHeader::Rfc9440 => format!(":{}:", base64(&der)),
        ClientCertHeader::NginxEscapedPem => escaped(&pem_of(&der)),
        ClientCertHeader::EnvoyXfcc => format!("Cert=\"{}\"", escaped(&pem_of(&der))),
    }
}

#[test]
fn one_certificate_is_read_in_each_shape() {
    for kind in ClientCertHeader::ALL.iter().copied() {
        assert_eq!(read(kind, &value(kind, 1)), Ok(Some(leaf_alone(1))), "{kind}");
        assert_eq!(
            read(kind, &format!(" {}\t", value(kind, 1))),
            Ok(Some(leaf_alone(1))),
            "{kind}: white space around a field"
        );
    }
}

#[test]
fn no_field_means_no_certificate() {
    for kind in ClientCertHeader::ALL.iter().copied() {
        assert_eq!(kind.read(&[], &[]), Ok(None));
    }
}

#[test]
fn two_fields_are_refused_even_when_they_agree() {
    for kind in ClientCertHeader::ALL.iter().copied() {
        let (own, foreign) = (value(kind, 1), value(kind, 2));
        for pair in [[&own, &foreign], [&foreign, &own], [&own, &own]] {
            assert!(kind.read(&pair.map(|value| value.as_bytes()), &[]).is_err(), "{kind}");
        }
        assert!(kind.read(&[own.as_bytes(), b""], &[]).is_err(), "{kind}");
        assert!(kind.read(&[own.as_bytes()], &[]).is_ok(), "{kind}");
    }
}

#[test]
fn the_shape_of_one_kind_is_none_of_another() {
    for kind in ClientCertHeader::ALL.iter().copied() {
        for other in ClientCertHeader::ALL.iter().copied().filter(|other| *other != kind) {
            assert!(read(kind, &value(other, 1)).is_err(), "{other} as {kind}");
        }
    }
}

#[test]
fn an_empty_an_overlong_and_a_foreign_field_are_refused() {
    for kind in ClientCertHeader::ALL.iter().copied() {
        for bad in ["", " ", "(null)", "-", "::", "%", "Cert=", "=", "\"", "MIIB", "\u{fc}"] {
            assert!(read(kind, bad).is_err(), "{kind}: {bad}");
        }
        assert!(kind.read(&[b"\xff"], &[]).is_err());
        let overlong = format!("{}{}", value(kind, 1), " ".repeat(MAX_FIELD));
        assert!(read(kind, &overlong).is_err());
    }
}

#[test]
fn what_is_not_the_der_of_one_certificate_is_refused() {
    let good = certificate(1);
    for bad in [
        [&good[..], b"\0"].concat(),
        [&good[..], &certificate(2)].concat(),
        good[..good.len() - 1].to_vec(),
        encoded(tag::SET, &good),
        encoded(tag::SEQUENCE, &[]),
        b"-----BEGIN CERTIFICATE-----".to_vec(),
    ] {
        assert!(read(ClientCertHeader::Rfc9440, &format!(":{}:", base64(&bad))).is_err());
        assert!(read(ClientCertHeader::NginxEscapedPem, &escaped(&pem_of(&bad))).is_err());
        assert!(read(ClientCertHeader::EnvoyXfcc, &format!("Cert=\"{}\"", escaped(&pem_of(&bad)))).is_err());
    }
}

#[test]
fn twins_of_the_field_are_recognised() {
    for (kind, twin) in [
        (ClientCertHeader::Rfc9440, "Client_Cert"),
        (ClientCertHeader::Rfc9440, "client_cert_chain"),
        (ClientCertHeader::Rfc9440, "client-cert_chain"),
        (ClientCertHeader::NginxEscapedPem, "X_SSL-Client_Cert"),
        (ClientCertHeader::EnvoyXfcc, "x_forwarded_client_cert"),
    ] {
        assert!(kind.is_twin(twin), "{twin}");
    }
    for (kind, field) in [
        (ClientCertHeader::Rfc9440, "Client-Cert"),
        (ClientCertHeader::Rfc9440, "CLIENT-CERT-CHAIN"),
        (ClientCertHeader::Rfc9440, "x_ssl_client_cert"),
        (ClientCertHeader::EnvoyXfcc, "x-forwarded-for"),
    ] {
        assert!(!kind.is_twin(field), "{field}");
    }
}

#[test]
fn a_plus_of_base64_is_no_space() {
    assert_eq!(percent_decoded("a+b%2B%2f%3D%0a").as_deref(), Ok("a+b+/=\n"));
    for bad in ["%", "%2", "a%zz", "%+1", "%-1", "%%20", "%FF", "%80", "%0"] {
        assert!(percent_decoded(bad).is_err(), "{bad}");
    }
}
