//! Choosing one of many by searching for them: the server searches, a few are shown.

use std::future::Future;

use leptos::prelude::*;

use crate::api::{Api, Failure};
use crate::data::{load, rested, shown};
use crate::ui::field::{Card, RadioCards};
use crate::ui::table::SearchField;

/// A search field and what was found, one of which is chosen.
#[component]
pub(super) fn Picker<F, A>(
    #[prop(into)] label: String,
    #[prop(into)] id: String,
    /// Asks the server for what fits the text.
    ask: F,
    /// The value of the card that is chosen.
    chosen: RwSignal<String>,
    /// What is said when nothing fits.
    #[prop(into)]
    empty: String,
) -> impl IntoView
where
    F: Fn(Api, String) -> A + Send + Sync + Clone + 'static,
    A: Future<Output = Result<Vec<Card>, Failure>> + 'static,
{
    let text = RwSignal::new(String::new());
    let rested = rested(text);
    let found = load(move || rested.get(), ask);
    let empty = StoredValue::new(empty);
    let name = StoredValue::new(format!("{id}-found"));
    view! {
        <div class="stack">
            <SearchField value=text label id/>
            {shown(found, 3, move |cards| if cards.is_empty() {
                view! { <p class="quiet" role="status">{empty.get_value()}</p> }.into_any()
            } else {
                view! { <RadioCards legend="Choose one" name=name.get_value() value=chosen cards/> }.into_any()
            })}
        </div>
    }
}
