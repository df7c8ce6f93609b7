//! Following the log: every two seconds what is new is asked for, unless nobody looks.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::audit_event::AuditEventView;
use cardea_api::page::Page;

use super::filters::FILTERS;
use crate::api::{Api, use_api};
use crate::data::Listing;
use crate::ui::button::Button;
use crate::ui::icon::{Icon, IconView};
use crate::url;

const EVERY: Duration = Duration::from_secs(2);
/// Events that are kept on the page at most.
const MOST: usize = 500;

/// The tail of the log.
#[derive(Clone, Copy)]
pub(super) struct Tail {
    /// What came since the list was fetched, the newest first.
    pub(super) news: RwSignal<Vec<AuditEventView>>,
    /// Whether it is followed.
    on: RwSignal<bool>,
    /// What is said to those who hear the page.
    said: RwSignal<String>,
    busy: StoredValue<bool>,
    api: Api,
    list: Listing<AuditEventView>,
    path: StoredValue<String>,
}

impl Tail {
    /// The tail of `list`, whose events are at `path`.
    pub(super) fn of(list: Listing<AuditEventView>, path: String) -> Self {
        let tail = Self {
            news: RwSignal::new(Vec::new()),
            on: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            busy: StoredValue::new(false),
            api: use_api(),
            list,
            path: StoredValue::new(path),
        };
        // Another page of the list, or other filters: what was new belongs to what was shown.
        Effect::new(move |_| {
            list.load.value();
            tail.news.set(Vec::new());
        });
        let timer = set_interval_with_handle(move || tail.tick(), EVERY);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
        tail
    }

    fn tick(self) {
        let is_first_page = self.list.query.now("cursor").is_empty();
        let is_wanted = self.on.try_get_untracked() == Some(true) && is_first_page && !document().hidden();
        if !is_wanted || self.busy.get_value() {
            return;
        }
        let Some(after) = self.newest() else {
            self.list.load.again();
            return;
        };
        self.busy.set_value(true);
        let path = self.since(&after);
        spawn_local(async move {
            let answer = self.api.get::<Page<AuditEventView>>(&path).await;
            self.busy.try_update_value(|busy| *busy = false);
            // What was asked may no longer be what is shown.
            if self.news.try_with_untracked(|_| ()).is_none() || self.newest().as_deref() != Some(after.as_str()) {
                return;
            }
            match answer {
                Ok(page) => self.add(page.items),
                Err(failure) => {
                    self.on.set(false);
                    self.said.set(format!("Paused: {} {}", failure.message, failure.remedy()));
                }
            }
        });
    }

    /// The id of the newest event that is known.
    fn newest(self) -> Option<String> {
        let of_news = self.news.with_untracked(|news| news.first().map(|event| event.id.clone()));
        of_news.or_else(|| untrack(|| self.list.load.value())?.items.first().map(|event| event.id.clone()))
    }

    fn since(self, after: &str) -> String {
        let query = self.list.query;
        let given: Vec<_> =
            FILTERS.iter().map(|name| (*name, query.now(name))).filter(|(_, value)| !value.is_empty()).collect();
        let pairs = given.iter().map(|(name, value)| (*name, value.as_str()));
        let query = url::encode([("limit", "200"), ("after", after)].into_iter().chain(pairs));
        self.path.with_value(|path| format!("{path}?{query}"))
    }

    fn add(self, oldest_first: Vec<AuditEventView>) {
        if oldest_first.is_empty() {
            return;
        }
        let count = oldest_first.len();
        self.said.set(if count == 1 { "1 new event".to_owned() } else { format!("{count} new events") });
        self.news.update(|news| {
            news.splice(0..0, oldest_first.into_iter().rev());
            news.truncate(MOST);
        });
    }
}

/// Follow, or pause.
#[component]
pub(super) fn TailSwitch(tail: Tail) -> impl IntoView {
    let query = tail.list.query;
    let press = move |()| {
        let on = !tail.on.get_untracked();
        tail.said.set(if on { "Following".to_owned() } else { "Paused".to_owned() });
        // Only the newest page grows.
        if on && !query.now("cursor").is_empty() {
            query.change(&[("cursor", "")], true);
        }
        tail.on.set(on);
    };
    view! {
        <span class="quiet small live-said" role="status" aria-live="polite">{tail.said}</span>
        <span class="live" class:on=tail.on>
            <Button action="follow" on_click=press>
                {move || if tail.on.get() {
                    view! { <span class="live-dot" aria-hidden="true"></span> "Pause" }.into_any()
                } else {
                    view! { <IconView icon=Icon::Play size=14/> "Follow live" }.into_any()
                }}
            </Button>
        </span>
    }
}
