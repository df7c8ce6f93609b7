//! Signing in again in another tab, so that this one stays as it is, with all that was typed. The other tab hands its tokens over
//! and forgets them: two tabs with one refresh token would take it from each other (RFC 9700 §4.14.2).

use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::pending::random;
use super::tokens::Tokens;
use crate::{paths, url};

const CHANNEL: &str = "cardea.session";

/// What one tab says and one hears.
#[derive(Serialize, Deserialize)]
struct Handover {
    /// Who asked: other tabs may be waiting too.
    to: String,
    tokens: Tokens,
}

/// A tab that waits. Hears nothing any more when dropped.
pub(super) struct Waiting {
    channel: BroadcastChannel,
    _listener: Closure<dyn Fn(MessageEvent)>,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Opens the other tab, and gives `take` what it hands over; nothing when the browser opens no tab.
pub(super) fn open(realm: &str, take: impl Fn(Tokens) + 'static) -> Option<Waiting> {
    let me = random()?;
    let tab = format!("{}?{}", paths::SIGN_IN_AGAIN, url::encode([("tenant", realm), ("to", &me)]));
    let channel = BroadcastChannel::new(CHANNEL).ok()?;
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let said = event.data().as_string().and_then(|text| serde_json::from_str::<Handover>(&text).ok());
        if let Some(said) = said.filter(|said| said.to == me) {
            take(said.tokens);
        }
    });
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    window().open_with_url_and_target(&tab, "_blank").ok()??;
    Some(Waiting { channel, _listener: listener })
}

/// Hands tokens over to the tab that waits as `to`.
pub(super) fn hand_over(to: &str, tokens: Tokens) {
    let said = serde_json::to_string(&Handover { to: to.to_owned(), tokens });
    if let (Ok(said), Ok(channel)) = (said, BroadcastChannel::new(CHANNEL)) {
        let _ = channel.post_message(&said.into());
        channel.close();
    }
}
