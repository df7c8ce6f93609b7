//! Certificates in plain words.

use cardea_api::certificate::{CertificateToInspect, CertificateView};
use cardea_protocol::{auth_method::AuthMethod, jwk::Jwk};
use reading::{fixture, names, version_1};

use super::*;

/// Within the validity of the fixtures.
fn later() -> Timestamp {
    Timestamp::parse_rfc3339("2030-01-01T00:00:00Z").unwrap()
}

fn codes(view: &CertificateView) -> Vec<&str> {
    view.problems.iter().map(|problem| problem.code.as_str()).collect()
}

fn self_signed(params: CertificateParams) -> CertificateView {
    inspect::view(&Certificate::parse(&Ca::new(params).der).unwrap(), now())
}

#[test]
fn a_good_certificate_has_no_problems_and_says_how_to_register_it() {
    let view = inspect::view(&names(), later());
    assert_eq!(codes(&view), Vec::<&str>::new());
    assert_eq!(view.subject_dn, "CN=v1,O=Acme,C=GB");
    assert!(view.fingerprints.sha256.starts_with("AE:62:EE:B4:"));
    assert_eq!(view.fingerprints.x5t_s256, "rmLutN5hJgBqqDtm2QlGFELw3QIccx2QvBdcM_HY3wM");
    let values: Vec<_> =
        view.registration_values.iter().map(|value| (value.member.as_str(), value.value.as_str())).collect();
    assert_eq!(
        values,
        [
            ("tls_client_auth_subject_dn", "CN=v1,O=Acme,C=GB"),
            ("tls_client_auth_san_dns", "a.example"),
            ("tls_client_auth_san_uri", "spiffe://a.example/b"),
            ("tls_client_auth_san_ip", "192.0.2.1"),
            ("tls_client_auth_san_ip", "2001:db8::1"),
            ("tls_client_auth_san_email", "a@b.example"),
        ]
    );
    assert_eq!(view.subject_alternative_names.dns, ["a.example", "*.example"]);
    assert_eq!(view.subject_alternative_names.others, 1);
    assert_eq!(cardea_protocol::DistinguishedName::parse(&view.subject_dn).as_ref(), Ok(names().subject()));
}

#[test]
fn the_jwk_carries_the_certificate_and_can_be_registered() {
    for (der, kty) in [
        (names().der().to_vec(), "EC"),
        (fixture(include_str!("fixtures/rsa_2048.pem")), "RSA"),
        (client("x").self_signed(&KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap()).unwrap().der().to_vec(), "OKP"),
        (
            client("x")
                .self_signed(&KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap())
                .unwrap()
                .der()
                .to_vec(),
            "EC",
        ),
    ] {
        let jwk = inspect::view(&Certificate::parse(&der).unwrap(), now()).jwk.unwrap();
        assert_eq!(jwk["kty"], kty);
        let registered = Jwk::parse(&jwk).unwrap();
        let x5c = inspect::read(&CertificateToInspect { pem: None, der: registered.x5c().next().map(str::to_owned) });
        assert_eq!(x5c.unwrap().der(), der);
    }
}

#[test]
fn each_problem_is_named_with_the_methods_it_hinders() {
    use AuthMethod::{SelfSignedTlsClientAuth, TlsClientAuth};
    let mut old = client("x");
    old.not_after = date_time_ymd(2026, 2, 1);
    let mut young = client("x");
    young.not_before = date_time_ymd(2026, 12, 1);
    let mut server = client("x");
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let mut cannot_sign = client("x");
    cannot_sign.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
    let mut nameless = client("x");
    nameless.distinguished_name = rcgen::DistinguishedName::new();
    let mut critical = client("x");
    critical.custom_extensions = vec![rcgen::CustomExtension::from_oid_content(&[1, 2, 3, 4], vec![5, 0])];
    critical.custom_extensions[0].set_criticality(true);
    let mut authority = authority("x");
    authority.key_usages.push(KeyUsagePurpose::DigitalSignature);
    for (params, code, methods) in [
        (old, "expired", &[TlsClientAuth, SelfSignedTlsClientAuth][..]),
        (young, "not_yet_valid", &[TlsClientAuth, SelfSignedTlsClientAuth]),
        (server, "extended_key_usage", &[TlsClientAuth]),
        (cannot_sign, "key_usage", &[TlsClientAuth]),
        (nameless, "no_name", &[TlsClientAuth]),
        (critical, "critical_extension", &[TlsClientAuth, SelfSignedTlsClientAuth]),
        (authority, "certificate_authority", &[TlsClientAuth]),
    ] {
        let view = self_signed(params);
        assert_eq!(codes(&view), [code]);
        assert_eq!(view.problems[0].methods, methods, "{code}");
    }
    assert!(self_signed(client("x")).problems.is_empty());
}

#[test]
fn version_1_small_keys_and_broken_signatures_are_explained() {
    let view = inspect::view(&Certificate::parse(&version_1()).unwrap(), later());
    assert_eq!(codes(&view), ["version"]);
    assert!(view.problems[0].message.contains("version 3"));
    let weak = fixture(include_str!("fixtures/rsa_1024_sha1.pem"));
    let view = inspect::view(&Certificate::parse(&weak).unwrap(), later());
    assert_eq!(codes(&view), ["certificate_authority", "signature_algorithm", "public_key"]);
    assert_eq!(view.problems[2].methods.len(), 2, "no handshake succeeds with it");
    assert_eq!(view.jwk, None);
    let p521 = client("x").self_signed(&KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).unwrap()).unwrap();
    let view = inspect::view(&Certificate::parse(p521.der()).unwrap(), now());
    assert_eq!(codes(&view), ["public_key"]);
    assert_eq!(view.problems[0].methods, [AuthMethod::SelfSignedTlsClientAuth], "TLS takes it, a JWK of ours does not");
}

#[test]
fn a_subject_that_cannot_be_registered_is_not_offered() {
    let mut params = client("x");
    params.distinguished_name.push(DnType::OrganizationalUnitName, "a\u{200b}b");
    let view = self_signed(params);
    assert!(view.subject_dn.contains('#'), "{}", view.subject_dn);
    assert!(view.registration_values.is_empty());
}

#[test]
fn pem_with_explanations_der_and_files_are_read() {
    let pem = include_str!("fixtures/names.pem");
    let read = |pem: Option<&str>, der: Option<&str>| {
        inspect::read(&CertificateToInspect { pem: pem.map(str::to_owned), der: der.map(str::to_owned) })
    };
    let chain = format!("subject=C = GB, O = Acme, CN = v1\n{pem}{}", include_str!("fixtures/rsa_2048.pem"));
    assert_eq!(read(Some(&chain), None).unwrap().der(), names().der(), "the first is the client's own");
    assert_eq!(inspect::read_file(chain.as_bytes()).unwrap().der(), names().der());
    assert_eq!(inspect::read_file(names().der()).unwrap().der(), names().der());
    for (pem, der) in [
        (None, None),
        (Some(pem), Some("AAAA")),
        (Some("x"), None),
        (None, Some("?")),
        (None, Some("AAAA")),
        (Some(""), None),
    ] {
        assert!(read(pem, der).is_err(), "{pem:?} {der:?}");
    }
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    assert!(inspect::read_file(key.as_bytes()).unwrap_err().0.contains("private key"));
    assert!(inspect::read_file(b"nothing").is_err());
}
