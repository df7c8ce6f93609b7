//! The claims of a client assertion, in this order: `iss` and `sub`, `aud`, times, `jti`. RFC 7523 §3, RFC 10070, OIDC Core §9.

use serde_json::Value;

use super::{AssertionAudience, UnverifiedAssertion};
use crate::{id::ClientId, jws::shown, reason::Reason, rejection::Rejection, time::Timestamp};

/// An assertion may expire this many seconds ahead, not more: that bounds how long its `jti` must be remembered.
pub const MAX_LIFETIME_SECS: i64 = 600;

/// How many seconds clocks may differ.
pub const SKEW_SECS: i64 = 10;

const MAX_JTI_CHARS: usize = 255;

/// What an assertion is held against.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedAssertion<'a> {
    /// The client whose key has verified the signature.
    pub client_id: &'a ClientId,
    /// The issuer identifier of the workspace.
    pub issuer: &'a str,
    /// The URL of its token endpoint.
    pub token_endpoint: &'a str,
    /// The URL of its token endpoint on the mTLS listener.
    pub mtls_token_endpoint: Option<&'a str>,
    /// Which audience is demanded.
    pub audience: AssertionAudience,
    /// The time.
    pub now: Timestamp,
}

/// An assertion in which everything is right; its `jti` is still to be claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedAssertion {
    /// Its identifier, good for one use by this client.
    pub jti: String,
    /// From when on it would be refused anyway, clock skew included: until then the `jti` must be remembered.
    pub expires_at: Timestamp,
}

impl UnverifiedAssertion<'_> {
    /// Judges the claims; call it after the signature was verified.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check_claims(&self, expected: &ExpectedAssertion<'_>) -> Result<AcceptedAssertion, Rejection> {
        self.names_the_client("iss", Reason::AssertionIssuer, expected)?;
        self.names_the_client("sub", Reason::AssertionSubject, expected)?;
        self.check_audience(expected)?;
        let expires_at = self.check_times(expected.now)?;
        Ok(AcceptedAssertion { jti: self.jti()?, expires_at })
    }

    fn names_the_client(&self, name: &str, reason: Reason, expected: &ExpectedAssertion<'_>) -> Result<(), Rejection> {
        let registered = expected.client_id.as_str();
        match self.jws.claims().get(name) {
            Some(Value::String(presented)) if presented == registered => Ok(()),
            Some(Value::String(presented)) => {
                let detail = format!("registered: {registered:?}, presented {name}: {}", shown(presented));
                Err(Rejection::comparing(reason, detail, registered, shown(presented)))
            }
            Some(_) => Err(Rejection::malformed(format!("{name} is not a string"))),
            None => Err(Rejection::new(reason, format!("registered: {registered:?}, presented {name}: none"))),
        }
    }

    fn check_audience(&self, expected: &ExpectedAssertion<'_>) -> Result<(), Rejection> {
        let aud = self.jws.claims().get("aud");
        let accepted = match (expected.audience, audiences(aud)?.as_slice()) {
            (AssertionAudience::IssuerString, [only]) => *only == expected.issuer && aud.is_some_and(Value::is_string),
            (AssertionAudience::Issuer, [only]) => *only == expected.issuer,
            (AssertionAudience::Issuer | AssertionAudience::IssuerString, _) => false,
            (AssertionAudience::Legacy, all) => all.iter().any(|one| {
                [Some(expected.issuer), Some(expected.token_endpoint), expected.mtls_token_endpoint]
                    .contains(&Some(*one))
            }),
        };
        if accepted { Ok(()) } else { Err(wrong_audience(aud, expected)) }
    }

    /// Until when the assertion would be accepted.
    fn check_times(&self, now: Timestamp) -> Result<Timestamp, Rejection> {
        let exp = self.moment("exp")?.ok_or_else(|| Rejection::malformed("exp is missing"))?;
        let refused = |reason, name, moment: Timestamp| {
            Err(Rejection::new(reason, format!("{name}: {moment}, now: {now}, allowed skew: {SKEW_SECS} s")))
        };
        let last = exp.plus_secs(SKEW_SECS);
        if last <= now {
            return refused(Reason::AssertionExpired, "exp", exp);
        }
        if exp > now.plus_secs(MAX_LIFETIME_SECS + SKEW_SECS) {
            let detail = format!("exp: {exp}, now: {now}, allowed: {MAX_LIFETIME_SECS} s ahead; exp is in seconds");
            return Err(Rejection::new(Reason::AssertionLifetime, detail));
        }
        for name in ["nbf", "iat"] {
            match self.moment(name)? {
                Some(moment) if moment > now.plus_secs(SKEW_SECS) => {
                    return refused(Reason::AssertionNotYetValid, name, moment);
                }
                _ => {}
            }
        }
        Ok(last)
    }

    /// A `NumericDate`. One that is there and no integer is an error, never as if it were absent (CVE-2026-25537).
    fn moment(&self, name: &str) -> Result<Option<Timestamp>, Rejection> {
        match self.jws.claims().get(name) {
            None => Ok(None),
            Some(value) => match value.as_i64() {
                Some(secs) => Ok(Some(Timestamp::from_secs(secs))),
                None => Err(Rejection::malformed(format!("{name} is not an integer number of seconds"))),
            },
        }
    }

    fn jti(&self) -> Result<String, Rejection> {
        match self.jws.claims().get("jti") {
            Some(Value::String(jti)) if !jti.is_empty() && jti.chars().count() <= MAX_JTI_CHARS => Ok(jti.clone()),
            Some(_) => Err(Rejection::malformed("jti is not a string of 1 to 255 characters")),
            None => Err(Rejection::malformed("jti is missing")),
        }
    }
}

/// All that `aud` names; one that is neither string nor array of strings is malformed.
fn audiences(aud: Option<&Value>) -> Result<Vec<&str>, Rejection> {
    let malformed = || Rejection::malformed("aud is neither a string nor an array of strings");
    match aud {
        None => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one]),
        Some(Value::Array(list)) => list.iter().map(Value::as_str).collect::<Option<Vec<_>>>().ok_or_else(malformed),
        Some(_) => Err(malformed()),
    }
}

fn wrong_audience(aud: Option<&Value>, expected: &ExpectedAssertion<'_>) -> Rejection {
    let demanded = match expected.audience {
        AssertionAudience::Issuer => format!("{:?} alone", expected.issuer),
        AssertionAudience::IssuerString => format!("{:?} as a bare string", expected.issuer),
        AssertionAudience::Legacy => format!("{:?} or {:?}", expected.issuer, expected.token_endpoint),
    };
    let presented = aud.map_or_else(|| "none".to_owned(), |aud| shown(&aud.to_string()));
    let detail = format!("expected: {demanded}, presented: {presented}");
    Rejection::comparing(Reason::AssertionAudience, detail, demanded, presented)
}
