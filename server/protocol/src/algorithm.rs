//! Signature algorithms of JWTs: RFC 7518 §3, RFC 8037, RFC 9864. `none` is not one of them.

use crate::words::words;

words! {
    /// A JWS algorithm (`alg`). `EdDSA` is Ed25519 alone, and is also understood under that name (RFC 9864 §2.2).
    pub enum SigningAlg {
        /// HMAC with SHA-256.
        HS256 = "HS256",
        /// HMAC with SHA-384.
        HS384 = "HS384",
        /// HMAC with SHA-512.
        HS512 = "HS512",
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        RS256 = "RS256",
        /// RSASSA-PKCS1-v1_5 with SHA-384.
        RS384 = "RS384",
        /// RSASSA-PKCS1-v1_5 with SHA-512.
        RS512 = "RS512",
        /// RSASSA-PSS with SHA-256.
        PS256 = "PS256",
        /// RSASSA-PSS with SHA-384.
        PS384 = "PS384",
        /// RSASSA-PSS with SHA-512.
        PS512 = "PS512",
        /// ECDSA on P-256 with SHA-256.
        ES256 = "ES256",
        /// ECDSA on P-384 with SHA-384.
        ES384 = "ES384",
        /// Ed25519 (RFC 8037 §3.1).
        EdDSA = "EdDSA" | "Ed25519",
    }
}

impl SigningAlg {
    /// What a workspace may sign its tokens with, the default first.
    pub const ACCESS_TOKEN: [Self; 5] = [Self::ES256, Self::RS256, Self::PS256, Self::ES384, Self::EdDSA];

    /// What a `private_key_jwt` assertion may be signed with.
    pub const CLIENT_ASSERTION_ASYMMETRIC: [Self; 9] = [
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
        Self::EdDSA,
    ];

    /// What a `client_secret_jwt` assertion may be signed with.
    pub const CLIENT_ASSERTION_HMAC: [Self; 3] = [Self::HS256, Self::HS384, Self::HS512];

    /// What FAPI 2.0 Security Profile §5.4.1 leaves.
    pub const FAPI_2: [Self; 3] = [Self::PS256, Self::ES256, Self::EdDSA];

    /// Whether the key is a shared secret.
    #[must_use]
    pub const fn is_hmac(self) -> bool {
        matches!(self, Self::HS256 | Self::HS384 | Self::HS512)
    }

    /// Octets of the hash inside: the least length of an HMAC key (RFC 7518 §3.2).
    #[must_use]
    pub const fn hash_bytes(self) -> usize {
        match self {
            Self::HS256 | Self::RS256 | Self::PS256 | Self::ES256 => 32,
            Self::HS384 | Self::RS384 | Self::PS384 | Self::ES384 => 48,
            Self::HS512 | Self::RS512 | Self::PS512 | Self::EdDSA => 64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_algorithm_is_known_by_its_exact_name_and_ed25519_by_two() {
        for alg in SigningAlg::ALL {
            assert_eq!(SigningAlg::parse(alg.as_str()), Some(*alg));
        }
        assert_eq!(SigningAlg::parse("Ed25519"), Some(SigningAlg::EdDSA));
        assert_eq!(SigningAlg::EdDSA.as_str(), "EdDSA");
        for unknown in ["", "none", "None", "NONE", "es256", "HS1", "ES256K", "ES512", "RSA-OAEP", "dir", "Ed448"] {
            assert_eq!(SigningAlg::parse(unknown), None, "{unknown}");
            assert!(serde_json::from_str::<SigningAlg>(&format!("{unknown:?}")).is_err(), "{unknown}");
        }
    }

    #[test]
    fn an_assertion_is_either_hmac_or_asymmetric() {
        for alg in SigningAlg::ALL {
            assert_eq!(alg.is_hmac(), SigningAlg::CLIENT_ASSERTION_HMAC.contains(alg));
            assert_ne!(alg.is_hmac(), SigningAlg::CLIENT_ASSERTION_ASYMMETRIC.contains(alg));
        }
        assert!(SigningAlg::ACCESS_TOKEN.iter().chain(&SigningAlg::FAPI_2).all(|alg| !alg.is_hmac()));
    }
}
