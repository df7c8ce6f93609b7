//! What the audit event says of an authorization request that was answered by a page (RFC 6749 §4.1.2.1): the presented redirect URI
//! beside the registered ones, so that an administrator sees the difference.

use cardea_protocol::RedirectUri;
use serde_json::{Value, json};

use super::asked::Misdirected;

/// What a stranger presents may be long.
const LONGEST: usize = 1_000;
/// Registered addresses that are told.
const MOST: usize = 10;

/// The detail of the event.
pub(super) fn detail(misdirected: &Misdirected) -> Value {
    let mut detail = json!({"endpoint": "authorization", "message": misdirected.rule});
    if let (Some(detail), Some((presented, client))) = (detail.as_object_mut(), &misdirected.redirect_uri) {
        let registered = &client.metadata.redirect_uris;
        detail.insert("presented".to_owned(), shortened(presented));
        if let Some(nearest) = RedirectUri::nearest(presented, registered) {
            detail.insert("registered".to_owned(), shortened(nearest));
        }
        let all = registered.iter().take(MOST).map(|uri| shortened(uri)).collect();
        detail.insert("registered_all".to_owned(), Value::Array(all));
    }
    detail
}

fn shortened(text: &str) -> Value {
    text.chars().take(LONGEST).collect::<String>().into()
}
