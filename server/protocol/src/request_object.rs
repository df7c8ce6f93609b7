//! Request objects: RFC 9101 §4, §6 and §10.8; signed by the client, and then the only place whose parameters count. Read by
//! [`UnverifiedRequestObject::parse`], verified by who holds the client's keys, and taken over by
//! [`UnverifiedRequestObject::into_params`] after that.

use serde_json::{Map, Value};

use crate::{
    algorithm::SigningAlg,
    assertion::SKEW_SECS,
    authorization_request::PARAMETERS,
    error::{Error, ErrorCode},
    id::ClientId,
    jws::{MalformedJws, UnverifiedJws},
    params::Params,
    time::Timestamp,
};

/// RFC 9101 §10.8.1.
const TYPE: &str = "oauth-authz-req+jwt";

/// A request object that can be read, and is not to be believed until its signature has been verified.
#[derive(Debug)]
pub struct UnverifiedRequestObject<'a>(UnverifiedJws<'a>);

/// What a request object is held against.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedRequestObject<'a> {
    /// The client that the request names outside the object, and whose key has verified the signature.
    pub client_id: &'a ClientId,
    /// The issuer identifier of the workspace.
    pub issuer: &'a str,
    /// The time.
    pub now: Timestamp,
}

impl<'a> UnverifiedRequestObject<'a> {
    /// Reads the `request` parameter. `registered` is the client's `request_object_signing_alg`.
    ///
    /// # Errors
    /// `invalid_request_object`; also for `none`, for a shared secret as key, and for another algorithm than is registered.
    pub fn parse(text: &'a str, registered: Option<SigningAlg>) -> Result<Self, Error> {
        let jws = UnverifiedJws::parse(text, TYPE).map_err(|wrong| match wrong {
            MalformedJws::Malformed(_) => refused("The request object is not a signed JWT."),
            MalformedJws::Algorithm(_) => refused("The algorithm of the request object is not supported."),
        })?;
        if jws.alg().is_hmac() {
            return Err(refused("The request object must be signed with a private key."));
        }
        if registered.is_some_and(|registered| registered != jws.alg()) {
            return Err(refused("The request object is signed with another algorithm than is registered."));
        }
        Ok(Self(jws))
    }

    /// The JWT, to be verified.
    #[must_use]
    pub const fn jws(&self) -> &UnverifiedJws<'a> {
        &self.0
    }

    /// The parameters in it; call it after the signature was verified. From here on nothing of the request outside counts.
    ///
    /// # Errors
    /// `invalid_request_object` when it is another client's, meant for another issuer, out of its time, a client assertion, carries
    /// `request` or `request_uri`, or a parameter has another JSON type than RFC 9101 §4 gives.
    pub fn into_params(self, expected: &ExpectedRequestObject<'_>) -> Result<Params<'static>, Error> {
        let claims = self.0.claims();
        check_client(claims, expected.client_id.as_str())?;
        check_audience(claims, expected.issuer)?;
        check_times(claims, expected.now)?;
        if ["request", "request_uri"].into_iter().any(|name| claims.contains_key(name)) {
            return Err(refused("A request object contains neither request nor request_uri."));
        }
        let mut params = Params::empty();
        params.push("client_id", expected.client_id.as_str().to_owned()).map_err(|_| unreadable())?;
        for name in PARAMETERS.iter().filter(|name| **name != "client_id") {
            for value in values(name, claims)? {
                params.push(name, value).map_err(|_| unreadable())?;
            }
        }
        Ok(params)
    }
}

fn refused(description: &'static str) -> Error {
    Error::new(ErrorCode::InvalidRequestObject, description)
}

fn unreadable() -> Error {
    refused("A parameter in the request object is not of its JSON type.")
}

/// `client_id` must be the one outside (RFC 9101 §5); an object of OIDC Core §6.1 may name it as `iss` alone. A `sub` that names the
/// client makes it a client assertion, which must never begin a sign-in (RFC 9101 §10.8).
fn check_client(claims: &Map<String, Value>, client_id: &str) -> Result<(), Error> {
    let is_it = |name: &str| claims.get(name).map(|value| value.as_str() == Some(client_id));
    if is_it("sub") == Some(true) {
        return Err(refused("The request object is a client assertion."));
    }
    match (is_it("client_id"), is_it("iss")) {
        (Some(false), _) | (_, Some(false)) | (None, None) => {
            Err(refused("The request object is not of the client that the request names."))
        }
        (Some(true), _) | (None, Some(true)) => Ok(()),
    }
}

/// RFC 9101 §4: `aud`, where there is one, names us. An object made for another server is not for us, though the client is the same.
fn check_audience(claims: &Map<String, Value>, issuer: &str) -> Result<(), Error> {
    let ours = match claims.get("aud") {
        None => true,
        Some(Value::String(aud)) => aud == issuer,
        Some(Value::Array(list)) => list.iter().any(|aud| aud.as_str() == Some(issuer)),
        Some(_) => false,
    };
    if ours { Ok(()) } else { Err(refused("The audience of the request object is not this issuer.")) }
}

fn check_times(claims: &Map<String, Value>, now: Timestamp) -> Result<(), Error> {
    let moment = |name: &str| match claims.get(name).map(Value::as_i64) {
        None => Ok(None),
        Some(Some(secs)) => Ok(Some(Timestamp::from_secs(secs))),
        // One that is there and no integer is an error, never as if it were absent.
        Some(None) => Err(refused("A time in the request object is not an integer number of seconds.")),
    };
    if moment("exp")?.is_some_and(|exp| exp.plus_secs(SKEW_SECS) <= now) {
        return Err(refused("The request object has expired."));
    }
    for name in ["nbf", "iat"] {
        if moment(name)?.is_some_and(|moment| moment > now.plus_secs(SKEW_SECS)) {
            return Err(refused("The request object is not valid yet."));
        }
    }
    Ok(())
}

/// A parameter as a request would carry it (RFC 9101 §4): texts are texts, `max_age` may be a number, `claims` is an object and
/// `resource` may be a list.
fn values(name: &str, claims: &Map<String, Value>) -> Result<Vec<String>, Error> {
    match (name, claims.get(name)) {
        (_, None) => Ok(Vec::new()),
        (_, Some(Value::String(text))) => Ok(vec![text.clone()]),
        ("max_age", Some(Value::Number(number))) if number.is_u64() => Ok(vec![number.to_string()]),
        ("claims", Some(object @ Value::Object(_))) => Ok(vec![object.to_string()]),
        ("resource", Some(Value::Array(list))) => {
            list.iter().map(|one| one.as_str().map(str::to_owned).ok_or_else(unreadable)).collect()
        }
        _ => Err(unreadable()),
    }
}

#[cfg(test)]
mod tests;
