//! Members of the draft as the signals that fields take.

use leptos::prelude::*;
use serde_json::Value;

use super::Form;

impl Form {
    /// A text; empty when it is absent, absent when it is empty.
    pub(crate) fn text(self, member: &'static str) -> RwSignal<String> {
        let read = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let write = |text: String| if text.is_empty() { Value::Null } else { Value::String(text) };
        self.bound(member, read, write)
    }

    /// A list of texts.
    pub(crate) fn list(self, member: &'static str) -> RwSignal<Vec<String>> {
        let read = |value: Option<&Value>| {
            let items = value.and_then(Value::as_array).into_iter().flatten();
            items.filter_map(|item| item.as_str().map(str::to_owned)).collect::<Vec<_>>()
        };
        self.bound(member, read, |items: Vec<String>| {
            Value::Array(items.into_iter().filter(|item| !item.is_empty()).map(Value::String).collect())
        })
    }

    /// A yes or no.
    pub(crate) fn flag(self, member: &'static str) -> RwSignal<bool> {
        self.bound(member, |value| value.and_then(Value::as_bool).unwrap_or_default(), Value::Bool)
    }

    /// A duration in seconds; `None` when it is inherited.
    pub(crate) fn seconds(self, member: &'static str) -> RwSignal<Option<u64>> {
        self.bound(member, |value| value.and_then(Value::as_u64), |seconds| seconds.map_or(Value::Null, Value::from))
    }

    /// One word out of several, always there.
    pub(crate) fn choice(self, member: &'static str) -> RwSignal<String> {
        self.text(member)
    }

    /// A signal that follows `member` of the draft, and that it follows. An unchanged value leaves the draft as it was, so
    /// that a member which is absent is not made present by being looked at.
    pub(crate) fn bound<V>(
        self,
        member: &'static str,
        read: impl Fn(Option<&Value>) -> V + Copy + Send + Sync + 'static,
        write: impl Fn(V) -> Value + Copy + Send + Sync + 'static,
    ) -> RwSignal<V>
    where
        V: Clone + PartialEq + Send + Sync + 'static,
    {
        let now = move || self.draft.with_untracked(|draft| read(draft.get(member)));
        let signal = RwSignal::new(now());
        // Not at first: whoever made the signal may have set it by now.
        Effect::new(move |before: Option<()>| {
            self.round.track();
            if before.is_some() && signal.get_untracked() != now() {
                signal.set(now());
            }
        });
        Effect::new(move |_| {
            let value = signal.get();
            if value != now() {
                self.set(member, write(value));
            }
        });
        signal
    }
}
