//! Light, dark, or as the system has it. `boot.js` sets it before the first paint.

use leptos::prelude::*;

use crate::storage;
use crate::ui::button::IconButton;
use crate::ui::icon::Icon;

const KEY: &str = "cardea.theme";

/// The theme, and the button that changes it.
#[component]
pub(crate) fn ThemeButton() -> impl IntoView {
    let chosen = RwSignal::new(storage::read(storage::for_good(), KEY));
    let next = move |()| {
        let theme = match chosen.get_untracked().as_deref() {
            None => Some("light"),
            Some("light") => Some("dark"),
            Some(_) => None,
        };
        storage::write(storage::for_good(), KEY, theme);
        if let Some(root) = document().document_element() {
            let _ = match theme {
                Some(theme) => root.set_attribute("data-theme", theme),
                None => root.remove_attribute("data-theme"),
            };
        }
        chosen.set(theme.map(str::to_owned));
    };
    move || {
        let (icon, label) = match chosen.get().as_deref() {
            None => (Icon::Monitor, "Theme: as the system has it. Change to light"),
            Some("light") => (Icon::Sun, "Theme: light. Change to dark"),
            Some(_) => (Icon::Moon, "Theme: dark. Change to as the system has it"),
        };
        view! { <IconButton icon label action="change-theme" on_click=Callback::new(next)/> }
    }
}
