//! What may be uploaded as an authority.

use super::*;

#[test]
fn an_authority_says_that_it_is_one() {
    let ca = Ca::new(authority("CA"));
    let read = Authority::parse(&ca.der).unwrap();
    assert_eq!(read.sha256(), sha256(&ca.der));
    assert_eq!(read.subject().to_rfc4514(), "CN=CA,O=Acme");
    assert_eq!(read.not_after(), Timestamp::parse_rfc3339("2027-01-01T00:00:00Z").unwrap());
    let mut without_key_usage = authority("CA");
    without_key_usage.key_usages.clear();
    assert!(Authority::parse(&Ca::new(without_key_usage).der).is_ok());
}

#[test]
fn what_is_no_authority_does_not_become_one_by_being_uploaded() {
    let mut no_signing = authority("CA");
    no_signing.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let mut explicit = client("x");
    explicit.is_ca = IsCa::ExplicitNoCa;
    for params in [client("x"), params("x"), explicit, no_signing] {
        let der = Ca::new(params).der;
        assert!(Authority::parse(&der).is_err());
        assert!(TrustedAuthorities::new([(der.as_slice(), None)]).is_err());
    }
    assert!(Authority::parse(b"").is_err());
    assert!(Authority::parse(&reading::version_1()).unwrap_err().message().contains("version 3"));
}
