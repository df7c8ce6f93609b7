//! Whom an authority vouches for, and whom not.

use rcgen::{CustomExtension, GeneralSubtree, NameConstraints};

use super::*;

#[test]
fn a_certificate_of_a_trusted_authority_is_accepted() {
    let (ca, other) = (Ca::new(authority("CA")), Ca::new(authority("Other")));
    let trusted = trusting(&[&other, &ca]);
    let found = trusted.validate(&ca.issue(&client("x")), &[], now()).unwrap();
    assert_eq!(found.sha256(), sha256(&ca.der));
    let mut bare = params("x");
    bare.key_usages.clear();
    assert!(trusted.validate(&ca.issue(&bare), &[], now()).is_ok(), "without any restriction of use");
}

#[test]
fn an_authority_of_the_same_name_is_another() {
    let (ours, theirs) = (Ca::new(authority("CA")), Ca::new(authority("CA")));
    let leaf = theirs.issue(&client("x"));
    let rejection = trusting(&[&ours]).validate(&leaf, &[], now()).unwrap_err();
    assert_eq!(rejection.reason, Reason::CertificateUntrusted);
    assert!(rejection.detail.contains("1 of the trusted authorities has the issuer's name"), "{}", rejection.detail);
    assert_eq!(
        refusal(trusting(&[&ours]).validate(&leaf, std::slice::from_ref(&theirs.der), now())),
        Reason::CertificateUntrusted
    );
    let both = trusting(&[&ours, &theirs]);
    assert_eq!(both.validate(&leaf, &[], now()).unwrap().sha256(), sha256(&theirs.der));
    assert!(trusting(&[&ours]).validate(&ours.issue(&client("x")), &[], now()).is_ok());
}

#[test]
fn nobody_is_trusted_where_nobody_is() {
    let ca = Ca::new(authority("CA"));
    assert!(trusting(&[]).is_empty());
    assert_eq!(refusal(trusting(&[]).validate(&ca.issue(&client("x")), &[], now())), Reason::CertificateUntrusted);
    let self_signed = Ca::new(client("x"));
    let leaf = Certificate::parse(&self_signed.der).unwrap();
    assert_eq!(refusal(trusting(&[&ca]).validate(&leaf, &[], now())), Reason::CertificateUntrusted);
}

#[test]
fn intermediates_lead_to_the_authority_in_any_order() {
    let root = Ca::new(authority("Root"));
    let middle = Ca::under(authority("Middle"), &root);
    let low = Ca::under(authority("Low"), &middle);
    let leaf = low.issue(&client("x"));
    let trusted = trusting(&[&root]);
    for chain in [[&low.der, &middle.der], [&middle.der, &low.der]] {
        assert!(trusted.validate(&leaf, &chain.map(Clone::clone), now()).is_ok());
    }
    assert_eq!(refusal(trusted.validate(&leaf, std::slice::from_ref(&low.der), now())), Reason::CertificateUntrusted);
    assert_eq!(refusal(trusted.validate(&leaf, &vec![low.der.clone(); 11], now())), Reason::CertificateUntrusted);
    assert!(trusting(&[&low]).validate(&leaf, &[], now()).is_ok(), "an intermediate may be trusted itself");
}

#[test]
fn the_path_is_no_longer_than_each_authority_allows() {
    for (of_root, of_middle, ok) in
        [(Some(1), Some(0), true), (Some(0), None, false), (None, None, true), (Some(2), Some(0), true)]
    {
        let constraints = |length: Option<u8>| {
            IsCa::Ca(length.map_or(BasicConstraints::Unconstrained, BasicConstraints::Constrained))
        };
        let (mut top, mut between) = (authority("Root"), authority("Middle"));
        (top.is_ca, between.is_ca) = (constraints(of_root), constraints(of_middle));
        let root = Ca::new(top);
        let middle = Ca::under(between, &root);
        let trusted = trusting(&[&root]);
        let result = trusted.validate(&middle.issue(&client("x")), std::slice::from_ref(&middle.der), now());
        assert_eq!(result.is_ok(), ok, "{of_root:?} {of_middle:?}");
        let low = Ca::under(authority("Low"), &middle);
        let result = trusted.validate(&low.issue(&client("x")), &[low.der.clone(), middle.der.clone()], now());
        assert_eq!(result.is_ok(), of_root.is_none() && of_middle.is_none(), "one more: {of_root:?} {of_middle:?}");
    }
}

#[test]
fn time_is_kept_by_the_leaf_the_intermediate_and_the_authority() {
    let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
    let ca = Ca::new(authority("CA"));
    let trusted = trusting(&[&ca]);
    let leaf = ca.issue(&client("x"));
    for (moment, ok) in [
        ("2025-12-31T23:59:59.999Z", false),
        ("2026-01-01T00:00:00Z", true),
        ("2027-01-01T00:00:00.999Z", true),
        ("2027-01-01T00:00:01Z", false),
    ] {
        let result = trusted.validate(&leaf, &[], at(moment));
        assert_eq!(result.is_ok(), ok, "{moment}");
        assert!(ok || refusal(result) == Reason::CertificateExpired);
    }
    let mut short = authority("Short");
    short.not_after = date_time_ymd(2026, 5, 1);
    let old = Ca::new(short.clone());
    assert_eq!(refusal(trusting(&[&old]).validate(&old.issue(&client("x")), &[], now())), Reason::CertificateExpired);
    let middle = Ca::under(short.clone(), &ca);
    let chain = std::slice::from_ref(&middle.der);
    assert_eq!(refusal(trusted.validate(&middle.issue(&client("x")), chain, now())), Reason::CertificateExpired);
    let mut late = authority("Late");
    late.not_before = date_time_ymd(2026, 7, 1);
    let young = Ca::new(late);
    assert_eq!(
        refusal(trusting(&[&young]).validate(&young.issue(&client("x")), &[], now())),
        Reason::CertificateExpired
    );
}

