//! What is said beside the data. The tone is never colour alone: a picture and, for those who hear the page, a word goes with it.

use leptos::prelude::*;

use crate::ui::icon::{Icon, IconView};

/// How good or bad it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Neither.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// As it should be.
    Good,
    /// To be looked at.
    Warn,
    /// To be mended.
    Bad,
}

impl Tone {
    /// The class that colours it.
    pub(in crate::ui) fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The picture that goes with it.
    pub(in crate::ui) fn icon(self) -> Icon {
        match self {
            Self::Neutral | Self::Info => Icon::Info,
            Self::Good => Icon::Check,
            Self::Warn | Self::Bad => Icon::Warning,
        }
    }
}

/// A few sentences that matter here.
#[component]
pub(crate) fn Notice(
    tone: Tone,
    #[prop(optional, into)] title: Option<String>,
    children: Children,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let role = (tone == Tone::Bad).then_some("alert");
    view! {
        <div class=format!("notice {}", tone.class()) id=id role=role>
            <IconView icon=tone.icon() size=18/>
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    }
}

/// A word or two on a state.
#[component]
pub(crate) fn Badge(tone: Tone, children: Children) -> impl IntoView {
    view! { <span class=format!("badge {}", tone.class())>{children()}</span> }
}

/// What stands where nothing is yet: what would be here, and how to get it.
#[component]
pub(crate) fn EmptyState(
    icon: Icon,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// Whether it is the whole page, and its title the page's.
    #[prop(optional)]
    page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    if page {
        document().set_title(&format!("{title} · Cardea"));
    }
    let heading = if page {
        view! { <h1 class="empty-title" tabindex="-1">{title}</h1> }.into_any()
    } else {
        view! { <p class="empty-title">{title}</p> }.into_any()
    };
    view! {
        <div class="empty">
            <span class="empty-icon"><IconView icon size=22/></span>
            {heading}
            <p class="empty-text">{text}</p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
