//! What failed, the most frequent first; each leads to its events.

use std::collections::BTreeMap;

use leptos::prelude::*;

use cardea_protocol::time::Timestamp;

use crate::pages::audit::reasons::explain;
use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::chart::grouped;
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, Section};
use crate::ui::time::now;
use crate::url;

/// Reasons that are listed.
const MOST: usize = 10;

/// The reasons of the last `hours`.
#[component]
pub(super) fn Failures(failures: BTreeMap<String, u64>, hours: i64) -> impl IntoView {
    let log = paths::of_workspace(&tid(), &aid(), "audit");
    let since = Timestamp::from_millis(now()).plus_secs(-hours * 3600).to_string();
    let ranked = ranked(failures);
    let most = ranked.first().map_or(1, |(_, count)| *count);
    let rows = ranked.into_iter().map(|(reason, count)| {
        let words = explain(&reason);
        let query = url::encode([("outcome", "failure"), ("reason", reason.as_str()), ("from", since.as_str())]);
        view! {
            <li data-id=reason>
                <span class="ranking-name"><a href=format!("{log}?{query}")>{words.title}</a><span class="cell-sub">{words.sentence}</span></span>
                <span class="ranking-count">{grouped(count)}</span>
                <progress class="ranking-bar" aria-hidden="true" max=most value=count></progress>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Section title="Failures by reason" id="failures" about="Each leads to its events in the audit log.">
            {if rows.is_empty() {
                view! {
                    <EmptyState icon=Icon::Check title="Nothing failed" text="No client and nobody was refused in this time."/>
                }.into_any()
            } else {
                view! { <ol class="ranking">{rows}</ol> }.into_any()
            }}
        </Section>
    }
}

fn ranked(failures: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut ranked: Vec<_> = failures.into_iter().filter(|(_, count)| *count > 0).collect();
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked.truncate(MOST);
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_reason_is_first() {
        let failures =
            [("a", 1), ("b", 9), ("c", 0)].map(|(name, count)| (name.to_owned(), count)).into_iter().collect();
        assert_eq!(ranked(failures), [("b".to_owned(), 9), ("a".to_owned(), 1)]);
    }
}
