//! Whether a certificate is one that the client registered: RFC 8705 §2.2.

use base64::{Engine, engine::general_purpose::STANDARD};
use cardea_protocol::jwk::JwkSet;

use super::Certificate;

/// Whether one of the keys has exactly this certificate first in its `x5c`. The certificate is compared, not the key: who
/// renews it registers it again. Those after the first vouch for it elsewhere, and are nobody's registration.
#[must_use]
pub fn is_registered(certificate: &Certificate, keys: &JwkSet) -> bool {
    // Both texts are strict base64, of which there is one for each certificate.
    let text = STANDARD.encode(certificate.der());
    keys.keys().iter().any(|key| key.x5c().next() == Some(text.as_str()))
}

#[cfg(test)]
mod tests {
    use cardea_protocol::jwk::JwkSet;
    use serde_json::json;

    use super::*;
    use crate::certificates::{public_key, tests::*};

    #[test]
    fn the_certificate_is_registered_and_not_its_key_or_its_issuer() {
        let (ca, own) = (Ca::new(authority("CA")), Ca::new(client("x")));
        let certificate = Certificate::parse(&own.der).unwrap();
        let renewed = Certificate::parse(client("y").self_signed(&own.key).unwrap().der()).unwrap();
        let mut jwk = serde_json::to_value(public_key::jwk(&certificate).unwrap()).unwrap();
        jwk["x5c"] = json!([STANDARD.encode(certificate.der()), STANDARD.encode(&ca.der)]);
        let keys = JwkSet::parse_registered(&json!({"keys": [jwk]})).unwrap();
        assert!(is_registered(&certificate, &keys));
        assert!(!is_registered(&renewed, &keys));
        assert!(!is_registered(&Certificate::parse(&ca.der).unwrap(), &keys));
        jwk.as_object_mut().unwrap().remove("x5c");
        let without = JwkSet::parse_registered(&json!({"keys": [jwk]})).unwrap();
        assert!(!is_registered(&certificate, &without), "a key alone registers no certificate");
    }
}
