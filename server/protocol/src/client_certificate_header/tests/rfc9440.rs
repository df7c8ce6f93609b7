//! `Client-Cert` and `Client-Cert-Chain`.

use super::*;

const KIND: ClientCertHeader = ClientCertHeader::Rfc9440;

fn item(filling: u8) -> String {
    format!(":{}:", base64(&certificate(filling)))
}

fn with_chain(value: &str, chain: &str) -> Result<Option<PresentedChain>, MalformedClientCert> {
    KIND.read(&[value.as_bytes()], &[chain.as_bytes()])
}

#[test]
fn a_chain_follows_its_leaf_in_order() {
    for chain in [
        format!("{}, {}", item(2), item(3)),
        format!("{},{}", item(2), item(3)),
        format!("{} \t,  {}", item(2), item(3)),
    ] {
        let expected = PresentedChain { leaf: certificate(1), intermediates: vec![certificate(2), certificate(3)] };
        assert_eq!(with_chain(&item(1), &chain), Ok(Some(expected)), "{chain}");
    }
}

#[test]
fn a_certificate_smuggled_into_the_field_is_refused() {
    let (own, foreign) = (item(1), item(2));
    for bad in [
        format!("{own}, {foreign}"),
        format!("{foreign},{own}"),
        format!("{own},"),
        format!(",{own}"),
        format!("{own}{foreign}"),
        format!("{own} {foreign}"),
        format!("{own};q=1"),
        format!("{own};"),
        format!("({own})"),
        format!("\"{own}\""),
        own.replace(':', ""),
        own.replacen(':', "", 1),
        format!(":{own}"),
        own.replacen(':', "::", 1),
        own.replace('=', "").replacen(':', ": ", 1),
        own.replacen(':', ":=", 1),
        own.replace('/', "_").replace("MDw", "MD-"),
        format!("{}\0", own),
    ] {
        assert!(read(KIND, &bad).is_err() || bad == own, "{bad}");
    }
    assert!(read(KIND, &own).is_ok());
}

#[test]
fn a_chain_is_a_list_of_certificates_and_nothing_else() {
    let (own, other) = (item(1), item(2));
    for bad in [
        "",
        ",",
        &format!("{other},"),
        &format!(",{other}"),
        &format!("{other},,{other}"),
        &format!("{other} {other}"),
        &format!("{other};a"),
        ":AAAA:",
        "::",
    ] {
        assert!(with_chain(&own, bad).is_err(), "{bad}");
    }
    assert!(KIND.read(&[own.as_bytes()], &[other.as_bytes(), other.as_bytes()]).is_err(), "two fields");
    assert!(KIND.read(&[], &[other.as_bytes()]).is_err(), "a chain alone");
    assert!(with_chain(&own, &other).is_ok());
}

#[test]
fn a_chain_has_an_end() {
    let of = |count| vec![item(2); count].join(",");
    assert!(with_chain(&item(1), &of(MAX_CHAIN)).is_ok());
    assert!(with_chain(&item(1), &of(MAX_CHAIN + 1)).is_err());
}

#[test]
fn a_foreign_certificate_in_the_chain_is_never_the_leaf() {
    for chain in [format!("{},{}", item(9), item(2)), format!("{},{}", item(2), item(9))] {
        assert_eq!(with_chain(&item(1), &chain).unwrap().unwrap().leaf, certificate(1));
    }
}
