//! Access tokens as a resource server checks them (RFC 9068 §4), by the `jsonwebtoken` crate.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Header, Validation, decode, decode_header};
use serde_json::Value;

use crate::http::Http;
use crate::workspace::Workspace;

/// The keys that a workspace publishes, as a node serves them.
pub async fn jwks(http: &Http, workspace: &Workspace, node: &str) -> JwkSet {
    http.get(&workspace.at(node, "/.well-known/jwks.json")).await.expect(200)
}

/// The key ids in a set.
#[must_use]
pub fn kids(jwks: &JwkSet) -> Vec<String> {
    jwks.keys.iter().filter_map(|key| key.common.key_id.clone()).collect()
}

/// Header and claims of a token that one of `jwks` signed, for `audience`, issued by `issuer`, and not expired.
///
/// # Errors
/// Why a resource server would refuse it.
pub fn verified(token: &str, jwks: &JwkSet, issuer: &str, audience: &str) -> Result<(Header, Value), String> {
    let header = decode_header(token).map_err(|error| error.to_string())?;
    if header.typ.as_deref() != Some("at+jwt") {
        return Err(format!("typ is {:?}", header.typ));
    }
    let kid = header.kid.as_deref().ok_or("no kid")?;
    let jwk = jwks.find(kid).ok_or_else(|| format!("{kid} is not in the JWKS"))?;
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.leeway = 0;
    let key = DecodingKey::from_jwk(jwk).map_err(|error| error.to_string())?;
    let token = decode::<Value>(token, &key, &validation).map_err(|error| error.to_string())?;
    Ok((token.header, token.claims))
}
