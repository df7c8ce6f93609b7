//! Moments as people say them, with the exact moment beside.

use std::time::Duration;

use cardea_protocol::time::Timestamp;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

thread_local! {
    /// What time it is, told again every half minute: one clock for all that is shown.
    static CLOCK: ArcRwSignal<i64> = {
        let clock = ArcRwSignal::new(now());
        let told = clock.clone();
        set_interval(move || told.set(now()), Duration::from_secs(30));
        clock
    };
}

/// Milliseconds since the epoch, by this browser's clock.
#[expect(clippy::cast_possible_truncation, reason = "JavaScript counts whole milliseconds, far below 2^53")]
pub(crate) fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// A moment that has passed: "3 minutes ago". Without one it says `never`.
#[component]
pub(crate) fn Ago(
    #[prop(into)] time: Signal<Option<Timestamp>>,
    #[prop(optional, into)] never: Option<String>,
) -> impl IntoView {
    let never = StoredValue::new(never.unwrap_or_else(|| "Never".to_owned()));
    move || match time.get() {
        Some(time) => view! { <Moment time has_passed=true/> }.into_any(),
        None => view! { <span class="quiet">{never.get_value()}</span> }.into_any(),
    }
}

/// A moment to come: "in 3 days". It is marked when it is near or over.
#[component]
pub(crate) fn Until(#[prop(into)] time: Signal<Timestamp>) -> impl IntoView {
    move || view! { <Moment time=time.get() has_passed=false/> }
}

#[component]
fn Moment(time: Timestamp, has_passed: bool) -> impl IntoView {
    let clock = CLOCK.with(Clone::clone);
    let millis = time.as_millis();
    // What has passed may be younger than the clock's last tick.
    let now = move || if has_passed { clock.get().max(millis) } else { clock.get() };
    view! {
        <time class="moment" datetime=time.to_string() title=exact(millis)>{move || relative(now(), millis)}</time>
    }
}

/// How far `then` is from `now`, both in milliseconds since the epoch. What has passed is rounded down, what is to come to the nearest:
/// that which was set to 30 days a moment ago ends in 30 days.
pub(crate) fn relative(now_ms: i64, then_ms: i64) -> String {
    let distance = now_ms.abs_diff(then_ms) / 1000;
    let whole = |unit: u64| if then_ms > now_ms { (distance + (unit - 1) / 2) / unit } else { distance / unit };
    let spoken = match distance {
        0..45 => return if then_ms > now_ms { "in a moment" } else { "just now" }.to_owned(),
        45..HOUR => counted(((distance + 30) / MINUTE).min(59), "minute"),
        HOUR..DAY => counted(whole(HOUR), "hour"),
        _ if distance < 30 * DAY => counted(whole(DAY), "day"),
        _ if distance < 365 * DAY => counted(whole(30 * DAY), "month"),
        _ => counted(whole(365 * DAY), "year"),
    };
    if then_ms > now_ms { format!("in {spoken}") } else { format!("{spoken} ago") }
}

/// A span of seconds in its two largest units: "1 hour 30 minutes".
pub(crate) fn words(seconds: u64) -> String {
    let units = [(DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (unit, name) in units {
        if rest >= unit {
            parts.push(counted(rest / unit, name));
            rest %= unit;
        }
    }
    parts.truncate(2);
    if parts.is_empty() { "0 seconds".to_owned() } else { parts.join(" ") }
}

fn counted(count: u64, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// The moment in full, where and as the person is used to.
pub(crate) fn exact(millis: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a Timestamp that is shown is far below 2^53 milliseconds")]
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        let _ = js_sys::Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    date.to_locale_string("default", &options).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_past_and_the_future_are_said_in_the_largest_unit() {
        let second = 1000;
        for (seconds, past, future) in [
            (0, "just now", "just now"),
            (44, "just now", "in a moment"),
            (60, "1 minute ago", "in 1 minute"),
            (3 * 60, "3 minutes ago", "in 3 minutes"),
            (3600, "1 hour ago", "in 1 hour"),
            (26 * 3600, "1 day ago", "in 1 day"),
            (45 * 86_400, "1 month ago", "in 1 month"),
            (800 * 86_400, "2 years ago", "in 2 years"),
        ] {
            assert_eq!(relative(seconds * second, 0), past);
            assert_eq!(relative(0, seconds * second), future);
        }
        for (days, future) in [(1, "in 24 hours"), (30, "in 30 days"), (180, "in 6 months")] {
            assert_eq!(relative(second, days * 86_400 * second), future);
        }
        assert_eq!(relative(59 * 60 * second + 59 * second, 0), "59 minutes ago");
    }

    #[test]
    fn a_span_is_said_in_two_units() {
        for (seconds, said) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (600, "10 minutes"),
            (5400, "1 hour 30 minutes"),
            (90_061, "1 day 1 hour"),
        ] {
            assert_eq!(words(seconds), said);
        }
    }
}
