//! One of several, and yes or no.

use leptos::prelude::*;

use super::frame::{Frame, described_by, invalid};

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is kept.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
    /// Whether it cannot be chosen.
    pub(crate) disabled: bool,
}

impl Choice {
    /// Something that can be chosen.
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), disabled: false }
    }
}

/// The options of a select whose value is `value`.
pub(in crate::ui) fn options(choices: Vec<Choice>, value: RwSignal<String>) -> impl IntoView {
    choices
        .into_iter()
        .map(|choice| {
            let own = choice.value.clone();
            view! {
                <option value=choice.value disabled=choice.disabled prop:selected=move || value.with(|value| *value == own)>
                    {choice.label}
                </option>
            }
        })
        .collect_view()
}

/// One of several, in a list that opens.
#[component]
pub(crate) fn SelectField(
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(into)] id: String,
    #[prop(into)] options: Signal<Vec<Choice>>,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] problem: Signal<Option<String>>,
) -> impl IntoView {
    let described = described_by(&id, hint.is_some(), problem);
    view! {
        <Frame id=id.clone() label name hint problem>
            <select
                class="input"
                id=id
                aria-invalid=invalid(problem)
                aria-describedby=described
                on:change=move |event| value.set(event_target_value(&event))
            >
                {move || self::options(options.get(), value)}
            </select>
        </Frame>
    }
}

/// Yes or no, sent with the rest of a form.
#[component]
pub(crate) fn Checkbox(
    #[prop(into)] label: String,
    checked: RwSignal<bool>,
    #[prop(into)] id: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Tick label checked id hint disabled role=None/> }
}

/// On or off.
#[component]
pub(crate) fn Switch(
    #[prop(into)] label: String,
    checked: RwSignal<bool>,
    #[prop(into)] id: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Tick label checked id hint disabled role=Some("switch")/> }
}

#[component]
fn Tick(
    label: String,
    checked: RwSignal<bool>,
    id: String,
    hint: Option<String>,
    disabled: Signal<bool>,
    role: Option<&'static str>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="tick" class:disabled=disabled>
            <input
                type="checkbox"
                class=role.unwrap_or("box")
                role=role
                id=id.clone()
                disabled=disabled
                aria-describedby=hint.as_ref().map(|_| hint_id.clone())
                prop:checked=checked
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <div>
                <label for=id>{label}</label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id.clone()>{hint}</p> })}
            </div>
        </div>
    }
}
