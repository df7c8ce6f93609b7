//! Sign-ins that have left for the server and not come back: what the answer must match (RFC 9700 §2.1, RFC 9207).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::place::{CHALLENGE_METHOD, CLIENT_ID, Place};
use crate::api::{Failure, Kind};
use crate::{storage, url};

/// A sign-in under way.
#[derive(Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) realm: String,
    pub(super) verifier: String,
    pub(super) return_to: String,
}

/// The query that the server sent the browser back with (RFC 6749 §4.1.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Returned {
    pub(crate) code: Option<String>,
    pub(crate) state: Option<String>,
    pub(crate) iss: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) error_description: Option<String>,
}

/// Leaves for the authorization endpoint of `realm`.
pub(super) fn leave(place: &Place, realm: &str, return_to: &str) {
    let (Some(state), Some(verifier)) = (random(), random()) else { return };
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    let pending = Pending { realm: realm.to_owned(), verifier, return_to: return_to.to_owned() };
    storage::write(storage::of_tab(), &key(&state), serde_json::to_string(&pending).ok().as_deref());
    storage::write(storage::for_good(), super::LAST_REALM, Some(realm));
    let query = url::encode([
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", &place.redirect_uri()),
        ("scope", "openid profile email"),
        ("state", &state),
        ("code_challenge", &challenge),
        ("code_challenge_method", CHALLENGE_METHOD),
    ]);
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(&format!("/{}/admin/oauth2/authorize?{query}", url::segment(realm)));
    }
}

/// The sign-in that this answer belongs to, and its code. A state is good once.
pub(super) fn claim(place: &Place, returned: Returned) -> Result<(Pending, String), Failure> {
    let state = returned.state.ok_or_else(strange)?;
    let kept = storage::read(storage::of_tab(), &key(&state)).ok_or_else(strange)?;
    storage::write(storage::of_tab(), &key(&state), None);
    let pending: Pending = serde_json::from_str(&kept).map_err(|_| strange())?;
    if returned.iss.as_deref() != Some(place.issuer(&pending.realm).as_str()) {
        return Err(strange());
    }
    if let Some(error) = returned.error {
        let said = returned.error_description.unwrap_or(error);
        return Err(Failure::of(Kind::SignedOut, format!("The server did not sign you in: {said}")));
    }
    Ok((pending, returned.code.ok_or_else(strange)?))
}

fn strange() -> Failure {
    Failure::of(Kind::SignedOut, "This answer belongs to no sign-in that began in this tab.")
}

fn key(state: &str) -> String {
    format!("cardea.pending.{state}")
}

/// 256 random bits.
pub(super) fn random() -> Option<String> {
    let mut bytes = [0; 32];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
