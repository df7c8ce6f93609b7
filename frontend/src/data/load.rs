//! One question to the server, asked again when what it is about changes, or when told to.

use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, Failure, use_api};

/// An answer whose type only its [`Load`] knows: what follows it is compiled once, not once a type.
pub(super) type Answer = Arc<dyn Any + Send + Sync>;

type Question = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Answer, Failure>>>>>;

/// How far a question has come.
#[derive(Clone)]
pub(super) enum Loading {
    /// Nothing has come yet.
    Waiting,
    /// The latest answer.
    Here(Answer),
    /// There is none.
    Failed(Failure),
}

/// A question and its latest answer. While it is asked again the old answer stays.
pub(crate) struct Load<T> {
    pub(super) state: RwSignal<Loading>,
    /// Whether an answer is awaited.
    pub(crate) busy: RwSignal<bool>,
    round: RwSignal<u32>,
    answers: PhantomData<fn() -> T>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T> Load<T> {
    /// Asks again.
    pub(crate) fn again(self) {
        self.round.update(|round| *round = round.wrapping_add(1));
    }
}

impl<T: Clone + Send + Sync + 'static> Load<T> {
    /// The latest answer, followed.
    pub(crate) fn value(self) -> Option<T> {
        self.state.with(|state| match state {
            Loading::Here(answer) => Self::read(answer),
            Loading::Waiting | Loading::Failed(_) => None,
        })
    }

    /// Puts an answer in place that came by another way, such as that of a change.
    pub(crate) fn put(self, value: T) {
        self.state.set(Loading::Here(Arc::new(value)));
    }

    /// What `answer` is; every answer of this question is a `T`.
    pub(super) fn read(answer: &Answer) -> Option<T> {
        answer.downcast_ref::<T>().cloned()
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
    let load = Load {
        state: RwSignal::new(Loading::Waiting),
        busy: RwSignal::new(true),
        round: RwSignal::new(0),
        answers: PhantomData,
    };
    let question = move || {
        let answer = ask(api, key.get());
        Box::pin(async move { answer.await.map(|value| Arc::new(value) as Answer) }) as Pin<Box<_>>
    };
    keep_asking(load.state, load.busy, load.round, Box::new(question));
    load
}

fn keep_asking(state: RwSignal<Loading>, busy: RwSignal<bool>, round: RwSignal<u32>, question: Question) {
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        round.track();
        let answer = question();
        let mine = asked.get_value().wrapping_add(1);
        asked.set_value(mine);
        busy.set(true);
        spawn_local(async move {
            let answer = answer.await;
            // The page may be gone, or have asked anew.
            if asked.try_get_value() == Some(mine) {
                state.set(match answer {
                    Ok(value) => Loading::Here(value),
                    Err(failure) => Loading::Failed(failure),
                });
                busy.set(false);
            }
        });
    });
}
