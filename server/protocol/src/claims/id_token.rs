//! ID tokens: OIDC Core §2, §3.1.3.6; and what is read of one that comes back as `id_token_hint` (OIDC Core §3.1.2.1,
//! OIDC RP-Initiated Logout §2).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::{Audience, standard::ReleasedClaims};
use crate::{algorithm::SigningAlg, encoding::base64url};

/// The claims of an ID token, to be signed. The audience is the client, alone: so `azp` says the same or is left out.
#[derive(Clone, Debug, Serialize)]
pub struct IdTokenClaims<'a> {
    /// The workspace that issues it.
    pub iss: &'a str,
    /// The person, as this client sees them.
    pub sub: &'a str,
    /// The client.
    pub aud: &'a str,
    /// When it expires, in seconds.
    pub exp: i64,
    /// When it is issued, in seconds.
    pub iat: i64,
    /// When the person signed in, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// What the authorization request wants repeated; never in a refreshed token that had none (OIDC Core §12.2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<&'a str>,
    /// How strong the authentication was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<&'a str>,
    /// By which means (RFC 8176).
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub amr: &'a [&'a str],
    /// To whom it is issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azp: Option<&'a str>,
    /// Half the hash of the access token beside it, see [`half_hash`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_hash: Option<&'a str>,
    /// The session (OIDC Back-Channel Logout §2.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<&'a str>,
    /// What the `claims` parameter asked for here; nothing of it has the name of a claim above.
    #[serde(flatten)]
    pub person: ReleasedClaims,
}

/// The left half of the hash of a token or code, in base64url: `at_hash` (OIDC Core §3.1.3.6), `c_hash` (§3.3.2.11). The hash is that of
/// the algorithm which signs the ID token; for `EdDSA` on Ed25519 it is SHA-512.
#[must_use]
pub fn half_hash(alg: SigningAlg, text: &str) -> String {
    let left = |hash: &[u8]| base64url(hash.get(..hash.len() / 2).unwrap_or_default());
    match alg.hash_bytes() {
        32 => left(&Sha256::digest(text)),
        48 => left(&Sha384::digest(text)),
        _ => left(&Sha512::digest(text)),
    }
}

/// What is read of an ID token that we are shown again, after its signature was verified with a key of this workspace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IdTokenHint {
    /// Who issued it.
    pub iss: String,
    /// The person, as that client sees them.
    pub sub: String,
    /// The client.
    pub aud: Audience,
    /// When it expired, in seconds. That it has is no reason to refuse it as a hint.
    pub exp: i64,
    /// The session.
    #[serde(default)]
    pub sid: Option<String>,
}

impl IdTokenHint {
    /// Whether this workspace issued it, and for this client alone. A hint of another workspace or client says nothing here.
    #[must_use]
    pub fn is_of(&self, issuer: &str, client_id: &str) -> bool {
        self.iss == issuer && self.aud == Audience::One(client_id.to_owned())
    }
}

#[cfg(test)]
mod tests;
