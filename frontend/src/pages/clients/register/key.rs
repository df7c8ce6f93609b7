//! A key pair made in this browser: ES256, so a P-256 key (RFC 7518 §3.4). The private key never leaves it but as a file
//! that the person saves. Not by WebCrypto, which browsers keep from consoles on plain HTTP.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};

use cardea_protocol::Jwk;

/// How often a key is drawn again, when the one drawn is no number below the order of the curve: one in 2³².
const TRIES: u32 = 8;
/// `OneAsymmetricKey` (RFC 5958) of a P-256 key up to the private key itself (RFC 5915 §3).
const PKCS8_HEAD: [u8; 36] = [
    0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
    0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20,
];
/// What stands between it and the public key.
const PKCS8_MIDDLE: [u8; 5] = [0xa1, 0x44, 0x03, 0x42, 0x00];

/// A key pair. Without `Debug`: there is a private key in it.
#[derive(Clone)]
pub(super) struct KeyPair {
    key: SigningKey,
    kid: String,
}

impl PartialEq for KeyPair {
    fn eq(&self, other: &Self) -> bool {
        self.kid == other.kid
    }
}

impl KeyPair {
    /// A new one of what `draw` draws; nothing, where there is no chance to be had.
    pub(super) fn generate(mut draw: impl FnMut() -> Option<[u8; 32]>) -> Option<Self> {
        (0..TRIES).find_map(|_| Self::of(&draw()?))
    }

    fn of(bytes: &[u8; 32]) -> Option<Self> {
        let key = SigningKey::from_slice(bytes).ok()?;
        let mut pair = Self { key, kid: String::new() };
        // Its name is its thumbprint (RFC 7638).
        pair.kid = Jwk::parse(&pair.public_jwk()).ok()?.thumbprint();
        Some(pair)
    }

    /// The name of the key.
    pub(super) fn kid(&self) -> &str {
        &self.kid
    }

    /// The public key, as it is registered.
    pub(super) fn public_jwk(&self) -> Value {
        let point = self.key.verifying_key().to_sec1_point(false);
        let coordinate = |bytes: Option<&[u8]>| URL_SAFE_NO_PAD.encode(bytes.unwrap_or_default());
        let (x, y) = (coordinate(point.x().map(|x| &x[..])), coordinate(point.y().map(|y| &y[..])));
        let mut jwk = json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "x": x, "y": y});
        if let Some(members) = jwk.as_object_mut().filter(|_| !self.kid.is_empty()) {
            members.insert("kid".to_owned(), Value::from(self.kid.as_str()));
        }
        jwk
    }

    /// The private key as a JWK (RFC 7518 §6.2.2).
    pub(super) fn private_jwk(&self) -> Value {
        let mut jwk = self.public_jwk();
        if let Some(members) = jwk.as_object_mut() {
            members.insert("d".to_owned(), Value::from(URL_SAFE_NO_PAD.encode(self.key.to_bytes())));
        }
        jwk
    }

    /// The private key as PEM (PKCS #8).
    pub(super) fn pem(&self) -> String {
        let point = self.key.verifying_key().to_sec1_point(false);
        let der = [&PKCS8_HEAD[..], &self.key.to_bytes()[..], &PKCS8_MIDDLE[..], point.as_bytes()].concat();
        let text = STANDARD.encode(der);
        let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
            pem.push_str(line);
            pem.push('\n');
            rest = after;
        }
        pem + "-----END PRIVATE KEY-----\n"
    }

    /// The signature of `message` in the form of a JWS.
    pub(super) fn sign(&self, message: &str) -> String {
        let signature: Signature = self.key.sign(message.as_bytes());
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    }
}

/// 32 bytes of the browser's randomness.
pub(super) fn draw() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6979 A.2.5.
    const RFC_6979: [u8; 32] = [
        0xc9, 0xaf, 0xa9, 0xd8, 0x45, 0xba, 0x75, 0x16, 0x6b, 0x5c, 0x21, 0x57, 0x67, 0xb1, 0xd6, 0x93, 0x4e, 0x50,
        0xc3, 0xdb, 0x36, 0xe8, 0x9b, 0x12, 0x7b, 0x8a, 0x62, 0x2b, 0x12, 0x0f, 0x67, 0x21,
    ];

    fn pair() -> KeyPair {
        KeyPair::of(&RFC_6979).unwrap()
    }

    #[test]
    fn the_public_key_and_the_signature_are_those_of_rfc_6979() {
        let jwk = pair().public_jwk();
        assert_eq!(jwk.get("x"), Some(&json!("YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y")));
        assert_eq!(jwk.get("y"), Some(&json!("eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk")));
        let expected = "79SLKqy2qP0RQN2c1F6B1p0sh3tWqvmRw00OqE6vNxb3yxyULWV8QdQ2x6G24p9l8-kA27mv9AZNxKsvhDrNqA";
        assert_eq!(pair().sign("sample"), expected);
    }

    #[test]
    fn the_pem_is_that_of_other_software() {
        let expected = "-----BEGIN PRIVATE KEY-----\n\
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgya+p2EW6dRZrXCFX\n\
            Z7HWk05Qw9s26JsSe4piKxIPZyGhRANCAARg/tS6JVqdMclh63TGNW1owEm4kjth\n\
            +mzmaWIuYPKftnkD/hAIuLyZpBrp6VYovGTy8bIMLX6fUXejwpTURiKZ\n\
            -----END PRIVATE KEY-----\n";
        assert_eq!(pair().pem(), expected);
    }

    #[test]
    fn what_is_registered_is_public_and_named_by_its_thumbprint() {
        let (public, private) = (pair().public_jwk(), pair().private_jwk());
        assert!(public.get("d").is_none() && private.get("d").is_some());
        assert_eq!(public.get("kid"), Some(&json!(pair().kid())));
        assert_eq!(pair().kid(), Jwk::parse(&public).unwrap().thumbprint());
        assert!(Jwk::parse(&private).is_err(), "the server refuses private keys");
    }

    #[test]
    fn what_is_no_key_is_drawn_again_and_without_chance_there_is_none() {
        let mut drawn = [[0xff; 32], RFC_6979].into_iter();
        assert!(KeyPair::generate(|| drawn.next()).is_some_and(|key| key == pair()));
        assert!(KeyPair::generate(|| None).is_none());
        assert!(KeyPair::generate(|| Some([0; 32])).is_none());
    }
}
