//! `[limits]`: what one caller may cost.

use super::settings::Settings;

/// What one caller may cost.
pub struct LimitsConfig {
    /// Failed authentications a minute for each client and source, after which more are slowed.
    pub failures_per_minute: u32,
    /// Device codes that a public client may have from one source at a time, on one node.
    pub device_codes_per_source: u32,
}

impl LimitsConfig {
    pub(super) fn read(settings: &mut Settings) -> Self {
        Self {
            failures_per_minute: settings.number("limits.failures_per_minute", 30, 1..=1_000_000),
            device_codes_per_source: settings.number("limits.device_codes_per_source", 100, 1..=1_000_000),
        }
    }
}
