//! Revocation lists that the workspace holds.

use rcgen::{CertificateRevocationListParams, KeyIdMethod, RevokedCertParams, SerialNumber};

use super::*;

/// A list of `ca` that revokes these serial numbers, current until `until` of 2026's months.
fn list(ca: &Ca, serials: &[u64], until: u8) -> Vec<u8> {
    let revoked = |serial: &u64| RevokedCertParams {
        serial_number: SerialNumber::from(*serial),
        revocation_time: date_time_ymd(2026, 2, 1),
        reason_code: None,
        invalidity_date: None,
    };
    let params = CertificateRevocationListParams {
        this_update: date_time_ymd(2026, 2, 1),
        next_update: date_time_ymd(2026, until, 1),
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: serials.iter().map(revoked).collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    };
    params.signed_by(&ca.issuer()).unwrap().der().to_vec()
}

fn numbered(ca: &Ca, serial: u64) -> Certificate {
    let mut params = client("x");
    params.serial_number = Some(SerialNumber::from(serial));
    ca.issue(&params)
}

#[test]
fn a_revoked_certificate_is_refused_and_its_neighbour_is_not() {
    let ca = Ca::new(authority("CA"));
    let list = list(&ca, &[7], 12);
    let trusted = TrustedAuthorities::new([(ca.der.as_slice(), Some(list.as_slice()))]).unwrap();
    let rejection = trusted.validate(&numbered(&ca, 7), &[], now()).unwrap_err();
    assert_eq!(rejection.reason, Reason::CertificateUntrusted);
    assert!(rejection.detail.contains("revoked"), "{}", rejection.detail);
    assert!(trusted.validate(&numbered(&ca, 8), &[], now()).is_ok());
    assert!(trusting(&[&ca]).validate(&numbered(&ca, 7), &[], now()).is_ok(), "no list, no question");
}

#[test]
fn a_list_speaks_for_its_issuer_alone() {
    let (ca, other) = (Ca::new(authority("CA")), Ca::new(authority("Other")));
    let others_list = list(&other, &[7], 12);
    let trusted =
        TrustedAuthorities::new([(ca.der.as_slice(), None), (&other.der, Some(others_list.as_slice()))]).unwrap();
    assert!(trusted.validate(&numbered(&ca, 7), &[], now()).is_ok());
    assert!(trusted.validate(&numbered(&other, 7), &[], now()).is_err());
    let impostor = Ca::new(authority("CA"));
    let forged = list(&impostor, &[], 12);
    let trusted = TrustedAuthorities::new([(ca.der.as_slice(), Some(forged.as_slice()))]).unwrap();
    assert!(trusted.validate(&numbered(&ca, 7), &[], now()).is_err(), "a list that the authority did not sign");
}

#[test]
fn a_list_is_not_held_against_another_authority_of_its_issuers_name() {
    let (old, new) = (Ca::new(authority("CA")), Ca::new(authority("CA")));
    let (old_list, new_list) = (list(&old, &[7], 12), list(&new, &[8], 12));
    for (of_old, of_new) in [(Some(&old_list), None), (None, Some(&new_list)), (Some(&old_list), Some(&new_list))] {
        let pair = |ca: &Ca, list: Option<&Vec<u8>>| (ca.der.clone(), list.cloned());
        let both = [pair(&old, of_old), pair(&new, of_new)];
        let trusted = TrustedAuthorities::new(both.iter().map(|(ca, list)| (ca.as_slice(), list.as_deref()))).unwrap();
        let is_let_in = |ca: &Ca, serial| trusted.validate(&numbered(ca, serial), &[], now()).is_ok();
        assert_eq!((is_let_in(&old, 7), is_let_in(&new, 8)), (of_old.is_none(), of_new.is_none()));
        assert!(is_let_in(&old, 8) && is_let_in(&new, 7) && is_let_in(&old, 9));
    }
}

