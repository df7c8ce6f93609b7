//! Text for machines: to be read, copied, downloaded; and secrets, which are covered until asked for.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::button::CopyButton;
use super::icon::{Icon, IconView};
use super::unique;

pub(crate) use super::clipboard::download;

/// A text that scrolls within itself. With a file name it can be downloaded.
#[component]
pub(crate) fn CodeBlock(
    #[prop(into)] text: Signal<String>,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional, into)] file_name: Option<String>,
    #[prop(default = "text/plain")] media_type: &'static str,
) -> impl IntoView {
    let spoken = label.clone().or(file_name.clone()).unwrap_or_else(|| "Code".to_owned());
    let offered = file_name.clone();
    let save = file_name.map(|name| {
        let press = move |_| text.with_untracked(|text| download(&name, media_type, text));
        view! {
            <button type="button" class="button small" data-action="download" on:click=press>
                <IconView icon=Icon::Download size=14/>
                "Download"
            </button>
        }
    });
    view! {
        <div class="code-block">
            <div class="code-head">
                <span class="code-label">{label.or(offered)}</span>
                <div class="actions">{save} <CopyButton text label="Copy"/></div>
            </div>
            <pre tabindex="0" role="group" aria-label=spoken><code>{text}</code></pre>
        </div>
    }
}

/// A secret behind dots.
#[component]
pub(crate) fn Reveal(#[prop(into)] secret: Signal<String>, #[prop(into)] label: String) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let shown = move || if is_open.get() { secret.get() } else { "•".repeat(24) };
    let id = unique::id("secret");
    view! {
        <div class="reveal">
            <span class="label" id=id.clone()>{label.clone()}</span>
            <div class="reveal-row">
                <code aria-labelledby=id role="group">
                    {move || (!is_open.get()).then(|| view! { <span class="visually-hidden">"Hidden"</span> })}
                    <span aria-hidden=move || (!is_open.get()).then_some("true")>{shown}</span>
                </code>
                <button
                    type="button"
                    class="button small"
                    data-action="reveal"
                    aria-pressed=move || if is_open.get() { "true" } else { "false" }
                    aria-label=format!("Show {label}")
                    on:click=move |_| is_open.update(|open| *open = !*open)
                >
                    {move || if is_open.get() {
                        view! { <IconView icon=Icon::EyeOff size=14/> "Hide" }
                    } else {
                        view! { <IconView icon=Icon::Eye size=14/> "Show" }
                    }}
                </button>
                <CopyButton text=secret label="Copy"/>
            </div>
        </div>
    }
}

/// The same in several languages: name and text. Arrow keys go from one to the next (ARIA APG, Tabs).
#[component]
pub(crate) fn CodeTabs(#[prop(into)] tabs: Signal<Vec<(String, String)>>) -> impl IntoView {
    let chosen = RwSignal::new(0usize);
    let stem = StoredValue::new(unique::id("code"));
    let tab_id = move |index: usize| stem.with_value(|stem| format!("{stem}-{index}"));
    let panel = stem.with_value(|stem| format!("{stem}-panel"));
    let text =
        Signal::derive(move || tabs.with(|tabs| tabs.get(chosen.get()).map(|tab| tab.1.clone()).unwrap_or_default()));
    let press = move |event: ev::KeyboardEvent| {
        let count = tabs.with_untracked(Vec::len);
        if let Some(next) = next_of(&event.key(), chosen.get_untracked(), count) {
            event.prevent_default();
            chosen.set(next);
            let tab = document().get_element_by_id(&tab_id(next));
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = tab.focus();
            }
        }
    };
    let names = Memo::new(move |_| tabs.with(|tabs| tabs.iter().map(|tab| tab.0.clone()).collect::<Vec<_>>()));
    let controls = panel.clone();
    let one = move |(index, name): (usize, String)| {
        view! {
            <button
                type="button"
                role="tab"
                class="code-tab"
                id=tab_id(index)
                aria-controls=controls.clone()
                aria-selected=move || if chosen.get() == index { "true" } else { "false" }
                tabindex=move || if chosen.get() == index { "0" } else { "-1" }
                on:click=move |_| chosen.set(index)
                on:keydown=press
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="code-tabs">
            <div role="tablist" class="code-tablist" aria-label="Languages">
                {move || names.get().into_iter().enumerate().map(one.clone()).collect_view()}
            </div>
            <div role="tabpanel" id=panel aria-labelledby=move || tab_id(chosen.get())>
                <CodeBlock text label="Code"/>
            </div>
        </div>
    }
}

fn next_of(key: &str, now: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if now >= last { 0 } else { now + 1 }),
        "ArrowLeft" => Some(if now == 0 { last } else { now - 1 }),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_go_round() {
        assert_eq!(next_of("ArrowRight", 2, 3), Some(0));
        assert_eq!(next_of("ArrowLeft", 0, 3), Some(2));
        assert_eq!(next_of("ArrowRight", 0, 3), Some(1));
        assert_eq!((next_of("Home", 1, 3), next_of("End", 1, 3)), (Some(0), Some(2)));
        assert_eq!((next_of("a", 1, 3), next_of("End", 0, 0)), (None, None));
    }
}
