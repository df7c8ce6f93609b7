//! Numbers as pictures, each with the numbers beside it.

use leptos::prelude::*;

/// What was counted in one span of time, a number for each series.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bucket {
    /// When.
    pub(crate) label: String,
    /// How many of each series.
    pub(crate) values: Vec<u64>,
}

impl Bucket {
    fn total(&self) -> u64 {
        self.values.iter().sum()
    }
}

/// Stacked bars over time. The same is in a table that opens below.
#[component]
pub(crate) fn BarChart(
    #[prop(into)] title: String,
    #[prop(into)] buckets: Signal<Vec<Bucket>>,
    #[prop(into)] series: Signal<Vec<String>>,
    /// What is said when nothing was counted.
    #[prop(into)]
    empty: String,
) -> impl IntoView {
    let title = StoredValue::new(title);
    let empty = StoredValue::new(empty);
    let is_empty = Memo::new(move |_| buckets.with(|buckets| buckets.iter().all(|bucket| bucket.total() == 0)));
    let legend = move || {
        let names = series.get().into_iter().enumerate();
        names
            .map(|(index, name)| view! { <li><span class=format!("swatch series-{index}")></span>{name}</li> })
            .collect_view()
    };
    view! {
        <figure class="chart">
            <figcaption class="chart-head"><span class="chart-title">{title.get_value()}</span><ul class="legend">{legend}</ul></figcaption>
            {move || if is_empty.get() {
                view! { <p class="chart-empty">{empty.get_value()}</p> }.into_any()
            } else {
                view! { <Bars buckets series/> <Numbers title=title.get_value() buckets series/> }.into_any()
            }}
        </figure>
    }
}

#[component]
fn Bars(buckets: Signal<Vec<Bucket>>, series: Signal<Vec<String>>) -> impl IntoView {
    move || {
        let all = buckets.get();
        let names = series.get();
        let top = ceiling(all.iter().map(Bucket::total).max().unwrap_or(0));
        let columns = all.len();
        let edge = |index: usize| all.get(index).map(|bucket| bucket.label.clone());
        let (first, middle, last) = (edge(0), edge(columns / 2), edge(columns.saturating_sub(1)));
        let bars = all.iter().enumerate().map(|(column, bucket)| {
            let rects = stacked(&bucket.values, top);
            let tip = format!("{}\n{}", bucket.label, spoken(&names, &bucket.values));
            view! {
                <g class="bar">
                    <rect class="bar-ground" x=column * 10 y="0" width="10" height="100"></rect>
                    {rects.into_iter().enumerate().map(|(index, (y, height))| view! {
                        <rect class=format!("series-{index}") x=column * 10 + 1 y=y.to_string() width="8" height=height.to_string()></rect>
                    }).collect_view()}
                    <title>{tip}</title>
                </g>
            }
        }).collect_view();
        view! {
            <div class="bars" aria-hidden="true">
                <div class="bars-scale"><span>{top}</span><span>{top / 2}</span><span>"0"</span></div>
                <svg viewBox=format!("0 0 {} 100", columns.max(1) * 10) preserveAspectRatio="none">{bars}</svg>
                <div class="bars-labels"><span>{first}</span><span>{middle}</span><span>{last}</span></div>
            </div>
        }
    }
}

#[component]
fn Numbers(title: String, buckets: Signal<Vec<Bucket>>, series: Signal<Vec<String>>) -> impl IntoView {
    let head = move || {
        series.get().into_iter().map(|name| view! { <th scope="col" class="numeric">{name}</th> }).collect_view()
    };
    let row = |bucket: Bucket| {
        let cells =
            bucket.values.into_iter().map(|value| view! { <td class="numeric">{grouped(value)}</td> }).collect_view();
        view! { <tr><th scope="row">{bucket.label}</th>{cells}</tr> }
    };
    let spoken = format!("{title}: the numbers");
    view! {
        <details class="chart-numbers">
            <summary>"The numbers"</summary>
            <div class="scroll" tabindex="0" role="group" aria-label=spoken>
                <table class="table compact">
                    <caption class="visually-hidden">{title}</caption>
                    <thead><tr><th scope="col">"Time"</th>{head}</tr></thead>
                    <tbody>{move || buckets.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

/// The first round number that is not less than `most`, and even, so that its half can be written beside it.
fn ceiling(most: u64) -> u64 {
    let power = 10u64.saturating_pow(most.max(1).ilog10());
    let steps = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100].map(|step: u64| step.saturating_mul(power));
    let round = steps.into_iter().filter(|step| step.is_multiple_of(20)).map(|step| step / 10);
    round.into_iter().find(|step| *step >= most.max(2)).unwrap_or(most)
}

/// Top and height of each part of a bar that stands on 100.
#[expect(clippy::cast_precision_loss, reason = "a picture of some pixels")]
fn stacked(values: &[u64], top: u64) -> Vec<(f64, f64)> {
    let mut floor = 100.0;
    let place = |value: &u64| {
        let height = *value as f64 * 100.0 / top.max(1) as f64;
        floor -= height;
        (floor, height)
    };
    values.iter().map(place).collect()
}

fn spoken(names: &[String], values: &[u64]) -> String {
    names.iter().zip(values).map(|(name, value)| format!("{name}: {}", grouped(*value))).collect::<Vec<_>>().join("\n")
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_a_round_number() {
        for (most, top) in
            [(0, 2), (1, 2), (2, 2), (3, 4), (9, 10), (11, 12), (13, 20), (61, 80), (100, 100), (101, 120), (124, 150)]
        {
            assert_eq!(ceiling(most), top, "{most}");
        }
    }

    #[test]
    fn parts_of_a_bar_stand_on_each_other() {
        assert_eq!(stacked(&[1, 3], 4), [(75.0, 25.0), (0.0, 75.0)]);
        assert_eq!(stacked(&[0], 0), [(100.0, 0.0)]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
