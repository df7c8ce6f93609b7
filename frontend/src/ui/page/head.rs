//! The head of a page, and the title of the browser's tab.

use leptos::prelude::*;

use crate::ui::icon::{Icon, IconView};

/// The page's one `h1`, what the page is about, and what can be done on it.
#[component]
pub(crate) fn PageHead(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] about: Option<Signal<String>>,
    #[prop(optional, into)] actions: Option<ViewFn>,
    /// Where one came from: address and name.
    #[prop(optional)]
    back: Option<(String, String)>,
) -> impl IntoView {
    Effect::new(move || title.with(|title| document().set_title(&format!("{title} · Cardea"))));
    view! {
        <header class="page-head">
            {back.map(|(href, label)| {
                view! { <a class="back" href=href><IconView icon=Icon::ArrowLeft size=14/>{label}</a> }
            })}
            <div class="page-head-row">
                <h1 tabindex="-1">{title}</h1>
                {actions.map(|actions| view! { <div class="actions">{actions.run()}</div> })}
            </div>
            {about.map(|about| view! { <p class="about">{about}</p> })}
        </header>
    }
}
