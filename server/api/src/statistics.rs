//! `…/statistics`: what was issued and what failed, hour by hour.

use std::collections::BTreeMap;

use cardea_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Hours that are told about when nobody says how many.
pub const DEFAULT_HOURS: u32 = 24;
/// Hours that are told about at most: a week.
pub const MAX_HOURS: u32 = 168;

/// What happened in the last hours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statistics {
    /// Every hour, the oldest first; the last one is not over yet.
    pub hours: Vec<HourOfUse>,
    /// All of them together.
    pub totals: Counts,
}

/// What happened in one hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HourOfUse {
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub hour: Timestamp,
    /// What happened in it.
    #[serde(flatten)]
    pub counts: Counts,
}

/// How often what happened; what did not is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Counts {
    /// Token responses by `grant_type`.
    pub tokens_by_grant_type: BTreeMap<String, u64>,
    /// The same by `token_endpoint_auth_method`.
    pub tokens_by_method: BTreeMap<String, u64>,
    /// Failures by `reason`, as the audit events have it.
    pub failures_by_reason: BTreeMap<String, u64>,
}
