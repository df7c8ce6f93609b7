//! What stands around an input: its label with the name the standard gives it, the hint, and what is wrong.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::icon::{Icon, IconView};

/// Label, the input, hint, problem.
#[component]
pub(super) fn Frame(
    id: String,
    label: String,
    name: Option<&'static str>,
    hint: Option<String>,
    problem: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:invalid=move || problem.with(Option::is_some)>
            <label class="label" for=id.clone()>
                {label} {required.then(|| view! { <span class="required" aria-hidden="true">"*"</span> })}
                {name.map(|name| view! { <code class="oauth-name">{name}</code> })}
            </label>
            {children()}
            <Below id hint problem/>
        </div>
    }
}

/// The hint and the problem of the input `id`.
#[component]
pub(super) fn Below(id: String, hint: Option<String>, problem: Signal<Option<String>>) -> impl IntoView {
    let problem_id = format!("{id}-problem");
    view! {
        {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
        {move || {
            problem.get().map(|text| {
                view! { <p class="problem" id=problem_id.clone()><IconView icon=Icon::Warning size=14/><span>{text}</span></p> }
            })
        }}
    }
}

/// What `aria-describedby` of the input `id` points at.
pub(super) fn described_by(
    id: &str,
    has_hint: bool,
    problem: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Send + Sync + Clone + use<> {
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    move || match (has_hint, problem.with(Option::is_some)) {
        (false, false) => None,
        (true, false) => Some(hint_id.clone()),
        (false, true) => Some(problem_id.clone()),
        (true, true) => Some(format!("{problem_id} {hint_id}")),
    }
}

/// `aria-invalid` of an input with this problem.
pub(super) fn invalid(
    problem: Signal<Option<String>>,
) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || problem.with(Option::is_some).then_some("true")
}

/// Moves to the first field that has a problem, wherever on the page it is: whoever has just pressed a button far below would not see it.
pub(crate) fn point_out() {
    request_animation_frame(|| {
        let found = document().query_selector("main [aria-invalid=true]");
        if let Ok(Some(field)) = found
            && let Some(field) = field.dyn_ref::<web_sys::HtmlElement>()
        {
            let _ = field.focus();
        }
    });
}
