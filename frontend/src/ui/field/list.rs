//! A list of lines: each its own input. Enter adds one, several lines pasted become several.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::frame::{Below, described_by, invalid};
use crate::ui::button::IconButton;
use crate::ui::icon::{Icon, IconView};

/// The lines. There is always one to write in, though `values` be empty.
#[component]
pub(crate) fn ListField(
    #[prop(into)] label: String,
    values: RwSignal<Vec<String>>,
    #[prop(into)] id: String,
    #[prop(optional)] name: Option<&'static str>,
    #[prop(optional, into)] hint: Option<String>,
    /// What is wrong with which line.
    #[prop(optional, into)]
    problems: Signal<Vec<(usize, String)>>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] add_label: Option<String>,
    /// Only shown.
    #[prop(optional)]
    read_only: bool,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint.as_ref().map(|_| hint_id.clone());
    let list = StoredValue::new(id.clone());
    let stem = StoredValue::new(label.clone());
    let add = move |_| {
        let last = values.with_untracked(|values| values.len().max(1)) - 1;
        insert(values, last);
        list.with_value(|id| focus(id, last + 1));
    };
    view! {
        <fieldset class="field list" id=id aria-describedby=described>
            <legend class="label">
                {label} {name.map(|name| view! { <code class="oauth-name">{name}</code> })}
            </legend>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <For each=move || 0..values.with(|values| values.len().max(1)) key=|index| *index let:index>
                <Line list stem values index problems placeholder=placeholder.clone() read_only/>
            </For>
            {(!read_only).then(|| view! {
                <button type="button" class="button plain small" data-action="add-line" on:click=add>
                    <IconView icon=Icon::Plus size=14/>
                    {add_label.unwrap_or_else(|| "Add another".to_owned())}
                </button>
            })}
        </fieldset>
    }
}

#[component]
fn Line(
    list: StoredValue<String>,
    stem: StoredValue<String>,
    values: RwSignal<Vec<String>>,
    index: usize,
    problems: Signal<Vec<(usize, String)>>,
    placeholder: Option<String>,
    read_only: bool,
) -> impl IntoView {
    let id = list.with_value(|list| format!("{list}-{index}"));
    let label = stem.with_value(|stem| format!("{stem}, line {}", index + 1));
    let problem = Signal::derive(move || {
        problems.with(|all| all.iter().find(|(at, _)| *at == index).map(|(_, text)| text.clone()))
    });
    let described = described_by(&id, false, problem);
    let remove = move |()| {
        values.update(|values| {
            if index < values.len() {
                values.remove(index);
            }
        });
        list.with_value(|list| focus(list, index.saturating_sub(1)));
    };
    let alone = move || values.with(|values| values.len() < 2 && values.first().is_none_or(String::is_empty));
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() && !read_only {
            event.prevent_default();
            insert(values, index);
            list.with_value(|list| focus(list, index + 1));
        }
    };
    let paste = move |event: ev::ClipboardEvent| {
        let Some(text) = pasted(&event).filter(|_| !read_only) else { return };
        let Some(lines) = lines_of(&text) else { return };
        event.prevent_default();
        let last = index + lines.len() - 1;
        values.update(|values| splice(values, index, lines));
        list.with_value(|list| focus(list, last));
    };
    view! {
        <div class="line">
            <div class="line-row">
                <input
                    class="input mono"
                    type="text"
                    id=id.clone()
                    aria-label=label.clone()
                    placeholder=placeholder
                    readonly=read_only
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=invalid(problem)
                    aria-describedby=described
                    prop:value=move || values.with(|values| values.get(index).cloned().unwrap_or_default())
                    on:input=move |event| write(values, index, event_target_value(&event))
                    on:keydown=press
                    on:paste=paste
                />
                {(!read_only).then(|| view! {
                    <span class:invisible=alone>
                        <IconButton icon=Icon::Close label=format!("Remove {label}") on_click=remove action="remove-line"/>
                    </span>
                })}
            </div>
            <Below id hint=None problem/>
        </div>
    }
}

fn write(values: RwSignal<Vec<String>>, index: usize, text: String) {
    values.update(|values| match values.get_mut(index) {
        Some(value) => *value = text,
        None => values.push(text),
    });
}

/// Puts an empty line after `index`, unless one of the two is empty already.
fn insert(values: RwSignal<Vec<String>>, index: usize) {
    values.update(|values| {
        if values.get(index).is_some_and(|value| !value.is_empty())
            && values.get(index + 1).is_none_or(|value| !value.is_empty())
        {
            values.insert(index + 1, String::new());
        }
    });
}

/// Puts `lines` where line `index` is, which stays if it says something.
fn splice(values: &mut Vec<String>, index: usize, lines: Vec<String>) {
    let is_empty = values.get(index).is_none_or(String::is_empty);
    let at = index.min(values.len());
    let end = if is_empty { (at + 1).min(values.len()) } else { at };
    values.splice(at..end, lines);
}

/// The lines of a text that has several.
fn lines_of(text: &str) -> Option<Vec<String>> {
    let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    (lines.len() > 1).then_some(lines)
}

fn pasted(event: &ev::ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text").ok()
}

/// Moves the focus to line `index`, once it is there.
fn focus(list: &str, index: usize) {
    let id = format!("{list}-{index}");
    request_animation_frame(move || {
        if let Some(line) =
            document().get_element_by_id(&id).and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = line.focus();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lines_become_several_values_and_one_stays_one() {
        assert_eq!(lines_of("https://a.example/\r\n\n  https://b.example/ \n").map(|lines| lines.len()), Some(2));
        assert_eq!(lines_of("https://a.example/\n"), None);
    }

    #[test]
    fn pasted_lines_take_the_place_of_an_empty_one_and_stand_before_a_written_one() {
        let two = || vec!["x".to_owned(), "y".to_owned()];
        for (before, index, after) in [
            (vec![], 0, vec!["x", "y"]),
            (vec![""], 0, vec!["x", "y"]),
            (vec!["a", "", "b"], 1, vec!["a", "x", "y", "b"]),
            (vec!["a"], 0, vec!["x", "y", "a"]),
        ] {
            let mut values: Vec<String> = before.into_iter().map(str::to_owned).collect();
            splice(&mut values, index, two());
            assert_eq!(values, after);
        }
    }
}
