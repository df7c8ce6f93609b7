//! The key inside a JWK: its kind and its numbers.

use crate::{algorithm::SigningAlg, encoding::base64url};

/// One number of a key, both as octets and as the wire writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    octets: Box<[u8]>,
    text: Box<str>,
}

impl Component {
    pub(super) fn new(octets: &[u8]) -> Self {
        Self { octets: octets.into(), text: base64url(octets).into() }
    }

    /// The octets, big-endian.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.octets
    }

    /// The octets in base64url without padding.
    #[must_use]
    pub fn as_base64url(&self) -> &str {
        &self.text
    }
}

/// The elliptic curves for ECDSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// NIST P-256, for ES256.
    P256,
    /// NIST P-384, for ES384.
    P384,
}

impl Curve {
    /// The word of `crv`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    /// Octets of a coordinate.
    #[must_use]
    pub const fn coordinate_len(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }
}

/// A public key of a kind that we verify with. Its numbers have the right size; that a point is on its curve, the verifier checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA, 2048 to 8192 bits.
    Rsa {
        /// The modulus.
        n: Component,
        /// The public exponent.
        e: Component,
    },
    /// ECDSA.
    Ec {
        /// The curve.
        curve: Curve,
        /// First coordinate.
        x: Component,
        /// Second coordinate.
        y: Component,
    },
    /// Ed25519.
    Ed25519 {
        /// The point.
        x: Component,
    },
}

impl PublicKey {
    /// How large it is: the bits of the modulus, or of the field of the curve.
    #[must_use]
    pub fn bits(&self) -> usize {
        match self {
            Self::Rsa { n, .. } => {
                let octets = n.as_bytes();
                (octets.len() * 8).saturating_sub(octets.first().map_or(0, |first| first.leading_zeros() as usize))
            }
            Self::Ec { curve, .. } => curve.coordinate_len() * 8,
            Self::Ed25519 { .. } => 256,
        }
    }

    /// An RSA key; leading zero octets do not count.
    ///
    /// # Errors
    /// A sentence, when it is too small, too large, or the exponent is not odd and between 3 and 2^64.
    pub fn rsa(n: &[u8], e: &[u8]) -> Result<Self, &'static str> {
        let (n, e) = (without_leading_zeros(n), without_leading_zeros(e));
        let bits = (n.len() * 8).saturating_sub(n.first().map_or(0, |first| first.leading_zeros() as usize));
        if !(2048..=8192).contains(&bits) {
            return Err("an RSA modulus has 2048 to 8192 bits");
        }
        let odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
        if !odd(e) || e == [1] || e.len() > 8 || !odd(n) {
            return Err("not the numbers of an RSA key");
        }
        Ok(Self::Rsa { n: Component::new(n), e: Component::new(e) })
    }

    /// An ECDSA key.
    ///
    /// # Errors
    /// A sentence, when a coordinate has not the length that its curve wants.
    pub fn ec(curve: Curve, x: &[u8], y: &[u8]) -> Result<Self, &'static str> {
        if x.len() != curve.coordinate_len() || y.len() != curve.coordinate_len() {
            return Err("a coordinate has not the length of its curve (RFC 7518 §6.2.1)");
        }
        Ok(Self::Ec { curve, x: Component::new(x), y: Component::new(y) })
    }

    /// An Ed25519 key.
    ///
    /// # Errors
    /// A sentence, when it has not 32 octets.
    pub fn ed25519(x: &[u8]) -> Result<Self, &'static str> {
        if x.len() != 32 {
            return Err("an Ed25519 key has 32 octets (RFC 8037 §2)");
        }
        Ok(Self::Ed25519 { x: Component::new(x) })
    }

    /// Whether kind and curve are those of the algorithm.
    #[must_use]
    pub const fn fits(&self, alg: SigningAlg) -> bool {
        match alg {
            SigningAlg::HS256 | SigningAlg::HS384 | SigningAlg::HS512 => false,
            SigningAlg::RS256 | SigningAlg::RS384 | SigningAlg::RS512 => matches!(self, Self::Rsa { .. }),
            SigningAlg::PS256 | SigningAlg::PS384 | SigningAlg::PS512 => matches!(self, Self::Rsa { .. }),
            SigningAlg::ES256 => matches!(self, Self::Ec { curve: Curve::P256, .. }),
            SigningAlg::ES384 => matches!(self, Self::Ec { curve: Curve::P384, .. }),
            SigningAlg::EdDSA => matches!(self, Self::Ed25519 { .. }),
        }
    }

    /// The members of the JWK that make this key, in the order of their names.
    pub(super) fn members(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Rsa { n, e } => vec![("e", e.as_base64url()), ("kty", "RSA"), ("n", n.as_base64url())],
            Self::Ec { curve, x, y } => {
                vec![("crv", curve.as_str()), ("kty", "EC"), ("x", x.as_base64url()), ("y", y.as_base64url())]
            }
            Self::Ed25519 { x } => vec![("crv", "Ed25519"), ("kty", "OKP"), ("x", x.as_base64url())],
        }
    }

    /// What RFC 7638 §3 hashes: the required members by name, no blanks. None of the texts needs an escape.
    pub(super) fn canonical_json(&self) -> String {
        let members: Vec<_> = self.members().iter().map(|(name, value)| format!(r#""{name}":"{value}""#)).collect();
        format!("{{{}}}", members.join(","))
    }
}

fn without_leading_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|octet| **octet == 0).count();
    number.get(zeros..).unwrap_or_default()
}
