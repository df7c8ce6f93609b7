//! A span of time: a number and its unit. Empty means what stands above decides, and says what that is.

use leptos::prelude::*;

use super::choice::{Choice, options};
use super::frame::{Below, described_by, invalid};
use crate::ui::time::words;

const UNITS: [(&str, &str, u64); 4] =
    [("1", "seconds", 1), ("60", "minutes", 60), ("3600", "hours", 3600), ("86400", "days", 86_400)];

/// The span in seconds.
#[component]
pub(crate) fn DurationField(
    #[prop(into)] label: String,
    seconds: RwSignal<Option<u64>>,
    #[prop(into)] id: String,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
    /// What holds when it is empty.
    #[prop(optional, into)]
    inherited: Signal<Option<u64>>,
) -> impl IntoView {
    let (number, unit) = written(seconds.get_untracked(), inherited.get_untracked());
    let (number, unit) = (RwSignal::new(number), RwSignal::new(unit.to_string()));
    Effect::new(move || {
        let outside = seconds.get();
        if outside != read(&number.get_untracked(), &unit.get_untracked()) {
            let (new_number, new_unit) = written(outside, inherited.get_untracked());
            number.set(new_number);
            unit.set(new_unit.to_string());
        }
    });
    let take = move || seconds.set(read(&number.get_untracked(), &unit.get_untracked()));
    let described = described_by(&id, hint.is_some(), problem);
    let choices = UNITS.iter().map(|(value, label, _)| Choice::new(*value, *label)).collect();
    let placeholder = move || inherited.get().map(|inherited| written(Some(inherited), None).0);
    let falls_back = move || {
        seconds.get().is_none().then(|| inherited.get().map(|seconds| format!("Inherited: {}", words(seconds))))
    };
    view! {
        <div class="field" class:invalid=move || problem.with(Option::is_some)>
            <label class="label" for=id.clone()>
                {label.clone()} {name.map(|name| view! { <code class="oauth-name">{name}</code> })}
            </label>
            <div class="duration">
                <input
                    class="input numeric"
                    type="text"
                    inputmode="numeric"
                    maxlength="9"
                    autocomplete="off"
                    id=id.clone()
                    placeholder=placeholder
                    aria-invalid=invalid(problem)
                    aria-describedby=described
                    prop:value=number
                    on:input=move |event| {
                        number.set(event_target_value(&event).chars().filter(char::is_ascii_digit).collect());
                        take();
                    }
                />
                <select
                    class="input"
                    id=format!("{id}-unit")
                    aria-label=format!("{label}: unit")
                    on:change=move |event| {
                        unit.set(event_target_value(&event));
                        take();
                    }
                >
                    {options(choices, unit)}
                </select>
                <span class="inherited">{falls_back}</span>
            </div>
            <Below id hint problem/>
        </div>
    }
}

/// The number and the seconds of its unit: the largest unit without a rest. An empty field has the unit it would fall back to.
fn written(seconds: Option<u64>, inherited: Option<u64>) -> (String, u64) {
    let of = |seconds: u64| {
        let unit = UNITS.iter().rev().find(|(_, _, unit)| seconds > 0 && seconds.is_multiple_of(*unit));
        unit.map_or(1, |(_, _, unit)| *unit)
    };
    match seconds {
        Some(seconds) => ((seconds / of(seconds)).to_string(), of(seconds)),
        None => (String::new(), inherited.map_or(60, of)),
    }
}

fn read(number: &str, unit: &str) -> Option<u64> {
    number.parse::<u64>().ok()?.checked_mul(unit.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_written_in_its_largest_whole_unit_and_read_back() {
        for (seconds, number, unit) in
            [(0, "0", 1), (59, "59", 1), (90, "90", 1), (600, "10", 60), (86_400, "1", 86_400)]
        {
            assert_eq!(written(Some(seconds), None), (number.to_owned(), unit));
            assert_eq!(read(number, &unit.to_string()), Some(seconds));
        }
        assert_eq!(written(None, Some(7200)), (String::new(), 3600));
        assert_eq!(read("", "60"), None);
    }
}
