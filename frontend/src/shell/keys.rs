//! Keys that work on every page, and the dialog that tells them.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::dialog::Dialog;
use crate::ui::kbd::Kbd;

/// What is open over the page.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    pub(super) palette: RwSignal<bool>,
    pub(super) switcher: RwSignal<bool>,
    pub(super) help: RwSignal<bool>,
}

impl Keys {
    /// Makes it there for everything inside the caller.
    pub(super) fn provide() {
        let closed = || RwSignal::new(false);
        provide_context(Self { palette: closed(), switcher: closed(), help: closed() });
    }
}

/// What is open over the page.
pub(super) fn use_keys() -> Keys {
    use_context().unwrap_or_else(|| {
        let closed = || RwSignal::new(false);
        Keys { palette: closed(), switcher: closed(), help: closed() }
    })
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    Palette,
    Search,
    Help,
}

/// What a key asks for. While somebody types, only keys with Ctrl do.
fn meant(key: &str, control: bool, alt: bool, typing: bool) -> Option<Meant> {
    match key {
        "k" | "K" if control && !alt => Some(Meant::Palette),
        "/" if !control && !alt && !typing => Some(Meant::Search),
        "?" if !control && !alt && !typing => Some(Meant::Help),
        _ => None,
    }
}

/// Listens to the keys, and explains them.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let keys = use_keys();
    let listener = window_event_listener(ev::keydown, move |event| {
        let control = event.ctrl_key() || event.meta_key();
        let Some(meant) = meant(&event.key(), control, event.alt_key(), is_typing(&event)) else { return };
        let in_dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
        match meant {
            Meant::Palette if keys.palette.get_untracked() => keys.palette.set(false),
            _ if in_dialog => return,
            Meant::Palette => keys.palette.set(true),
            Meant::Help => keys.help.set(true),
            Meant::Search => {
                let field = document().query_selector("#main [data-search]").ok().flatten();
                let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
                let _ = field.focus();
            }
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
    view! {
        <Dialog open=keys.help title="Keys" id="keys-dialog">
            <dl class="key-list">
                <div><dt><Kbd>"Ctrl K"</Kbd></dt><dd>"Find a page, a client or an action"</dd></div>
                <div><dt><Kbd>"/"</Kbd></dt><dd>"Search in the list of this page"</dd></div>
                <div><dt><Kbd>"?"</Kbd></dt><dd>"Show these keys"</dd></div>
                <div><dt><Kbd>"↑"</Kbd> " " <Kbd>"↓"</Kbd> " " <Kbd>"Enter"</Kbd></dt><dd>"Choose what was found"</dd></div>
                <div><dt><Kbd>"Esc"</Kbd></dt><dd>"Close what is open"</dd></div>
            </dl>
        </Dialog>
    }
}

fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.matches("input, textarea, select, [contenteditable]").unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_into_a_field_is_text_and_no_command() {
        assert_eq!(meant("/", false, false, false), Some(Meant::Search));
        assert_eq!(meant("?", false, false, false), Some(Meant::Help));
        assert_eq!((meant("/", false, false, true), meant("?", false, false, true)), (None, None));
        assert_eq!(meant("k", true, false, true), Some(Meant::Palette));
        assert_eq!((meant("k", false, false, false), meant("k", true, true, false)), (None, None));
    }
}