#[test]
fn a_revoked_intermediate_vouches_for_nobody() {
    let root = Ca::new(authority("Root"));
    let mut params = authority("Middle");
    params.serial_number = Some(SerialNumber::from(9_u64));
    let middle = Ca::under(params, &root);
    let leaf = numbered(&middle, 1);
    let chain = std::slice::from_ref(&middle.der);
    for (serials, ok) in [(&[9][..], false), (&[1], true)] {
        let list = list(&root, serials, 12);
        let trusted = TrustedAuthorities::new([(root.der.as_slice(), Some(list.as_slice()))]).unwrap();
        assert_eq!(trusted.validate(&leaf, chain, now()).is_ok(), ok);
    }
}

#[test]
fn a_list_that_has_lapsed_says_nothing_good() {
    let ca = Ca::new(authority("CA"));
    let list = list(&ca, &[], 5);
    let trusted = TrustedAuthorities::new([(ca.der.as_slice(), Some(list.as_slice()))]).unwrap();
    let rejection = trusted.validate(&numbered(&ca, 7), &[], now()).unwrap_err();
    assert!(rejection.detail.contains("lapsed"), "{}", rejection.detail);
}

#[test]
fn what_is_no_list_is_refused() {
    let ca = Ca::new(authority("CA"));
    assert!(crate::certificates::authority::revocation_list(&ca.der).is_err());
    assert!(crate::certificates::authority::revocation_list(b"").is_err());
    assert!(crate::certificates::authority::revocation_list(&list(&ca, &[], 5)).is_ok());
}

#[test]
fn a_list_is_taken_from_the_authority_that_signed_it_while_it_is_current() {
    let ca = Ca::new(authority("CA"));
    let own = Authority::parse(&ca.der).unwrap();
    let der = list(&ca, &[7, 8, 9], 12);
    let read = RevocationList::parse(&der).unwrap();
    assert_eq!(read.check(&own, now()), Ok(()));
    assert_eq!((read.revoked_certificates(), read.has_issuing_distribution_point()), (3, false));
    assert_eq!(read.this_update().to_string(), "2026-02-01T00:00:00.000Z");
    assert_eq!(read.next_update().to_string(), "2026-12-01T00:00:00.000Z");

    let refused =
        |der: &[u8], by: &Authority| RevocationList::parse(der).unwrap().check(by, now()).unwrap_err().message();
    assert!(refused(&list(&Ca::new(authority("Other")), &[], 12), &own).contains("another authority"));
    assert!(refused(&list(&Ca::new(authority("CA")), &[], 12), &own).contains("did not sign"));
    assert!(refused(&list(&ca, &[], 6), &own).contains("lapsed"), "from the moment that is named on");
    let mut tampered = der.clone();
    let place = tampered.windows(3).position(|octets| octets == [2, 1, 8]).unwrap();
    tampered[place + 2] = 6;
    assert!(refused(&tampered, &own).contains("did not sign"));
    let mut params = authority("CA");
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let certificate = params.self_signed(&ca.key).unwrap();
    assert!(refused(&der, &Authority::parse(certificate.der()).unwrap()).contains("cRLSign"));
    assert!(RevocationList::parse(&ca.der).is_err() && RevocationList::parse(&[der, vec![0]].concat()).is_err());
}

#[test]
fn signatures_of_each_algorithm_are_verified() {
    for algorithm in [&rcgen::PKCS_ECDSA_P384_SHA384, &rcgen::PKCS_ED25519, &rcgen::PKCS_RSA_SHA256] {
        let key = KeyPair::generate_for(algorithm).unwrap();
        let params = authority("CA");
        let der = params.self_signed(&key).unwrap().der().to_vec();
        let ca = Ca { params, key, der };
        let list = list(&ca, &[7], 12);
        let own = Authority::parse(&ca.der).unwrap();
        assert_eq!(RevocationList::parse(&list).unwrap().check(&own, now()), Ok(()), "{algorithm:?}");
    }
}
