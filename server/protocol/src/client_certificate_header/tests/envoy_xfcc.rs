//! `X-Forwarded-Client-Cert`.

use sha2::{Digest, Sha256};

use super::*;

const KIND: ClientCertHeader = ClientCertHeader::EnvoyXfcc;

fn pems(fillings: &[u8]) -> String {
    let pems: String = fillings.iter().map(|filling| pem_of(&certificate(*filling))).collect();
    format!("\"{}\"", escaped(&pems))
}

fn hash(filling: u8) -> String {
    Sha256::digest(certificate(filling)).iter().map(|octet| format!("{octet:02x}")).collect()
}

fn presented(value: &str) -> PresentedChain {
    read(KIND, value).unwrap_or_else(|error| panic!("{value}: {error}")).unwrap()
}

#[test]
fn a_certificate_comes_alone_or_with_its_chain() {
    let chain = PresentedChain { leaf: certificate(1), intermediates: vec![certificate(2)] };
    for (value, expected) in [
        (format!("Cert={}", pems(&[1])), leaf_alone(1)),
        (format!("Chain={}", pems(&[1, 2])), chain.clone()),
        (format!("Cert={};Chain={}", pems(&[1]), pems(&[1, 2])), chain.clone()),
        (format!("Chain={};Cert={}", pems(&[1, 2]), pems(&[1])), chain),
        (format!("Hash={};Cert={}", hash(1), pems(&[1])), leaf_alone(1)),
        (format!("hash={};CERT={}", hash(1).to_uppercase(), pems(&[1])), leaf_alone(1)),
        (
            format!(
                "By=spiffe://a/b;Hash={};Cert={};Subject=\"CN=x,O=\\\"A;B\\\"\";URI=https://a/?b=c;DNS=a;DNS=b",
                hash(1),
                pems(&[1])
            ),
            leaf_alone(1),
        ),
        (format!("By=;Cert={};Subject=\"CN=x\\\\\";URI=", pems(&[1])), leaf_alone(1)),
        (format!("Cert={}", pems(&[1]).replace('"', "")), leaf_alone(1)),
    ] {
        assert_eq!(presented(&value), expected, "{value}");
    }
}

#[test]
fn the_last_element_counts_and_no_other() {
    let (own, foreign) =
        (format!("Hash={};Cert={}", hash(1), pems(&[1])), format!("Hash={};Cert={}", hash(2), pems(&[2])));
    assert_eq!(presented(&format!("{foreign},{own}")), leaf_alone(1));
    assert_eq!(presented(&format!("{foreign}, {own}")), leaf_alone(1));
    assert_eq!(presented(&format!("{foreign},{foreign},{own}")), leaf_alone(1));
    assert_eq!(presented(&format!("By=a;URI=b,{own}")), leaf_alone(1));
    assert!(
        read(KIND, &format!("{own},By=a;Hash={}", hash(1))).is_err(),
        "the last has no certificate; the first does not stand in"
    );
    assert!(read(KIND, &format!("garbage,{own}")).is_err(), "no element is malformed");
    assert!(read(KIND, &format!("Cert=\"a,{own}")).is_err());
}

#[test]
fn what_a_subject_says_is_no_element() {
    let subject = format!("CN=x\\\",Cert={},Subject=\\\"", pems(&[2]).replace('"', "\\\""));
    assert_eq!(presented(&format!("Cert={};Subject=\"{subject}\"", pems(&[1]))), leaf_alone(1));
}

#[test]
fn what_contradicts_itself_is_refused() {
    for bad in [
        format!("Cert={};Cert={}", pems(&[1]), pems(&[2])),
        format!("Cert={};cert={}", pems(&[1]), pems(&[1])),
        format!("Chain={};Chain={}", pems(&[1]), pems(&[1])),
        format!("Cert={};Chain={}", pems(&[1]), pems(&[2, 1])),
        format!("Cert={}", pems(&[1, 2])),
        format!("Hash={};Cert={}", hash(2), pems(&[1])),
        format!("Hash=;Cert={}", pems(&[1])),
        format!("Hash={};Hash={};Cert={}", hash(1), hash(1), pems(&[1])),
    ] {
        assert!(read(KIND, &bad).is_err(), "{bad}");
    }
}

#[test]
fn what_envoy_does_not_write_is_refused() {
    let own = pems(&[1]);
    for bad in [
        format!("Cert={own},"),
        format!(",Cert={own}"),
        format!("Cert={own};"),
        format!("Cert={own}x"),
        format!("Cert={own} "),
        format!("Cert={own};x"),
        format!("Cert={own};Other=x"),
        format!("Cert {own}"),
        format!("Cert=x{own}"),
        format!("Cert={}", own.trim_end_matches('"')),
        format!("Cert={}", own.trim_start_matches('"')),
        own.clone(),
        "By=a;Hash=b".to_owned(),
        "Cert=\"\"".to_owned(),
        "Chain=\"\"".to_owned(),
    ] {
        assert!(read(KIND, &bad).is_err() || bad.trim_end() == format!("Cert={own}"), "{bad}");
    }
    assert!(read(KIND, &format!("Cert={own}")).is_ok());
}

#[test]
fn a_chain_has_an_end() {
    let fillings: Vec<u8> = (0..=10).collect();
    assert!(read(KIND, &format!("Chain={}", pems(&fillings))).is_ok());
    let fillings: Vec<u8> = (0..=11).collect();
    assert!(read(KIND, &format!("Chain={}", pems(&fillings))).is_err());
}
