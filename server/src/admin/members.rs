//! Bodies taken apart and put together again.

use cardea_protocol::violation::Violation;
use serde::Serialize;
use serde_json::{Map, Value};

pub(super) use crate::audit::members as of;
use crate::http::merge_patch::{merge, take_read_only};
use crate::http::strict;

/// A body without the members that are `null`: in a creation they are as good as absent (as RFC 7592 §2.2 has it).
pub(super) fn without_nulls(mut members: Map<String, Value>) -> Map<String, Value> {
    members.retain(|_, value| !value.is_null());
    members
}

/// What can be set, as `patch` would have it: `view` is all that is shown now, `read_only` what of it cannot be set.
///
/// # Errors
/// The read-only members that `patch` would change.
pub(super) fn patched(
    view: &impl Serialize,
    mut patch: Map<String, Value>,
    read_only: &[&str],
) -> Result<Map<String, Value>, Vec<Violation>> {
    let mut current = Value::Object(of(view));
    strict::none(take_read_only(&mut patch, &current, read_only))?;
    let Some(settable) = current.as_object_mut() else { return Ok(patch) };
    settable.retain(|name, _| !read_only.contains(&name.as_str()));
    merge(settable, patch);
    Ok(without_nulls(std::mem::take(settable)))
}
