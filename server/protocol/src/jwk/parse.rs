//! Reading one JWK: RFC 7517 §4. Members we do not know are ignored (§4); members of private keys are refused, so that nobody
//! who pastes the wrong half finds it stored.

use serde_json::{Map, Value};

use super::{Curve, Jwk, JwkError, PublicKey};
use crate::encoding::{base64_decoded, base64url_decoded};

/// RFC 7518 §6.2.2, §6.3.2 and §6.4.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

const MAX_KID_LEN: usize = 255;
const MAX_CHAIN: usize = 10;

pub(super) fn jwk(value: &Value, pointer: String) -> Result<Jwk, JwkError> {
    let Value::Object(members) = value else {
        return Err(JwkError { pointer, message: "a key is an object".to_owned() });
    };
    let members = Members { members, pointer };
    if let Some(name) = PRIVATE.into_iter().find(|name| members.members.contains_key(*name)) {
        return members.refuse(name, "a private or symmetric key; only the public half belongs here");
    }
    let key = public_key(&members)?;
    let kid = members.text("kid")?;
    if kid.is_some_and(|kid| kid.len() > MAX_KID_LEN) {
        return members.refuse("kid", "longer than 255 characters");
    }
    let x5c = members.texts("x5c")?;
    if x5c.as_ref().is_some_and(|chain| !is_chain(chain)) {
        return members.refuse("x5c", "1 to 10 certificates, each as base64 of its DER (RFC 7517 §4.7)");
    }
    Ok(Jwk {
        key,
        kid: kid.map(str::to_owned),
        key_use: members.text("use")?.map(str::to_owned),
        key_ops: members.texts("key_ops")?,
        alg: members.text("alg")?.map(str::to_owned),
        x5c,
    })
}

fn public_key(members: &Members<'_>) -> Result<PublicKey, JwkError> {
    let key = match members.text("kty")? {
        None => return members.refuse("kty", "is missing"),
        Some("RSA") => PublicKey::rsa(&members.octets("n")?, &members.octets("e")?),
        Some("EC") => {
            let curve = match members.text("crv")? {
                Some("P-256") => Curve::P256,
                Some("P-384") => Curve::P384,
                _ => return members.refuse("crv", "must be P-256 or P-384"),
            };
            PublicKey::ec(curve, &members.octets("x")?, &members.octets("y")?)
        }
        Some("OKP") if members.text("crv")? == Some("Ed25519") => PublicKey::ed25519(&members.octets("x")?),
        Some("OKP") => return members.refuse("crv", "must be Ed25519"),
        Some("oct") => return members.refuse("kty", "a symmetric key; only public keys belong here"),
        Some(_) => return members.refuse("kty", "must be RSA, EC or OKP"),
    };
    key.map_err(|message| JwkError { pointer: members.pointer.clone(), message: message.to_owned() })
}

fn is_chain(chain: &[String]) -> bool {
    let der = |text: &String| base64_decoded(text).is_some_and(|der| !der.is_empty());
    (1..=MAX_CHAIN).contains(&chain.len()) && chain.iter().all(der)
}

/// The members of a key and where it stands.
struct Members<'v> {
    members: &'v Map<String, Value>,
    pointer: String,
}

impl<'v> Members<'v> {
    fn refuse<T>(&self, name: &str, message: &str) -> Result<T, JwkError> {
        Err(JwkError { pointer: format!("{}/{name}", self.pointer), message: message.to_owned() })
    }

    fn text(&self, name: &str) -> Result<Option<&'v str>, JwkError> {
        match self.members.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => self.refuse(name, "must be a string"),
        }
    }

    fn texts(&self, name: &str) -> Result<Option<Vec<String>>, JwkError> {
        let Some(value) = self.members.get(name) else { return Ok(None) };
        let texts: Option<Vec<String>> =
            value.as_array().and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        if texts.is_some() { Ok(texts) } else { self.refuse(name, "must be an array of strings") }
    }

    fn octets(&self, name: &str) -> Result<Vec<u8>, JwkError> {
        let Some(text) = self.text(name)? else { return self.refuse(name, "is missing") };
        match base64url_decoded(text) {
            Some(octets) => Ok(octets),
            None => self.refuse(name, "must be base64url without padding"),
        }
    }
}
