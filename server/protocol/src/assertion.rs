//! Client assertions: RFC 7521 §4.2, RFC 7523 §3, RFC 10070, OIDC Core §9. Read here, verified by who holds the keys, and judged
//! by [`UnverifiedAssertion::check_claims`] after that.

use serde_json::{Map, Value};

use crate::{
    algorithm::SigningAlg, encoding::base64url_decoded, reason::Reason, rejection::Rejection, strict_json, words::words,
};

mod claims;
#[cfg(test)]
mod tests;

pub use claims::{AcceptedAssertion, ExpectedAssertion, MAX_LIFETIME_SECS, SKEW_SECS};

/// A longer assertion is refused unread, in octets.
pub const MAX_LEN: usize = 16 * 1024;

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
    alg: SigningAlg,
    kid: Option<String>,
    claims: Map<String, Value>,
    signing_input: &'a str,
    signature: &'a str,
}

impl<'a> UnverifiedAssertion<'a> {
    /// Reads a JWS in compact form (RFC 7515 §7.1). Keys and their addresses in its header (`jwk`, `jku`, `x5u`, `x5c`) are never
    /// looked at: an attacker could name his own.
    ///
    /// # Errors
    /// `assertion_malformed`, or `assertion_algorithm` when only the algorithm is not one of ours.
    pub fn parse(text: &'a str) -> Result<Self, Rejection> {
        if text.len() > MAX_LEN {
            return Err(Rejection::malformed("longer than 16384 characters"));
        }
        let (signing_input, header, claims, signature) = parts(text)?;
        if signature.is_empty() || base64url_decoded(signature).is_none() {
            return Err(Rejection::malformed("the signature is not base64url without padding"));
        }
        let header = object(header, "header")?;
        let claims = object(claims, "payload")?;
        check_extensions(&header)?;
        check_type(&header)?;
        let kid = match header.get("kid") {
            None => None,
            Some(Value::String(kid)) => Some(kid.clone()),
            Some(_) => return Err(Rejection::malformed("kid is not a string")),
        };
        Ok(Self { alg: algorithm(&header)?, kid, claims, signing_input, signature })
    }

    /// The algorithm it says it is signed with.
    #[must_use]
    pub const fn alg(&self) -> SigningAlg {
        self.alg
    }

    /// The name of the key it says it is signed with.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The client it says it speaks of.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.claims.get("sub")?.as_str()
    }

    /// What is signed: header and payload as they were sent.
    #[must_use]
    pub const fn signing_input(&self) -> &'a str {
        self.signing_input
    }

    /// The signature in base64url.
    #[must_use]
    pub const fn signature(&self) -> &'a str {
        self.signature
    }
}

/// What is signed, and the three parts.
fn parts(text: &str) -> Result<(&str, &str, &str, &str), Rejection> {
    let malformed = || match text.split('.').count() {
        5 => Rejection::malformed("an encrypted JWT (five parts) where a signed one is expected"),
        count => Rejection::malformed(format!("{count} parts where a signed JWT has three")),
    };
    let (signing_input, signature) = text.rsplit_once('.').ok_or_else(malformed)?;
    let (header, claims) = signing_input.split_once('.').ok_or_else(malformed)?;
    if claims.contains('.') { Err(malformed()) } else { Ok((signing_input, header, claims, signature)) }
}

fn object(part: &str, name: &str) -> Result<Map<String, Value>, Rejection> {
    let octets = base64url_decoded(part)
        .ok_or_else(|| Rejection::malformed(format!("the {name} is not base64url without padding")))?;
    match strict_json::parse(&octets) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Rejection::malformed(format!("the {name} is not a JSON object"))),
        Err(_) => Err(Rejection::malformed(format!("the {name} is not JSON, or a member comes twice"))),
    }
}

/// RFC 7515 §4.1.11: what is critical and not understood refuses the whole; we understand none of them.
fn check_extensions(header: &Map<String, Value>) -> Result<(), Rejection> {
    match ["crit", "b64", "zip", "enc"].into_iter().find(|name| header.contains_key(*name)) {
        Some(name) => Err(Rejection::malformed(format!("the header parameter {name} is not supported"))),
        None => Ok(()),
    }
}

/// RFC 10070: its own type, or none; a JWT of another type (a request object, an access token) never authenticates a client.
fn check_type(header: &Map<String, Value>) -> Result<(), Rejection> {
    let typ = match header.get("typ") {
        None => return Ok(()),
        Some(Value::String(typ)) => typ,
        Some(_) => return Err(Rejection::malformed("typ is not a string")),
    };
    let lower = typ.to_ascii_lowercase();
    match lower.strip_prefix("application/").unwrap_or(&lower) {
        "jwt" | "client-authentication+jwt" => Ok(()),
        _ => Err(Rejection::malformed(format!("typ is {}, expected client-authentication+jwt or JWT", shown(typ)))),
    }
}

fn algorithm(header: &Map<String, Value>) -> Result<SigningAlg, Rejection> {
    match header.get("alg") {
        None => Err(Rejection::malformed("alg is missing")),
        Some(Value::String(alg)) => SigningAlg::parse(alg)
            .ok_or_else(|| Rejection::new(Reason::AssertionAlgorithm, format!("alg {} is not supported", shown(alg)))),
        Some(_) => Err(Rejection::malformed("alg is not a string")),
    }
}

/// A text of the sender in quotes, without control characters and not endless.
fn shown(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}
