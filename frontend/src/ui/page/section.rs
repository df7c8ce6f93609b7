//! Parts of a page.

use leptos::prelude::*;

use crate::ui::unique;

/// A card with an `h2`.
#[component]
pub(crate) fn Section(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] about: Option<Signal<String>>,
    children: Children,
    #[prop(optional, into)] actions: Option<ViewFn>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let heading = unique::id("section");
    let named_by = heading.clone();
    view! {
        <section class="section" id=id aria-labelledby=named_by>
            <div class="section-head">
                <div>
                    <h2 id=heading>{title}</h2>
                    {about.map(|about| view! { <p class="about">{about}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="actions">{actions.run()}</div> })}
            </div>
            <div class="section-body">{children()}</div>
        </section>
    }
}

/// A part of a section, with an `h3`.
#[component]
pub(crate) fn SubSection(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] about: Option<Signal<String>>,
    children: Children,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    view! {
        <div class="subsection" id=id>
            <h3>{title}</h3>
            {about.map(|about| view! { <p class="about">{about}</p> })}
            <div class="subsection-body">{children()}</div>
        </div>
    }
}
