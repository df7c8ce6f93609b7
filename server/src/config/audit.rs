//! `[audit]`: how long events are kept.

use super::settings::Settings;

/// The audit log.
pub struct AuditConfig {
    /// Days after which an event is deleted.
    pub retention_days: u32,
}

impl AuditConfig {
    pub(super) fn read(settings: &mut Settings) -> Self {
        Self { retention_days: settings.number("audit.retention_days", 90, 1..=36_500) }
    }
}
