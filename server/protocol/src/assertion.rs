//! Client assertions: RFC 7521 §4.2, RFC 7523 §3, RFC 10070, OIDC Core §9. Read here, verified by who holds the keys, and judged
//! by [`UnverifiedAssertion::check_claims`] after that.

use crate::{
    algorithm::SigningAlg,
    jws::{MalformedJws, UnverifiedJws},
    reason::Reason,
    rejection::Rejection,
    words::words,
};

mod claims;
#[cfg(test)]
mod tests;

pub use claims::{AcceptedAssertion, ExpectedAssertion, MAX_LIFETIME_SECS, SKEW_SECS};

/// RFC 10070: its own type. A JWT of another type (a request object, an access token) never authenticates a client.
const TYPE: &str = "client-authentication+jwt";

words! {
    /// What an assertion must name as its audience.
    pub enum AssertionAudience {
        /// The issuer and nothing else (RFC 10070); an array of one is the same.
        Issuer = "issuer",
        /// The issuer as a bare string (FAPI 2.0 Security Profile §5.3.2.1).
        IssuerString = "issuer_string",
        /// The issuer, the token endpoint or its mTLS alias, alone or among others (RFC 7523 §3).
        Legacy = "legacy",
    }
}

/// An assertion that can be read, and is not to be believed until its signature has been verified.
#[derive(Debug)]
pub struct UnverifiedAssertion<'a> {
    jws: UnverifiedJws<'a>,
}

impl<'a> UnverifiedAssertion<'a> {
    /// Reads a JWS in compact form (RFC 7515 §7.1).
    ///
    /// # Errors
    /// `assertion_malformed`, or `assertion_algorithm` when only the algorithm is not one of ours.
    pub fn parse(text: &'a str) -> Result<Self, Rejection> {
        match UnverifiedJws::parse(text, TYPE) {
            Ok(jws) => Ok(Self { jws }),
            Err(MalformedJws::Malformed(detail)) => Err(Rejection::malformed(detail)),
            Err(MalformedJws::Algorithm(detail)) => Err(Rejection::new(Reason::AssertionAlgorithm, detail)),
        }
    }

    /// The algorithm it says it is signed with.
    #[must_use]
    pub const fn alg(&self) -> SigningAlg {
        self.jws.alg()
    }

    /// The name of the key it says it is signed with.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.jws.kid()
    }

    /// The client it says it speaks of.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.jws.claims().get("sub")?.as_str()
    }

    /// What is signed: header and payload as they were sent.
    #[must_use]
    pub const fn signing_input(&self) -> &'a str {
        self.jws.signing_input()
    }

    /// The signature in base64url.
    #[must_use]
    pub const fn signature(&self) -> &'a str {
        self.jws.signature()
    }
}
