//! Tokens over time, by grant and by method.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use cardea_api::statistics::{Counts, HourOfUse, Statistics};
use cardea_protocol::time::Timestamp;

use crate::ui::chart::{BarChart, Bucket};
use crate::ui::page::Section;

/// Bars of a chart, at most: more hours are put together.
const BARS: usize = 28;
/// Series of a chart, at most: there are no more colours.
const SERIES: usize = 6;

type Counted = fn(&Counts) -> &BTreeMap<String, u64>;

/// Both charts.
#[component]
pub(super) fn Charts(statistics: Statistics) -> impl IntoView {
    let hours = statistics.hours;
    let chart = |title: &'static str, counted: Counted| {
        let (series, buckets) = series(&hours, counted, label);
        view! { <BarChart title buckets series empty="No tokens were issued in this time."/> }
    };
    let by_grant = chart("By grant", |counts| &counts.tokens_by_grant_type);
    let by_method = chart("By method", |counts| &counts.tokens_by_method);
    view! {
        <Section title="Tokens issued" id="tokens">
            <div class="grid-2">{by_grant} {by_method}</div>
        </Section>
    }
}

/// The names that were counted, the most frequent first, and how often in each span of time.
fn series(
    hours: &[HourOfUse],
    counted: Counted,
    label: impl Fn(Timestamp, bool) -> String,
) -> (Vec<String>, Vec<Bucket>) {
    let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, count) in hours.iter().flat_map(|hour| counted(&hour.counts)) {
        *totals.entry(name).or_default() += count;
    }
    let mut names: Vec<&str> = totals.keys().copied().collect();
    names.sort_by_key(|name| std::cmp::Reverse(totals.get(name).copied().unwrap_or_default()));
    let rest: BTreeSet<&str> =
        if names.len() > SERIES { names.split_off(SERIES - 1).into_iter().collect() } else { BTreeSet::new() };
    let step = hours.len().div_ceil(BARS).max(1);
    let bucket = |span: &[HourOfUse]| {
        let of = |wanted: &dyn Fn(&str) -> bool| {
            span.iter()
                .flat_map(|hour| counted(&hour.counts))
                .filter(|(name, _)| wanted(name))
                .map(|(_, count)| count)
                .sum()
        };
        let mut values: Vec<u64> = names.iter().map(|name| of(&|other| other == *name)).collect();
        if !rest.is_empty() {
            values.push(of(&|other| rest.contains(other)));
        }
        let start = span.first().map_or(Timestamp::from_millis(0), |hour| hour.hour);
        Bucket { label: label(start, step > 1), values }
    };
    let buckets = hours.chunks(step).map(bucket).collect();
    let others = (!rest.is_empty()).then(|| "others".to_owned());
    (names.into_iter().map(str::to_owned).chain(others).collect(), buckets)
}

/// When a span begins, as the person's own clock says; with the day where spans are long.
fn label(start: Timestamp, with_day: bool) -> String {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53 milliseconds")]
    let date = js_sys::Date::new(&JsValue::from_f64(start.as_millis() as f64));
    let options = js_sys::Object::new();
    let day: &[(&str, &str)] = if with_day { &[("weekday", "short"), ("day", "numeric")] } else { &[] };
    for (name, value) in day.iter().chain(&[("hour", "2-digit"), ("minute", "2-digit")]) {
        let _ = js_sys::Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    date.to_locale_string("default", &options).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(index: i64, counts: &[(&str, u64)]) -> HourOfUse {
        let by = counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        HourOfUse {
            hour: Timestamp::from_secs(index * 3600),
            counts: Counts { tokens_by_method: by, ..Counts::default() },
        }
    }

    fn of(hours: &[HourOfUse]) -> (Vec<String>, Vec<Bucket>) {
        series(hours, |counts| &counts.tokens_by_method, |start, _| (start.as_secs() / 3600).to_string())
    }

    #[test]
    fn the_most_frequent_comes_first_and_each_hour_has_each_series() {
        let (names, buckets) = of(&[hour(0, &[("a", 1)]), hour(1, &[("b", 5)])]);
        assert_eq!(names, ["b", "a"]);
        assert_eq!(buckets.iter().map(|bucket| bucket.values.clone()).collect::<Vec<_>>(), [vec![0, 1], vec![5, 0]]);
    }

    #[test]
    fn a_week_is_put_together_in_spans_and_nothing_is_lost() {
        let hours: Vec<_> = (0..168).map(|index| hour(index, &[("a", 1)])).collect();
        let (_, buckets) = of(&hours);
        assert_eq!((buckets.len(), buckets.iter().flat_map(|bucket| &bucket.values).sum::<u64>()), (28, 168));
        assert_eq!(buckets.get(1).map(|bucket| bucket.label.as_str()), Some("6"));
    }

    #[test]
    fn what_has_no_colour_is_counted_together() {
        let all: Vec<_> =
            ["a", "b", "c", "d", "e", "f", "g"].iter().enumerate().map(|(i, name)| (*name, 10 - i as u64)).collect();
        let (names, buckets) = of(&[hour(0, &all)]);
        assert_eq!(names, ["a", "b", "c", "d", "e", "others"]);
        assert_eq!(buckets.first().map(|bucket| bucket.values.clone()), Some(vec![10, 9, 8, 7, 6, 5 + 4]));
    }

    #[test]
    fn nothing_is_no_series() {
        assert_eq!(of(&[]), (Vec::new(), Vec::new()));
    }
}
