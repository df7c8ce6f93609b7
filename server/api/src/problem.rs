//! The body of every error of the management API: `application/problem+json` (RFC 9457) with a stable `code`.

use cardea_protocol::violation::Violation;
use serde::{Deserialize, Serialize};

/// The media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An RFC 9457 problem. `code` is for programs, `title` and `detail` are for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: what tells problems apart is `code`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The meaning of the status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A stable name of what went wrong, such as `not_found` or `invalid_client_metadata`.
    pub code: String,
    /// What went wrong this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// One entry for each member of the body, or parameter of the query, that was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::schema::Violation>))]
    pub errors: Vec<Violation>,
}
