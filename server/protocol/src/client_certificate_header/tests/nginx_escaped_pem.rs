//! `$ssl_client_escaped_cert`.

use super::*;

const KIND: ClientCertHeader = ClientCertHeader::NginxEscapedPem;

#[test]
fn escapes_may_be_fewer_and_in_small_letters() {
    let pem = pem_of(&certificate(0xfb));
    let nginx = escaped(&pem);
    assert!(pem.contains('+') && nginx.contains("%2B"), "the case that matters");
    for value in [
        nginx.clone(),
        nginx.replace("%2B", "+"),
        nginx.replace("%2F", "/").replace("%3D", "="),
        nginx.replace("%2B", "%2b"),
        nginx.replace("%0A", "%0D%0A"),
    ] {
        assert_eq!(read(KIND, &value), Ok(Some(leaf_alone(0xfb))), "{value}");
    }
}

#[test]
fn a_certificate_smuggled_into_the_field_is_refused() {
    let (own, foreign) = (escaped(&pem_of(&certificate(1))), escaped(&pem_of(&certificate(2))));
    for bad in [
        format!("{own}{foreign}"),
        format!("{foreign}{own}"),
        format!("{own},{foreign}"),
        format!("{foreign}, {own}"),
        format!("{own} {foreign}"),
        format!("{own}%2C{foreign}"),
        format!("{own};"),
        format!("{own}garbage"),
        format!("garbage{own}"),
        format!("%0Agarbage%0A{own}"),
        format!("{own}%00"),
        format!("{own}%"),
        own.replace("%0A", "%20"),
        own.replace("%0A", "%09"),
        own.replacen("%0A", "", 1),
        own.replace("CERTIFICATE", "X509%20CERTIFICATE"),
        own.replace("CERTIFICATE", "certificate"),
        escaped(&own),
        pem_of(&certificate(1)),
    ] {
        assert!(read(KIND, &bad).is_err(), "{bad}");
    }
    assert!(read(KIND, &own).is_ok());
}

#[test]
fn nginx_has_no_field_for_a_chain() {
    assert_eq!(KIND.chain_field(), None);
    assert_eq!(KIND.field(), "x-ssl-client-cert");
}
