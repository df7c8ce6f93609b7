//! What was typed is not lost by leaving: closing the page and following a link both ask first.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const QUESTION: &str = "You have changes that are not saved. Leave without them?";

/// Asks before the page is left while `changed`.
pub(crate) fn guard(changed: Signal<bool>) {
    let closing = window_event_listener(ev::beforeunload, move |event| {
        if changed.get_untracked() {
            event.prevent_default();
        }
    });
    // In the capturing phase, before the router sees the click.
    let following = window_event_listener_capturing(move |event| {
        let link =
            event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()?.closest("a[href]").ok()?);
        let elsewhere =
            link.is_some_and(|link| !link.has_attribute("download") && link.get_attribute("target").is_none());
        if elsewhere && changed.get_untracked() && !window().confirm_with_message(QUESTION).unwrap_or(true) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    on_cleanup(move || {
        closing.remove();
        following();
    });
}

/// Listens to clicks before anything in the page does; answers how to stop.
fn window_event_listener_capturing(listen: impl Fn(web_sys::Event) + 'static) -> impl FnOnce() + Send + Sync + 'static {
    let listener = wasm_bindgen::closure::Closure::<dyn Fn(web_sys::Event)>::new(listen);
    let _ = window().add_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true);
    let listener = StoredValue::new_local(listener);
    move || {
        listener.with_value(|listener| {
            let listener = listener.as_ref().unchecked_ref();
            let _ = window().remove_event_listener_with_callback_and_bool("click", listener, true);
        });
    }
}
