//! What is asked before anything else goes on. A native modal dialog: Escape closes it, the focus stays inside and returns to where
//! it was. A click beside it does nothing, so that nothing typed is lost.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::button::{Button, IconButton, Weight};
use super::field::TextField;
use super::icon::Icon;
use super::unique;

/// A dialog. What is in it is made when it opens and gone when it closes.
#[component]
pub(crate) fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    children: ChildrenFn,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let heading = unique::id("dialog");
    let named_by = heading.clone();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
                request_animation_frame(move || enter(&dialog));
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog class="dialog" node_ref=dialog id=id aria-labelledby=named_by on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=heading>{title}</h2>
                <IconButton icon=Icon::Close label="Close" action="close" on_click=move |()| open.set(false)/>
            </div>
            {move || open.get().then(|| view! { <div class="dialog-body">{children()}</div> })}
        </dialog>
    }
}

/// Moves the focus from the button that closes, which the browser finds first, to what the dialog is about.
fn enter(dialog: &web_sys::HtmlDialogElement) {
    let at = document().active_element().and_then(|at| at.get_attribute("data-action"));
    let first = dialog.query_selector(".dialog-body :is(input, select, textarea, button, a[href]):not(:disabled)");
    if at.as_deref() == Some("close")
        && let Ok(Some(first)) = first
        && let Some(first) = first.dyn_ref::<web_sys::HtmlElement>()
    {
        let _ = first.focus();
    }
}

/// Asks once more. With `typed`, the name has to be written out first.
#[component]
pub(crate) fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] confirm_label: String,
    #[prop(optional)] danger: bool,
    /// The name to write.
    #[prop(optional, into)]
    typed: Option<Signal<String>>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(into)] on_confirm: Callback<()>,
    #[prop(optional)] children: Option<ChildrenFn>,
) -> impl IntoView {
    let written = RwSignal::new(String::new());
    Effect::new(move || {
        if open.get() {
            written.set(String::new());
        }
    });
    let is_ready = move || typed.is_none_or(|typed| typed.with(|name| written.with(|written| written.trim() == name)));
    let is_not_ready = Signal::derive(move || !is_ready());
    let weight = if danger { Weight::Danger } else { Weight::Primary };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_ready() && !busy.get_untracked() {
            on_confirm.run(());
        }
    };
    let label = StoredValue::new(confirm_label);
    view! {
        <Dialog open title>
            <form class="stack" on:submit=send>
                <p>{text}</p>
                {children.clone().map(|children| children())}
                {typed.map(|typed| {
                    view! {
                        <TextField
                            label=format!("Write {} to confirm", typed.get_untracked())
                            id="confirm-typed"
                            value=written
                            monospaced=true
                            autofocus=true
                        />
                    }
                })}
                <div class="actions end">
                    <Button action="cancel" on_click=move |()| open.set(false)>"Cancel"</Button>
                    <Button action="confirm" submit=true weight busy disabled=is_not_ready>{label.get_value()}</Button>
                </div>
            </form>
        </Dialog>
    }
}
