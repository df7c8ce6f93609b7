//! Editing one object of the management API: a draft beside what is saved, what is wrong with it, what somebody else did
//! to it meanwhile. What is sent is a merge patch of what differs (RFC 7396), under the version it was read at.

use leptos::prelude::*;
use serde_json::{Map, Value};

use cardea_protocol::violation::Violation;

use crate::api::{Api, Failure, Kind, Tagged, use_api};
use crate::client_form::of_field;

mod guard;
mod members;
mod patch;
mod save_bar;

pub(crate) use guard::guard;
pub(crate) use patch::merge_patch;
pub(crate) use save_bar::SaveBar;

type Judge = Box<dyn Fn(&Value) -> Vec<Violation> + Send + Sync>;

/// One object being edited.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    api: Api,
    /// The object as it is.
    pub(crate) saved: RwSignal<Value>,
    etag: RwSignal<Option<String>>,
    /// The object as it would become.
    pub(crate) draft: RwSignal<Value>,
    judge: StoredValue<Option<Judge>>,
    /// Why the last save failed.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// What somebody else has made of the object meanwhile.
    conflict: RwSignal<Option<Tagged<Value>>>,
    /// Whether a save is under way.
    pub(crate) busy: RwSignal<bool>,
    /// Counts the times that the draft was set anew from outside its fields, which then read it again.
    round: RwSignal<u32>,
}

impl Form {
    /// Edits `object`.
    pub(crate) fn of(object: Tagged<Value>) -> Self {
        Self {
            api: use_api(),
            saved: RwSignal::new(object.value.clone()),
            etag: RwSignal::new(object.etag),
            draft: RwSignal::new(object.value),
            judge: StoredValue::new(None),
            failure: RwSignal::new(None),
            conflict: RwSignal::new(None),
            busy: RwSignal::new(false),
            round: RwSignal::new(0),
        }
    }

    /// Judges each draft with `judge`, the validator that the server has.
    #[must_use]
    pub(crate) fn judged(self, judge: impl Fn(&Value) -> Vec<Violation> + Send + Sync + 'static) -> Self {
        self.judge.set_value(Some(Box::new(judge)));
        self
    }

    /// What the validator says of the draft, followed.
    pub(crate) fn violations(self) -> Vec<Violation> {
        let draft = self.draft.get();
        self.judge.with_value(|judge| judge.as_ref().map(|judge| judge(&draft)).unwrap_or_default())
    }

    /// What is wrong with the member at `pointer`: by the validator, else by the server's last word on it.
    pub(crate) fn problem(self, pointer: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            if !self.differs(pointer) {
                return None;
            }
            let violations = self.violations();
            let mine = of_field(&violations, pointer).next().map(|violation| violation.message.clone());
            mine.or_else(|| self.failure.with(|failure| failure.as_ref().and_then(|failure| failure.at(pointer))))
        })
    }

    /// As [`Self::problem`], for each item of a list.
    pub(crate) fn problems(self, pointer: &'static str) -> Signal<Vec<(usize, String)>> {
        Signal::derive(move || {
            let mut violations = self.violations();
            violations.extend(self.failure.get().map(|failure| failure.errors).unwrap_or_default());
            let of_item = |violation: &Violation| {
                let index =
                    violation.pointer.strip_prefix(pointer)?.strip_prefix('/')?.split('/').next()?.parse().ok()?;
                Some((index, violation.message.clone()))
            };
            violations.iter().filter_map(of_item).collect()
        })
    }

    /// Whether anything was changed.
    pub(crate) fn changed(self) -> Signal<bool> {
        Memo::new(move |_| self.draft.with(|draft| self.saved.with(|saved| draft != saved))).into()
    }

    /// Takes everything back.
    pub(crate) fn discard(self) {
        self.draft.set(self.saved.get_untracked());
        self.failure.set(None);
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// Takes an answer of the server for what is saved.
    pub(crate) fn take(self, object: Tagged<Value>) {
        self.etag.set(object.etag);
        self.saved.set(object.value.clone());
        self.draft.set(object.value);
        self.failure.set(None);
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// Sends what differs; answers whether it was saved. On a conflict the other's version is fetched.
    pub(crate) async fn save(self, path: String) -> Option<Tagged<Value>> {
        let api = self.api;
        let patch = merge_patch(&self.saved.get_untracked(), &self.draft.get_untracked());
        let etag = self.etag.get_untracked();
        self.busy.set(true);
        let answer = api.patch::<Value>(&path, &patch, etag.as_deref()).await;
        self.busy.set(false);
        match answer {
            Ok(object) => {
                self.take(object.clone());
                Some(object)
            }
            Err(failure) if failure.kind == Kind::Changed => {
                match api.read(&path).await {
                    Ok(theirs) => self.conflict.set(Some(theirs)),
                    Err(failure) => self.failure.set(Some(failure)),
                }
                None
            }
            Err(failure) => {
                self.failure.set(Some(failure));
                None
            }
        }
    }

    /// Ends a conflict: with my changes upon the other's version, or with that version alone.
    fn settle(self, keep_mine: bool) {
        let Some(theirs) = self.conflict.get_untracked() else { return };
        let mine = merge_patch(&self.saved.get_untracked(), &self.draft.get_untracked());
        self.conflict.set(None);
        self.take(theirs);
        if keep_mine {
            self.draft.update(|draft| patch::apply(draft, &mine));
            self.round.update(|round| *round = round.wrapping_add(1));
        }
    }

    fn differs(self, pointer: &str) -> bool {
        let changed =
            self.draft.with(|draft| self.saved.with(|saved| draft.pointer(pointer) != saved.pointer(pointer)));
        changed || self.failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.at(pointer).is_some()))
    }

    /// As [`Self::set`], from outside of the member's field, which then reads it again.
    pub(crate) fn put(self, member: &str, value: Value) {
        self.set(member, value);
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// Sets a member of the draft; `Null` takes it out.
    pub(crate) fn set(self, member: &str, value: Value) {
        self.draft.update(|draft| {
            if !draft.is_object() {
                *draft = Value::Object(Map::new());
            }
            if let Some(members) = draft.as_object_mut() {
                match value {
                    Value::Null => drop(members.remove(member)),
                    value => drop(members.insert(member.to_owned(), value)),
                }
            }
        });
    }
}
