//! The first steps: from nothing to a token in three.

mod first_steps;

use leptos::prelude::*;

pub(crate) use first_steps::FirstSteps;

use crate::ui::page::PageHead;

/// To come.
#[component]
pub(crate) fn Welcome() -> impl IntoView {
    view! { <PageHead title="Welcome"/> }
}
