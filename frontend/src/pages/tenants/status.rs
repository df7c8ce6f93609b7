//! Active or not, in a word and in a filter.

use cardea_protocol::status::Status;
use leptos::prelude::*;

use crate::ui::field::Choice;
use crate::ui::page::{Badge, Tone};

/// Whether something is switched on.
#[component]
pub(crate) fn StatusBadge(status: Status) -> impl IntoView {
    match status {
        Status::Active => view! { <Badge tone=Tone::Good>"Active"</Badge> },
        Status::Inactive => view! { <Badge tone=Tone::Warn>"Disabled"</Badge> },
    }
}

/// What a list can be narrowed to.
pub(crate) fn choices() -> Vec<Choice> {
    vec![Choice::new("", "Any status"), Choice::new("active", "Active"), Choice::new("inactive", "Disabled")]
}
