//! The tokens of this tab.

use serde::{Deserialize, Serialize};

use super::place::{CLIENT_ID, Place};
use crate::{paths, storage, url};

const KEY: &str = "cardea.tokens";
/// A token this near its end is not sent any more: the request takes its time, and clocks differ. Milliseconds.
const MARGIN: f64 = 20_000.0;

/// What the token endpoint answered.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Tokens {
    /// The tenant whose `admin` workspace issued them.
    pub(super) realm: String,
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) id_token: Option<String>,
    /// Milliseconds since 1970, by the browser's clock.
    pub(super) expires_at: f64,
}

impl Tokens {
    /// Whether the access token may still be sent.
    pub(super) fn is_fresh(&self) -> bool {
        js_sys::Date::now() + MARGIN < self.expires_at
    }
}

/// Those that this tab has kept over a reload.
pub(super) fn kept() -> Option<Tokens> {
    serde_json::from_str(&storage::read(storage::of_tab(), KEY)?).ok()
}

/// Keeps them for this tab, or forgets them.
pub(super) fn keep(tokens: Option<&Tokens>) {
    let text = tokens.and_then(|tokens| serde_json::to_string(tokens).ok());
    storage::write(storage::of_tab(), KEY, text.as_deref());
}

/// Leaves for the server's sign-out page.
pub(super) fn end(place: &Place, tokens: &Tokens) {
    let back = format!("{}{}", place.public_url, paths::HOME);
    let mut query = vec![("client_id", CLIENT_ID), ("post_logout_redirect_uri", back.as_str())];
    if let Some(hint) = &tokens.id_token {
        query.push(("id_token_hint", hint));
    }
    if let Some(window) = web_sys::window() {
        let page = format!("/{}/admin/oidc/logout?{}", tokens.realm, url::encode(query));
        let _ = window.location().assign(&page);
    }
}
