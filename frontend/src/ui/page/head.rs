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
                <div class="page-head-text">
                    <h1 tabindex="-1">{title}</h1>
                    {about.map(|about| view! { <p class="about">{about}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="actions">{actions.run()}</div> })}
            </div>
        </header>
    }
}
