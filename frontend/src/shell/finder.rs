//! Finding something by typing, and going there: a combobox over a list of links (ARIA APG, Combobox). The arrow keys go
//! through the list, Enter follows.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;

use crate::ui::icon::{Icon, IconView};

/// Something to go to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// What it belongs to; neighbours of one group stand under its name.
    pub(super) group: String,
    pub(super) label: String,
    /// What tells it from others of its name.
    pub(super) detail: String,
    pub(super) icon: Icon,
    pub(super) href: String,
}

const LIST: &str = "finder-list";

fn option_id(index: usize) -> String {
    format!("finder-{index}")
}

/// The field and the list.
#[component]
pub(super) fn Finder(
    #[prop(into)] label: String,
    text: RwSignal<String>,
    #[prop(into)] found: Signal<Vec<Found>>,
    /// Whether more may be found in a moment.
    #[prop(into)]
    busy: Signal<bool>,
    /// Once something was chosen.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    let active = RwSignal::new(0_usize);
    Effect::new(move |_| {
        found.track();
        active.set(0);
    });
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let press = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        if event.key() == "Enter" {
            event.prevent_default();
            follow(active.get_untracked());
        } else if let Some(next) = next(&event.key(), active.get_untracked(), count) {
            event.prevent_default();
            active.set(next);
            bring_into_view(next);
        }
    };
    let has_any = move || found.with(|found| !found.is_empty());
    let said = move || match (found.with(Vec::len), busy.get()) {
        (_, true) => "Searching".to_owned(),
        (0, false) => "Nothing fits. Try fewer letters.".to_owned(),
        (1, false) => "1 found".to_owned(),
        (count, false) => format!("{count} found"),
    };
    view! {
        <div class="finder">
            <div class="finder-field">
                <IconView icon=Icon::Search/>
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    id="finder"
                    node_ref=input
                    aria-label=label.clone()
                    placeholder=label
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-expanded=move || if has_any() { "true" } else { "false" }
                    aria-controls=move || has_any().then_some(LIST)
                    aria-activedescendant=move || has_any().then(|| option_id(active.get()))
                    prop:value=text
                    on:input=move |event| text.set(event_target_value(&event))
                    on:keydown=press
                />
            </div>
            {move || has_any().then(|| view! { <List found=found.get() active on_choose/> })}
            <p class="finder-said" class:visually-hidden=has_any role="status">{said}</p>
        </div>
    }
}

#[component]
fn List(found: Vec<Found>, active: RwSignal<usize>, on_choose: Callback<()>) -> impl IntoView {
    let mut groups: Vec<(String, Vec<(usize, Found)>)> = Vec::new();
    for (index, one) in found.into_iter().enumerate() {
        match groups.last_mut() {
            Some((name, members)) if *name == one.group => members.push((index, one)),
            _ => groups.push((one.group.clone(), vec![(index, one)])),
        }
    }
    let option = move |(index, one): (usize, Found)| {
        view! {
            <a
                role="option"
                tabindex="-1"
                class="finder-option"
                id=option_id(index)
                href=one.href
                aria-selected=move || if active.get() == index { "true" } else { "false" }
                on:click=move |_| on_choose.run(())
                on:mousemove=move |_| active.set(index)
            >
                <IconView icon=one.icon/>
                <span class="finder-label">{one.label}</span>
                <span class="finder-detail">{one.detail}</span>
            </a>
        }
    };
    let group = move |(name, members): (String, Vec<(usize, Found)>)| {
        let shown = name.clone();
        view! {
            <div role="group" aria-label=name>
                <p class="finder-group" aria-hidden="true">{shown}</p>
                {members.into_iter().map(option).collect_view()}
            </div>
        }
    };
    view! {
        <div role="listbox" id=LIST class="finder-list" aria-label="Found">{groups.into_iter().map(group).collect_view()}</div>
    }
}

fn next(key: &str, now: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(if now >= last { 0 } else { now + 1 }),
        "ArrowUp" => Some(if now == 0 { last } else { now - 1 }),
        _ => None,
    }
}

/// Follows the link as a click does, so that whoever guards unsaved changes is asked.
fn follow(index: usize) {
    let option = document().get_element_by_id(&option_id(index));
    if let Some(option) = option.and_then(|option| option.dyn_into::<web_sys::HtmlElement>().ok()) {
        option.click();
    }
}

fn bring_into_view(index: usize) {
    if let Some(option) = document().get_element_by_id(&option_id(index)) {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_go_round() {
        assert_eq!(next("ArrowDown", 0, 3), Some(1));
        assert_eq!(next("ArrowDown", 2, 3), Some(0));
        assert_eq!(next("ArrowUp", 0, 3), Some(2));
        assert_eq!((next("ArrowDown", 0, 0), next("x", 0, 3)), (None, None));
    }
}
