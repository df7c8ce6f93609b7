//! `[limits]`: what one caller may cost.

use super::settings::Settings;

/// What one caller may cost.
pub struct LimitsConfig {
    /// Failed authentications a minute for each client and source, after which more are slowed.
    pub failures_per_minute: u32,
    /// Bytes of a request's body at the OAuth endpoints.
    pub body_bytes: u32,
    /// Whether a refused secret is answered after a set time, so that the time tells nothing of the cause.
    pub uniform_failure_time: bool,
}

impl LimitsConfig {
    pub(super) fn read(settings: &mut Settings) -> Self {
        Self {
            failures_per_minute: settings.number("limits.failures_per_minute", 30, 1..=1_000_000),
            body_bytes: settings.number("limits.body_bytes", 64 * 1024, 1024..=16 * 1024 * 1024),
            uniform_failure_time: settings.truth("limits.uniform_failure_time", true),
        }
    }
}
