//! A line of text, and several.

use leptos::{html, prelude::*};

use super::frame::{Frame, described_by, invalid};

/// One line.
#[component]
pub(crate) fn TextField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] id: String,
    /// What the standard calls it.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// The `type`: `text`, `url`, `number`, `email` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] monospaced: bool,
    #[prop(optional)] read_only: bool,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    if autofocus {
        Effect::new(move || {
            if let Some(input) = input.get() {
                let _ = input.focus();
            }
        });
    }
    let described = described_by(&id, hint.is_some(), problem);
    view! {
        <Frame id=id.clone() label name hint problem required>
            <input
                class="input"
                class:mono=monospaced || kind == "url"
                node_ref=input
                type=kind
                id=id
                placeholder=placeholder
                required=required
                autofocus=autofocus
                readonly=read_only
                autocomplete=if kind == "password" { "new-password" } else { "off" }
                autocapitalize="none"
                spellcheck=if monospaced || kind != "text" { "false" } else { "true" }
                aria-invalid=invalid(problem)
                aria-describedby=described
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        on_blur.run(());
                    }
                }
            />
        </Frame>
    }
}

/// Several lines.
#[component]
pub(crate) fn TextArea(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] id: String,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] monospaced: bool,
    #[prop(optional)] read_only: bool,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let input = NodeRef::<html::Textarea>::new();
    if autofocus {
        Effect::new(move || {
            if let Some(input) = input.get() {
                let _ = input.focus();
            }
        });
    }
    let described = described_by(&id, hint.is_some(), problem);
    view! {
        <Frame id=id.clone() label name hint problem required>
            <textarea
                class="input"
                class:mono=monospaced
                node_ref=input
                id=id
                rows=rows
                placeholder=placeholder
                required=required
                autofocus=autofocus
                readonly=read_only
                autocomplete="off"
                spellcheck=if monospaced { "false" } else { "true" }
                aria-invalid=invalid(problem)
                aria-describedby=described
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        on_blur.run(());
                    }
                }
            ></textarea>
        </Frame>
    }
}
