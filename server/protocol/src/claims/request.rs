//! The `claims` request parameter: single claims that a client asks for, at the userinfo endpoint or in the ID token
//! (OIDC Core §5.5). What is not understood is ignored, as the section demands; what is malformed is not.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

use crate::strict_json;

/// The longest value of the parameter, in octets.
pub const MAX_LEN: usize = 8 * 1024;

/// Arrays and objects may be this many deep: the deepest that a standard claim needs is an `address` among `values`.
const MAX_DEPTH: usize = 6;

const MAX_CLAIMS: usize = 100;

/// What is asked for. In storage it is the JSON as it was sent, without what was not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimsRequest {
    /// What the userinfo endpoint should say.
    pub userinfo: RequestedClaims,
    /// What the ID token should say.
    pub id_token: RequestedClaims,
}

/// Claims by their names, and what is asked of each; `null` for nothing particular.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestedClaims(Map<String, Value>);

/// Why the parameter is refused, with `invalid_request`: a sentence for the client's developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidClaims(&'static str);

impl InvalidClaims {
    /// The sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidClaims {}

impl ClaimsRequest {
    /// Reads the parameter.
    ///
    /// # Errors
    /// When it is no JSON object, an object has a member twice, a claim is asked for in another form than OIDC Core §5.5.1 gives, or it
    /// is larger or deeper than anybody needs.
    pub fn parse(text: &str) -> Result<Self, InvalidClaims> {
        if text.len() > MAX_LEN {
            return Err(InvalidClaims("The claims parameter is longer than 8192 octets."));
        }
        let value = strict_json::parse(text.as_bytes())
            .map_err(|_| InvalidClaims("The claims parameter is not JSON, or has a member twice."))?;
        Self::read(value)
    }

    fn read(value: Value) -> Result<Self, InvalidClaims> {
        if is_deeper_than(MAX_DEPTH, &value) {
            return Err(InvalidClaims("The claims parameter is nested too deeply."));
        }
        let Value::Object(mut members) = value else {
            return Err(InvalidClaims("The claims parameter is not a JSON object."));
        };
        let mut member =
            |name| members.remove(name).map_or_else(|| Ok(RequestedClaims::default()), RequestedClaims::read);
        Ok(Self { userinfo: member("userinfo")?, id_token: member("id_token")? })
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.userinfo.0.is_empty() && self.id_token.0.is_empty()
    }

    /// The only subject the client wants an answer about: if somebody else is signed in, the request fails (OIDC Core §5.5.1).
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        [&self.id_token, &self.userinfo].into_iter().find_map(|claims| claims.0.get("sub")?.get("value")?.as_str())
    }

    /// The `acr` values of which one must be reached, or the request fails: where it is essential and names them
    /// (OIDC Core §5.5.1.1).
    #[must_use]
    pub fn essential_acr_values(&self) -> Vec<&str> {
        if self.id_token.is_essential("acr") { self.id_token.values("acr") } else { Vec::new() }
    }
}

impl RequestedClaims {
    fn read(value: Value) -> Result<Self, InvalidClaims> {
        let claims = match value {
            Value::Null => return Ok(Self::default()),
            Value::Object(claims) => claims,
            _ => return Err(InvalidClaims("A member of the claims parameter is not a JSON object.")),
        };
        if claims.len() > MAX_CLAIMS {
            return Err(InvalidClaims("The claims parameter asks for more than 100 claims."));
        }
        claims.values().try_for_each(check_one)?;
        // Nobody could be this subject; but who overlooks the demand would answer about whoever is signed in.
        if claims.get("sub").and_then(|sub| sub.get("value")).is_some_and(|value| !value.is_string()) {
            return Err(InvalidClaims("The value of sub in the claims parameter is not a string."));
        }
        Ok(Self(claims))
    }

    /// Whether this claim is asked for at all.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether the client says that it cannot do without this claim.
    #[must_use]
    pub fn is_essential(&self, name: &str) -> bool {
        self.0.get(name).and_then(|one| one.get("essential")).is_some_and(|essential| *essential == Value::Bool(true))
    }

    /// The texts of which the client wants one for this claim, the best first: its `value` and its `values`.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        let Some(one) = self.0.get(name) else { return Vec::new() };
        let list = one.get("values").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        one.get("value").into_iter().chain(list).filter_map(Value::as_str).collect()
    }

    /// The names of the claims.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// `null`, or an object whose known members have their types (OIDC Core §5.5.1).
fn check_one(one: &Value) -> Result<(), InvalidClaims> {
    let members = match one {
        Value::Null => return Ok(()),
        Value::Object(members) => members,
        _ => return Err(InvalidClaims("A claim is asked for with neither null nor a JSON object.")),
    };
    if members.get("essential").is_some_and(|essential| !essential.is_boolean()) {
        return Err(InvalidClaims("The essential member of a claim is neither true nor false."));
    }
    if members.get("values").is_some_and(|values| values.as_array().is_none_or(Vec::is_empty)) {
        return Err(InvalidClaims("The values member of a claim is not an array with at least one value."));
    }
    Ok(())
}

fn is_deeper_than(depth: usize, value: &Value) -> bool {
    let inside = |value: &Value| depth.checked_sub(1).is_none_or(|less| is_deeper_than(less, value));
    match value {
        Value::Array(list) => depth == 0 || list.iter().any(inside),
        Value::Object(members) => depth == 0 || members.values().any(inside),
        _ => false,
    }
}

impl Serialize for RequestedClaims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for ClaimsRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("userinfo", &self.userinfo), ("id_token", &self.id_token)])
    }
}

impl<'de> Deserialize<'de> for ClaimsRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
