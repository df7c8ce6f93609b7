//! Device authorization: RFC 8628. What the person types, and what the device hears.

use serde::Serialize;

mod user_code;

pub use user_code::UserCode;

/// How many seconds a device waits between two questions, unless it was told otherwise (RFC 8628 §3.2).
pub const DEFAULT_INTERVAL_SECS: u32 = 5;
/// By how many seconds `slow_down` prolongs that, for good (RFC 8628 §3.5).
pub const SLOW_DOWN_SECS: u32 = 5;

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

#[cfg(test)]
mod tests {
    use super::*;

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