#[test]
fn a_renewed_authority_stands_in_for_its_expired_self() {
    let mut short = authority("CA");
    short.not_after = date_time_ymd(2026, 5, 1);
    let old = Ca::new(short);
    let renewed = authority("CA").self_signed(&old.key).unwrap().der().to_vec();
    let leaf = old.issue(&client("x"));
    for ders in [[&old.der, &renewed], [&renewed, &old.der]] {
        let trusted = TrustedAuthorities::new(ders.map(|der| (der.as_slice(), None))).unwrap();
        assert_eq!(trusted.validate(&leaf, &[], now()).unwrap().sha256(), sha256(&renewed));
    }
}

#[test]
fn a_certificate_for_another_use_is_refused() {
    let ca = Ca::new(authority("CA"));
    let trusted = trusting(&[&ca]);
    for purposes in [
        vec![ExtendedKeyUsagePurpose::ServerAuth],
        vec![ExtendedKeyUsagePurpose::Any],
        vec![ExtendedKeyUsagePurpose::CodeSigning],
    ] {
        let mut leaf = client("x");
        leaf.extended_key_usages = purposes;
        assert_eq!(refusal(trusted.validate(&ca.issue(&leaf), &[], now())), Reason::CertificateUntrusted);
    }
    let mut both = client("x");
    both.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    assert!(trusted.validate(&ca.issue(&both), &[], now()).is_ok());
    let mut cannot_sign = client("x");
    cannot_sign.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
    assert_eq!(refusal(trusted.validate(&ca.issue(&cannot_sign), &[], now())), Reason::CertificateUntrusted);
    assert_eq!(
        refusal(trusted.validate(&ca.issue(&authority("x")), &[], now())),
        Reason::CertificateUntrusted,
        "an authority is no client"
    );
}

#[test]
fn who_may_not_issue_cannot_vouch() {
    let root = Ca::new(authority("Root"));
    let trusted = trusting(&[&root]);
    let leaf_as_issuer = Ca::under(client("Leaf"), &root);
    let chain = std::slice::from_ref(&leaf_as_issuer.der);
    assert_eq!(
        refusal(trusted.validate(&leaf_as_issuer.issue(&client("x")), chain, now())),
        Reason::CertificateUntrusted
    );
    let mut no_signing = authority("No signing");
    no_signing.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let middle = Ca::under(no_signing, &root);
    let chain = std::slice::from_ref(&middle.der);
    assert_eq!(refusal(trusted.validate(&middle.issue(&client("x")), chain, now())), Reason::CertificateUntrusted);
    let mut for_servers = authority("For servers");
    for_servers.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let middle = Ca::under(for_servers, &root);
    let chain = std::slice::from_ref(&middle.der);
    assert_eq!(refusal(trusted.validate(&middle.issue(&client("x")), chain, now())), Reason::CertificateUntrusted);
}

#[test]
fn names_stay_within_the_constraints_of_the_authority() {
    let mut constrained = authority("CA");
    constrained.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![GeneralSubtree::DnsName("a.example".to_owned())],
        excluded_subtrees: Vec::new(),
    });
    let ca = Ca::new(constrained);
    for (name, ok) in [("b.a.example", true), ("b.example", false)] {
        let mut leaf = client("x");
        leaf.subject_alt_names = vec![rcgen::SanType::DnsName(name.try_into().unwrap())];
        assert_eq!(trusting(&[&ca]).validate(&ca.issue(&leaf), &[], now()).is_ok(), ok, "{name}");
    }
}

#[test]
fn an_unknown_critical_extension_is_refused() {
    let ca = Ca::new(authority("CA"));
    let mut leaf = client("x");
    let mut extension = CustomExtension::from_oid_content(&[1, 2, 3, 4], vec![5, 0]);
    leaf.custom_extensions = vec![extension.clone()];
    assert!(trusting(&[&ca]).validate(&ca.issue(&leaf), &[], now()).is_ok());
    extension.set_criticality(true);
    leaf.custom_extensions = vec![extension];
    assert_eq!(refusal(trusting(&[&ca]).validate(&ca.issue(&leaf), &[], now())), Reason::CertificateUntrusted);
}

#[test]
fn a_signature_that_is_not_of_this_certificate_is_refused() {
    let ca = Ca::new(authority("CA"));
    let leaf = ca.issue(&client("x"));
    let mut forged = leaf.der().to_vec();
    let place = forged.windows(4).position(|window| window == b"Acme").unwrap();
    let second = place + 4 + forged[place + 4..].windows(4).position(|window| window == b"Acme").unwrap();
    forged[second] = b'B';
    let forged = Certificate::parse(&forged).unwrap();
    assert_ne!(forged.subject(), leaf.subject());
    assert_eq!(refusal(trusting(&[&ca]).validate(&forged, &[], now())), Reason::CertificateUntrusted);
    assert!(trusting(&[&ca]).validate(&leaf, &[], now()).is_ok());
}
