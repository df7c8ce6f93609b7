//! Device authorization: RFC 8628. What the person types, what the device hears, and how often it may ask.

use serde::Serialize;

use crate::{error::ErrorCode, time::Timestamp, words::words};

mod user_code;

pub use user_code::UserCode;

/// How many seconds a device waits between two questions, unless it was told otherwise (RFC 8628 §3.2).
pub const DEFAULT_INTERVAL_SECS: u32 = 5;
/// By how much `slow_down` prolongs that, for good (RFC 8628 §3.5).
pub const SLOW_DOWN_SECS: u32 = 5;
/// Longer is not demanded: else a device with a broken clock would never hear the answer.
pub const MAX_INTERVAL_SECS: u32 = 60;
/// By how many milliseconds a question may be early: the answer before it was under way.
const LEEWAY_MILLIS: i64 = 500;

/// What a device is answered (RFC 8628 §3.2).
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DeviceAuthorizationResponse<'a> {
    /// What the device shows us; nobody can guess it.
    pub device_code: &'a str,
    /// What the person types, as it is shown.
    pub user_code: &'a str,
    /// Where the person types it.
    pub verification_uri: &'a str,
    /// The same with the code in it, for a QR code. The page still asks whether it is the person's device (RFC 8628 §5.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification_uri_complete: Option<&'a str>,
    /// In how many seconds both codes are forgotten.
    pub expires_in: u32,
    /// How many seconds to wait between two questions.
    pub interval: u32,
}

words! {
    /// What has become of a device's request.
    pub enum DeviceDecision {
        /// The person has not decided.
        Pending = "pending",
        /// The person agreed.
        Approved = "approved",
        /// The person said no.
        Denied = "denied",
        /// The tokens have been fetched.
        Redeemed = "redeemed",
    }
}

impl DeviceDecision {
    /// Whether the device may have its tokens.
    ///
    /// # Errors
    /// What it hears instead (RFC 8628 §3.5): `invalid_grant` once it had them, `access_denied`, `expired_token`,
    /// `authorization_pending`.
    pub fn redeem(self, expires_at: Timestamp, now: Timestamp) -> Result<(), ErrorCode> {
        match self {
            Self::Redeemed => Err(ErrorCode::InvalidGrant),
            Self::Denied => Err(ErrorCode::AccessDenied),
            Self::Pending | Self::Approved if expires_at <= now => Err(ErrorCode::ExpiredToken),
            Self::Pending => Err(ErrorCode::AuthorizationPending),
            Self::Approved => Ok(()),
        }
    }
}

/// How often a device asks: to be stored after each question, whatever the answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// How many seconds it must wait.
    pub interval_secs: u32,
    /// When it last asked.
    pub last_polled_at: Option<Timestamp>,
}

impl Polling {
    /// Of a device that has not asked yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { interval_secs: DEFAULT_INTERVAL_SECS, last_polled_at: None }
    }

    /// It asks again: what is to be stored, and whether it hears `slow_down` because it did not wait. The decision of the person is
    /// then not told, not even that it has been made.
    #[must_use]
    pub fn polled(self, now: Timestamp) -> (Self, bool) {
        let wait = |last: Timestamp| last.plus_secs(i64::from(self.interval_secs)).plus_millis(-LEEWAY_MILLIS);
        let too_early = self.last_polled_at.is_some_and(|last| now < wait(last));
        let slower = self.interval_secs.saturating_add(SLOW_DOWN_SECS).min(MAX_INTERVAL_SECS);
        let interval_secs = if too_early { slower } else { self.interval_secs };
        (Self { interval_secs, last_polled_at: Some(now) }, too_early)
    }
}

impl Default for Polling {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_hears_what_the_person_decided() {
        let (before, after) = (Timestamp::from_secs(99), Timestamp::from_secs(100));
        let expires_at = Timestamp::from_secs(100);
        for (decision, early, late) in [
            (DeviceDecision::Pending, Err(ErrorCode::AuthorizationPending), Err(ErrorCode::ExpiredToken)),
            (DeviceDecision::Approved, Ok(()), Err(ErrorCode::ExpiredToken)),
            (DeviceDecision::Denied, Err(ErrorCode::AccessDenied), Err(ErrorCode::AccessDenied)),
            (DeviceDecision::Redeemed, Err(ErrorCode::InvalidGrant), Err(ErrorCode::InvalidGrant)),
        ] {
            assert_eq!((decision.redeem(expires_at, before), decision.redeem(expires_at, after)), (early, late));
        }
    }

    #[test]
    fn who_does_not_wait_must_wait_longer_from_then_on() {
        let mut polling = Polling::new();
        for (millis, slow_down, interval) in [
            (0, false, 5),
            (5_000, false, 5),
            (9_500, false, 5),
            (13_999, true, 10),
            (23_498, true, 15),
            (38_000, false, 15),
            (53_000, false, 15),
            (53_001, true, 20),
        ] {
            let (next, too_early) = polling.polled(Timestamp::from_millis(millis));
            assert_eq!((too_early, next.interval_secs), (slow_down, interval), "{millis}");
            polling = next;
        }
        for _ in 0..100 {
            (polling, _) = polling.polled(Timestamp::from_millis(53_002));
        }
        assert_eq!(polling.interval_secs, MAX_INTERVAL_SECS);
    }

    #[test]
    fn the_answer_has_the_names_of_the_rfc() {
        let answer = DeviceAuthorizationResponse {
            device_code: "d",
            user_code: "WDJB-MJHT",
            verification_uri: "https://id.example/device",
            verification_uri_complete: None,
            expires_in: 600,
            interval: 5,
        };
        assert_eq!(
            serde_json::to_string(&answer).unwrap(),
            r#"{"device_code":"d","user_code":"WDJB-MJHT","verification_uri":"https://id.example/device","expires_in":600,"interval":5}"#
        );
    }
}
