//! How the workspace's sign-in pages look: one colour and a picture.

use leptos::prelude::*;

use crate::form::Form;
use crate::ui::button::Button;
use crate::ui::field::TextField;
use crate::ui::page::Section;

/// What the colour picker shows while there is no colour: that of the pages as they come.
const OURS: &str = "#3a4bb4";

/// Colour and logo.
#[component]
pub(super) fn Look(form: Form) -> impl IntoView {
    let color = form.text("accent_color");
    let logo = form.text("logo_uri");
    let is_set = move || color.with(|color| !color.is_empty());
    let shown = move || color.with(|color| if is_color(color) { color.clone() } else { OURS.to_owned() });
    // Not while it is typed: each letter would ask another server.
    let written = RwSignal::new(logo.get_untracked());
    let wrong = form.problem("/logo_uri");
    let picture = move || (wrong.with(Option::is_none) && written.with(|logo| !logo.is_empty())).then(|| written.get());
    view! {
        <Section title="Look" about="What people see where they sign in, agree and sign out.">
            <div class="look">
                <TextField
                    label="Colour"
                    id="accent_color"
                    name="accent_color"
                    value=color
                    problem=form.problem("/accent_color")
                    placeholder=OURS
                    monospaced=true
                    hint="Of buttons and links, as #rrggbb. Empty: Cardea's own."
                />
                <input
                    type="color"
                    class="swatch-input"
                    id="accent_color-picker"
                    aria-label="Pick the colour"
                    prop:value=shown
                    on:input=move |event| color.set(event_target_value(&event))
                />
                {move || is_set().then(|| view! {
                    <Button action="clear-color" on_click=move |()| color.set(String::new())>"Use Cardea's own"</Button>
                })}
            </div>
            <TextField
                label="Logo"
                id="logo_uri"
                name="logo_uri"
                kind="url"
                value=logo
                problem=wrong
                on_blur=move |()| written.set(logo.get_untracked())
                placeholder="https://www.example.com/logo.svg"
                hint="A picture on https. The browsers of people who sign in load it from there."
            />
            {move || picture().map(|src| view! { <img class="look-logo" src=src alt="The logo as it will be shown"/> })}
        </Section>
    }
}

/// Whether a colour picker can show it.
fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picker_shows_six_digits_and_nothing_else() {
        assert!(is_color(OURS) && is_color("#ABCDEF"));
        for other in ["", "#fff", "red", "#12345g", "123456", "#1234567"] {
            assert!(!is_color(other), "{other}");
        }
    }
}
