//! Logout tokens: OIDC Back-Channel Logout §2.4. They never carry a `nonce`, and have a type of their own, so that none can be taken
//! for an ID token (§4).

use serde::{Serialize, Serializer};

/// The `typ` of its header.
pub const LOGOUT_TOKEN_TYPE: &str = "logout+jwt";

/// For how many seconds it is good; §2.4 recommends two minutes at most.
pub const LOGOUT_TOKEN_TTL_SECS: i64 = 120;

/// The claims of a logout token, to be signed and posted to a client.
#[derive(Clone, Debug, Serialize)]
pub struct LogoutTokenClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: &'a str,
    events: Events,
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<&'a str>,
}

/// `{"http://schemas.openid.net/event/backchannel-logout": {}}` (RFC 8417 §2.2).
#[derive(Clone, Copy, Debug)]
struct Events;

impl Serialize for Events {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nothing = serde_json::Map::new();
        serializer.collect_map([("http://schemas.openid.net/event/backchannel-logout", nothing)])
    }
}

impl<'a> LogoutTokenClaims<'a> {
    /// Tells `client_id` that a session of `sub` (as this client sees them) has ended: the one called `sid`, or without it all of
    /// them. `now` is in seconds.
    #[must_use]
    pub const fn new(
        issuer: &'a str,
        client_id: &'a str,
        sub: &'a str,
        sid: Option<&'a str>,
        jti: &'a str,
        now: i64,
    ) -> Self {
        let exp = now.saturating_add(LOGOUT_TOKEN_TTL_SECS);
        Self { iss: issuer, aud: client_id, iat: now, exp, jti, events: Events, sub, sid }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_names_the_event_and_the_person_and_has_no_nonce() {
        let claims = LogoutTokenClaims::new("https://id.example/a/b", "c1", "u1", Some("s"), "j", 1000);
        let mut expected = json!({
            "iss": "https://id.example/a/b", "aud": "c1", "iat": 1000, "exp": 1120, "jti": "j",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}}, "sub": "u1", "sid": "s",
        });
        assert_eq!(serde_json::to_value(claims).unwrap(), expected);
        let claims = LogoutTokenClaims::new("https://id.example/a/b", "c1", "u1", None, "j", 1000);
        expected.as_object_mut().unwrap().remove("sid");
        assert_eq!(serde_json::to_value(claims).unwrap(), expected);
    }
}
