//! What is read of a certificate.

use cardea_protocol::pem;

use super::*;

pub(super) fn fixture(text: &str) -> Vec<u8> {
    pem::certificates(text).unwrap().remove(0)
}

pub(super) fn version_1() -> Vec<u8> {
    fixture(include_str!("fixtures/version_1.pem"))
}

pub(super) fn names() -> Certificate {
    Certificate::parse(&fixture(include_str!("fixtures/names.pem"))).unwrap()
}

#[test]
fn what_openssl_says_of_a_certificate_is_what_we_read() {
    let certificate = names();
    assert_eq!(certificate.version(), 3);
    assert_eq!(certificate.serial_number(), "1234");
    assert_eq!(certificate.subject().to_rfc4514(), "CN=v1,O=Acme,C=GB");
    assert_eq!(certificate.issuer(), certificate.subject());
    assert_eq!(certificate.not_before().to_string(), "2026-11-22T20:08:40.000Z");
    assert_eq!(certificate.not_after().to_string(), "2126-10-29T20:08:40.000Z", "a GeneralizedTime");
    assert_eq!(certificate.thumbprint(), "rmLutN5hJgBqqDtm2QlGFELw3QIccx2QvBdcM_HY3wM");
    assert_eq!(certificate.signature_algorithm().to_string(), "1.2.840.10045.4.3.2");
    let extensions = certificate.extensions();
    assert!(!extensions.is_authority && extensions.path_length.is_none());
    assert!(extensions.key_usage.is_some_and(|usage| usage.digital_signature() && !usage.certificate_signing()));
    assert!(extensions.allow_client_authentication());
    let names: Vec<_> = extensions.subject_alternative_names.names.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["a.example", "*.example", "spiffe://a.example/b", "192.0.2.1", "2001:db8::1", "a@b.example"]);
    assert_eq!(extensions.subject_alternative_names.others, 1);
}

#[test]
fn version_1_is_read_so_that_it_can_be_explained() {
    let certificate = Certificate::parse(&version_1()).unwrap();
    assert_eq!(certificate.version(), 1);
    assert!(certificate.extensions().allow_client_authentication());
    assert!(!certificate.extensions().is_authority);
}

#[test]
fn what_rcgen_puts_in_comes_out() {
    let mut params = authority("CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(3));
    let certificate = Certificate::parse(&Ca::new(params).der).unwrap();
    assert!(certificate.extensions().is_authority);
    assert_eq!(certificate.extensions().path_length, Some(3));
    assert!(certificate.extensions().key_usage.is_some_and(KeyUsage::certificate_signing));
    let mut server = client("x");
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    assert!(!Certificate::parse(&Ca::new(server).der).unwrap().extensions().allow_client_authentication());
}

#[test]
fn what_is_cut_off_or_longer_is_no_certificate() {
    let der = names().der().to_vec();
    for cut in 0..der.len() {
        assert!(Certificate::parse(&der[..cut]).is_err(), "{cut}");
    }
    assert!(Certificate::parse(&[&der[..], b"\0"].concat()).is_err());
    assert!(Certificate::parse(&[der.clone(), der].concat()).is_err());
}

#[test]
fn an_extension_that_comes_twice_is_refused() {
    let mut params = client("x");
    // id-ce-extKeyUsage again, with clientAuth again.
    let value = vec![0x30, 0x0a, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2];
    params.custom_extensions = vec![rcgen::CustomExtension::from_oid_content(&[2, 5, 29, 37], value)];
    let key = KeyPair::generate().unwrap();
    assert!(Certificate::parse(params.self_signed(&key).unwrap().der()).is_err());
    params.custom_extensions.clear();
    assert!(Certificate::parse(params.self_signed(&key).unwrap().der()).is_ok());
}

#[test]
fn a_certificate_with_any_octet_changed_is_read_or_refused() {
    let good = names().der().to_vec();
    for place in 0..good.len() {
        for change in [1, 0x80, 0xff, 0x20] {
            let mut damaged = good.clone();
            damaged[place] ^= change;
            if let Ok(certificate) = Certificate::parse(&damaged) {
                let _ = inspect::view(&certificate, now());
            }
        }
    }
}
