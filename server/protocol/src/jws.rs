//! Signed JWTs in compact form: RFC 7515 §7.1, RFC 8725 §3. Read here, and not to be believed until who holds the keys has verified
//! the signature.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::{algorithm::SigningAlg, encoding::base64url_decoded, strict_json};

/// A longer one is refused unread, in octets.
pub const MAX_LEN: usize = 16 * 1024;

/// A JWT that can be read. Keys and their addresses in its header (`jwk`, `jku`, `x5u`, `x5c`) are never looked at: an attacker could
/// name his own.
#[derive(Debug)]
pub struct UnverifiedJws<'a> {
    alg: SigningAlg,
    kid: Option<String>,
    claims: Map<String, Value>,
    signing_input: &'a str,
    signature: &'a str,
}

/// Why a text is no JWT that could be verified: a sentence for an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MalformedJws {
    /// It cannot be read.
    Malformed(Cow<'static, str>),
    /// Its algorithm is not one of ours; `none` is of these.
    Algorithm(String),
}

impl<'a> UnverifiedJws<'a> {
    /// Reads a JWT whose `typ` is `JWT`, absent, or this one; without `application/`, in any case (RFC 7515 §4.1.9). A JWT that was
    /// made for another purpose is refused by its type (RFC 8725 §3.11).
    ///
    /// # Errors
    /// When it is longer than [`MAX_LEN`], encrypted, not canonical base64url, not JSON without duplicates, has a critical extension or
    /// another type, or an algorithm that is not ours.
    pub fn parse(text: &'a str, typ: &str) -> Result<Self, MalformedJws> {
        if text.len() > MAX_LEN {
            return Err(malformed("longer than 16384 characters"));
        }
        let (signing_input, header, claims, signature) = parts(text)?;
        if signature.is_empty() || base64url_decoded(signature).is_none() {
            return Err(malformed("the signature is not base64url without padding"));
        }
        let header = object(header, "header")?;
        let claims = object(claims, "payload")?;
        check_extensions(&header)?;
        check_type(&header, typ)?;
        let kid = match header.get("kid") {
            None => None,
            Some(Value::String(kid)) => Some(kid.clone()),
            Some(_) => return Err(malformed("kid is not a string")),
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

    /// What it says.
    #[must_use]
    pub const fn claims(&self) -> &Map<String, Value> {
        &self.claims
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

fn malformed(detail: impl Into<Cow<'static, str>>) -> MalformedJws {
    MalformedJws::Malformed(detail.into())
}

/// What is signed, and the three parts.
fn parts(text: &str) -> Result<(&str, &str, &str, &str), MalformedJws> {
    let wrong = || match text.split('.').count() {
        5 => malformed("an encrypted JWT (five parts) where a signed one is expected"),
        count => malformed(format!("{count} parts where a signed JWT has three")),
    };
    let (signing_input, signature) = text.rsplit_once('.').ok_or_else(wrong)?;
    let (header, claims) = signing_input.split_once('.').ok_or_else(wrong)?;
    if claims.contains('.') { Err(wrong()) } else { Ok((signing_input, header, claims, signature)) }
}

fn object(part: &str, name: &str) -> Result<Map<String, Value>, MalformedJws> {
    let octets =
        base64url_decoded(part).ok_or_else(|| malformed(format!("the {name} is not base64url without padding")))?;
    match strict_json::parse(&octets) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(malformed(format!("the {name} is not a JSON object"))),
        Err(_) => Err(malformed(format!("the {name} is not JSON, or a member comes twice"))),
    }
}

/// RFC 7515 §4.1.11: what is critical and not understood refuses the whole; we understand none of them.
fn check_extensions(header: &Map<String, Value>) -> Result<(), MalformedJws> {
    match ["crit", "b64", "zip", "enc"].into_iter().find(|name| header.contains_key(*name)) {
        Some(name) => Err(malformed(format!("the header parameter {name} is not supported"))),
        None => Ok(()),
    }
}

fn check_type(header: &Map<String, Value>, own: &str) -> Result<(), MalformedJws> {
    let typ = match header.get("typ") {
        None => return Ok(()),
        Some(Value::String(typ)) => typ,
        Some(_) => return Err(malformed("typ is not a string")),
    };
    let lower = typ.to_ascii_lowercase();
    match lower.strip_prefix("application/").unwrap_or(&lower) {
        "jwt" => Ok(()),
        typ if typ == own => Ok(()),
        _ => Err(malformed(format!("typ is {}, expected {own} or JWT", shown(typ)))),
    }
}

fn algorithm(header: &Map<String, Value>) -> Result<SigningAlg, MalformedJws> {
    match header.get("alg") {
        None => Err(malformed("alg is missing")),
        Some(Value::String(alg)) => SigningAlg::parse(alg)
            .ok_or_else(|| MalformedJws::Algorithm(format!("alg {} is not supported", shown(alg)))),
        Some(_) => Err(malformed("alg is not a string")),
    }
}

/// A text of the sender in quotes, without control characters and not endless.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests;
