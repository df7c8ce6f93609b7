//! One question to the server, asked again when what it is about changes, or when told to.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, Failure, use_api};

/// How far a question has come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Loading<T> {
    /// Nothing has come yet.
    Waiting,
    /// The latest answer.
    Here(T),
    /// There is none.
    Failed(Failure),
}

/// A question and its latest answer. While it is asked again the old answer stays.
pub(crate) struct Load<T: Send + Sync + 'static> {
    pub(super) state: RwSignal<Loading<T>>,
    /// Whether an answer is awaited.
    pub(crate) busy: RwSignal<bool>,
    round: RwSignal<u32>,
}

impl<T: Send + Sync> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Load<T> {}

impl<T: Clone + Send + Sync + 'static> Load<T> {
    /// Asks again.
    pub(crate) fn again(self) {
        self.round.update(|round| *round = round.wrapping_add(1));
    }

    /// The latest answer, followed.
    pub(crate) fn value(self) -> Option<T> {
        self.state.with(|state| match state {
            Loading::Here(value) => Some(value.clone()),
            Loading::Waiting | Loading::Failed(_) => None,
        })
    }

    /// Puts an answer in place that came by another way, such as that of a change.
    pub(crate) fn put(self, value: T) {
        self.state.set(Loading::Here(value));
    }
}

/// Asks `ask` about `key`, and again whenever `key` has changed; an answer that a later question has overtaken is dropped.
pub(crate) fn load<K, T, F>(key: impl Fn() -> K + Send + Sync + 'static, ask: impl Fn(Api, K) -> F + 'static) -> Load<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let api = use_api();
    let key = Memo::new(move |_| key());
    let load = Load { state: RwSignal::new(Loading::Waiting), busy: RwSignal::new(true), round: RwSignal::new(0) };
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        load.round.track();
        let question = ask(api, key.get());
        let mine = asked.get_value().wrapping_add(1);
        asked.set_value(mine);
        load.busy.set(true);
        spawn_local(async move {
            let answer = question.await;
            // The page may be gone, or have asked anew.
            if asked.try_get_value() == Some(mine) {
                load.state.set(match answer {
                    Ok(value) => Loading::Here(value),
                    Err(failure) => Loading::Failed(failure),
                });
                load.busy.set(false);
            }
        });
    });
    load
}
