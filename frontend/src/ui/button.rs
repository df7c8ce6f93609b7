//! What is pressed. One primary button a page, at most.

use std::time::Duration;

use leptos::{ev, html, prelude::*, task::spawn_local};

use super::icon::{Icon, IconView};
use super::{clipboard, page::Spinner};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Weight {
    /// One of several.
    #[default]
    Secondary,
    /// What the page is for.
    Primary,
    /// Hardly there.
    Plain,
    /// It destroys something.
    Danger,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Self::Secondary => "button",
            Self::Primary => "button primary",
            Self::Plain => "button plain",
            Self::Danger => "button danger",
        }
    }
}

/// A button. While it is busy it keeps the focus and does nothing.
#[component]
pub(crate) fn Button(
    /// What it says.
    children: Children,
    #[prop(optional)] weight: Weight,
    #[prop(optional, into)] id: Option<String>,
    /// The `data-action`.
    #[prop(optional)]
    action: Option<&'static str>,
    /// Whether it sends its form.
    #[prop(optional)]
    submit: bool,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
) -> impl IntoView {
    let press = move |event: ev::MouseEvent| match on_click {
        _ if busy.get_untracked() => event.prevent_default(),
        Some(on_click) => on_click.run(()),
        None => {}
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=weight.class()
            id=id
            data-action=action
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            on:click=press
        >
            {move || busy.get().then(|| view! { <Spinner/> })}
            {children()}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub(crate) fn ButtonLink(
    children: Children,
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] weight: Weight,
    #[prop(optional)] action: Option<&'static str>,
) -> impl IntoView {
    view! { <a class=weight.class() href=href data-action=action>{children()}</a> }
}

/// A button that is only a picture; `label` says what it does.
#[component]
pub(crate) fn IconButton(
    icon: Icon,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on_click: Callback<()>,
    #[prop(optional)] action: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            data-action=action
            aria-label=label
            title=label
            on:click=move |_| on_click.run(())
        >
            <IconView icon/>
        </button>
    }
}

/// Copies a text. Without a `label` it is only a picture.
#[component]
pub(crate) fn CopyButton(
    #[prop(into)] text: Signal<String>,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let outcome = RwSignal::new(None::<bool>);
    let button = NodeRef::<html::Button>::new();
    let press = move |_| {
        let text = text.get_untracked();
        let near = button.get_untracked().map(Into::into);
        spawn_local(async move {
            outcome.set(Some(clipboard::copy(&text, near).await));
            set_timeout(
                move || {
                    outcome.try_set(None);
                },
                Duration::from_secs(2),
            );
        });
    };
    let is_bare = label.is_none();
    let name = label.clone().unwrap_or_else(|| "Copy".to_owned());
    let said = move || match outcome.get() {
        Some(true) => "Copied",
        Some(false) => "Could not copy; select the text and copy it yourself",
        None => "",
    };
    let picture = move || match outcome.get() {
        Some(true) => Icon::Check,
        Some(false) => Icon::Warning,
        None => Icon::Copy,
    };
    view! {
        <span class="copy">
            <button
                type="button"
                node_ref=button
                class=if is_bare { "icon-button" } else { "button small" }
                class:done=move || outcome.get() == Some(true)
                data-action="copy"
                aria-label=is_bare.then(|| name.clone())
                title=is_bare.then(|| name.clone())
                on:click=press
            >
                {move || view! { <IconView icon=picture()/> }}
                {label}
            </button>
            <span class="visually-hidden" role="status">{said}</span>
        </span>
    }
}
