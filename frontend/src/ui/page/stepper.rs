//! Where one is on a way of several steps.

use leptos::prelude::*;

use crate::ui::icon::{Icon, IconView};

/// The steps, with the one that is done now marked. Steps count from 0.
#[component]
pub(crate) fn Stepper(steps: Vec<String>, #[prop(into)] current: Signal<usize>) -> impl IntoView {
    let one = move |(index, label): (usize, String)| {
        view! {
            <li
                class="step"
                class:done=move || index < current.get()
                aria-current=move || (index == current.get()).then_some("step")
            >
                <span class="step-sign" aria-hidden="true">
                    {move || if index < current.get() {
                        view! { <IconView icon=Icon::Check size=12/> }.into_any()
                    } else {
                        (index + 1).into_any()
                    }}
                </span>
                <span>
                    {label}
                    {move || (index < current.get()).then(|| view! { <span class="visually-hidden">" (done)"</span> })}
                </span>
            </li>
        }
    };
    view! { <ol class="stepper">{steps.into_iter().enumerate().map(one).collect_view()}</ol> }
}
