//! Moments in fields (`datetime-local`, in the person's own time) and in the URL (RFC 3339, in UTC).

use cardea_protocol::time::Timestamp;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::data::Query;

/// The field's value for the moment that the URL says.
fn to_field(rfc3339: &str) -> String {
    let Ok(moment) = Timestamp::parse_rfc3339(rfc3339) else { return String::new() };
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53 milliseconds")]
    let date = js_sys::Date::new(&JsValue::from_f64(moment.as_millis() as f64));
    let offset = date.get_timezone_offset();
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let local = moment.plus_secs(-(offset as i64) * 60);
    local.to_string().chars().take(16).collect()
}

/// What the URL says for the field's value.
fn to_url(field: &str) -> String {
    if field.is_empty() {
        return String::new();
    }
    let millis = js_sys::Date::new(&JsValue::from_str(field)).get_time();
    #[expect(clippy::cast_possible_truncation, reason = "far below 2^53 milliseconds")]
    let moment = Timestamp::from_millis(millis as i64);
    if millis.is_finite() { moment.to_string() } else { String::new() }
}

/// A field for the moment `name` of the URL.
pub(super) fn bound(query: Query, name: &'static str) -> RwSignal<String> {
    let field = RwSignal::new(to_field(&query.now(name)));
    Effect::new(move |_| {
        let value = to_field(&query.get(name));
        if field.get_untracked() != value {
            field.set(value);
        }
    });
    Effect::new(move |before: Option<()>| {
        let value = field.get();
        if before.is_some() && value != to_field(&query.now(name)) {
            query.set(name, &to_url(&value));
        }
    });
    field
}
