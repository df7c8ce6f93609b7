//! Proof Key for Code Exchange: RFC 7636, of which RFC 9700 §2.1.1 leaves `S256` alone.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::encoding::{base64url, base64url_decoded};

/// The one transformation that is accepted (RFC 7636 §4.2); discovery names it.
pub const S256: &str = "S256";

/// What the client has promised to know: the SHA-256 of its verifier (RFC 7636 §4.2). In storage its 43 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeChallenge([u8; 32]);

/// Why a challenge is refused, at the authorization endpoint with `invalid_request` (RFC 7636 §4.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidChallenge {
    /// No method: that means `plain` (RFC 7636 §4.3), and must not be taken for `S256`.
    MethodMissing,
    /// `plain` shows the verifier to whoever reads the authorization request.
    MethodPlain,
    /// No method of RFC 7636.
    MethodUnknown,
    /// Not the base64url of a SHA-256.
    Malformed,
    /// A method without a challenge: what an attacker leaves who has cut the challenge out.
    ChallengeMissing,
}

impl InvalidChallenge {
    /// A sentence for the client's developer.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::MethodMissing => {
                "The code_challenge_method parameter is missing; its default, plain, is not allowed."
            }
            Self::MethodPlain => "The code_challenge_method plain is not allowed. Use S256.",
            Self::MethodUnknown => "The code_challenge_method is unknown. Use S256.",
            Self::Malformed => "The code_challenge is not a SHA-256 in base64url: 43 characters without padding.",
            Self::ChallengeMissing => "The code_challenge_method parameter comes without a code_challenge.",
        }
    }
}

impl fmt::Display for InvalidChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for InvalidChallenge {}

impl CodeChallenge {
    /// Reads `code_challenge` and `code_challenge_method` of an authorization request.
    ///
    /// # Errors
    /// Unless the method is `S256` and the challenge 43 characters of canonical base64url (RFC 7636 §4.2, §4.3).
    pub fn parse(challenge: &str, method: Option<&str>) -> Result<Self, InvalidChallenge> {
        match method {
            Some(S256) => Self::stored(challenge),
            Some("plain") => Err(InvalidChallenge::MethodPlain),
            Some(_) => Err(InvalidChallenge::MethodUnknown),
            None => Err(InvalidChallenge::MethodMissing),
        }
    }

    /// Reads a challenge that was written by [`fmt::Display`] here; its method was judged then.
    ///
    /// # Errors
    /// `Malformed` when it is none.
    pub fn stored(challenge: &str) -> Result<Self, InvalidChallenge> {
        let octets = base64url_decoded(challenge).and_then(|octets| octets.try_into().ok());
        octets.map(Self).ok_or(InvalidChallenge::Malformed)
    }

    /// Whether this verifier fulfils the promise; takes as long if it does as if it does not (RFC 7636 §4.6).
    #[must_use]
    pub fn verify(&self, verifier: &CodeVerifier<'_>) -> bool {
        let hash: [u8; 32] = Sha256::digest(verifier.0).into();
        hash.ct_eq(&self.0).into()
    }
}

impl fmt::Display for CodeChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url(&self.0))
    }
}

impl Serialize for CodeChallenge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CodeChallenge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::stored(&text).map_err(de::Error::custom)
    }
}

/// What the client shows for its code: a secret, so it can be neither printed nor compared (RFC 7636 §4.1).
#[derive(Clone, Copy)]
pub struct CodeVerifier<'a>(&'a str);

impl<'a> CodeVerifier<'a> {
    /// Reads a `code_verifier`: 43 to 128 characters of `[A-Za-z0-9-._~]`. A shorter one could be guessed (CVE-2026-41213).
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        ((43..=128).contains(&text.len()) && text.bytes().all(unreserved)).then_some(Self(text))
    }
}

/// Why a code is not exchanged; always `invalid_grant` (RFC 7636 §4.6), and the code is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PkceFailure {
    /// There was a challenge, and no verifier comes.
    VerifierMissing,
    /// There was no challenge: somebody may have cut it out of the request (RFC 9700 §4.8.2).
    VerifierUnexpected,
    /// No verifier by its grammar; an empty one is of these.
    VerifierMalformed,
    /// Another verifier than was promised.
    Mismatch,
}

/// Holds the `code_verifier` of a token request, as [`crate::Params::credential`] gives it, against what the code was issued for.
///
/// # Errors
/// Unless both are there and fit, or neither is there.
pub fn check(challenge: Option<&CodeChallenge>, verifier: Option<&str>) -> Result<(), PkceFailure> {
    let (challenge, verifier) = match (challenge, verifier) {
        (None, None) => return Ok(()),
        (Some(_), None) => return Err(PkceFailure::VerifierMissing),
        (None, Some(_)) => return Err(PkceFailure::VerifierUnexpected),
        (Some(challenge), Some(verifier)) => (challenge, verifier),
    };
    let verifier = CodeVerifier::parse(verifier).ok_or(PkceFailure::VerifierMalformed)?;
    if challenge.verify(&verifier) { Ok(()) } else { Err(PkceFailure::Mismatch) }
}

#[cfg(test)]
mod tests;
