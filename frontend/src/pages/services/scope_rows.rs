//! The scopes of a service, as rows that can be added, changed and removed.

use leptos::prelude::*;
use serde_json::{Value, json};

use crate::ui::button::{Button, IconButton};
use crate::ui::field::TextField;
use crate::ui::icon::{Icon, IconView};

#[derive(Clone, Copy)]
struct Row {
    key: usize,
    name: RwSignal<String>,
    display_name: RwSignal<String>,
    description: RwSignal<String>,
}

impl Row {
    fn of(key: usize, scope: &Value) -> Self {
        let text =
            |member: &str| RwSignal::new(scope.get(member).and_then(Value::as_str).unwrap_or_default().to_owned());
        Self { key, name: text("name"), display_name: text("display_name"), description: text("description") }
    }

    fn value(self) -> Option<Value> {
        let name = self.name.get().trim().to_owned();
        let (shown, description) = (self.display_name.get(), self.description.get());
        (!name.is_empty()).then(|| json!({"name": name, "display_name": shown, "description": description}))
    }
}

/// The rows; `scopes` follows them, and they follow it when it is set anew from elsewhere.
#[component]
pub(super) fn ScopeRows(
    /// Scopes as JSON objects with `name`, `display_name`, `description`.
    scopes: RwSignal<Vec<Value>>,
    read_only: bool,
) -> impl IntoView {
    let next = StoredValue::new(0_usize);
    let fresh = move |scope: &Value| {
        let key = next.get_value();
        next.set_value(key.wrapping_add(1));
        Row::of(key, scope)
    };
    let rows = RwSignal::new(Vec::<Row>::new());
    let values = move || rows.get().into_iter().filter_map(Row::value).collect::<Vec<_>>();
    Effect::new(move |_| {
        let wanted = scopes.get();
        if untrack(values) != wanted {
            rows.set(wanted.iter().map(fresh).collect());
        }
    });
    Effect::new(move |before: Option<()>| {
        let now = values();
        if before.is_some() && scopes.get_untracked() != now {
            scopes.set(now);
        }
    });
    let add = move |()| rows.update(|rows| rows.push(fresh(&Value::Null)));
    view! {
        <ul class="stack" id="scopes">
            <For each=move || rows.get() key=|row| row.key let:row>
                <li class="scope-row grid-3">
                    <TextField label="Scope" id=format!("scope-{}-name", row.key) value=row.name monospaced=true read_only placeholder="orders:read"/>
                    <TextField label="Shown as" id=format!("scope-{}-display_name", row.key) value=row.display_name read_only placeholder="See your orders"/>
                    <TextField label="Explained as" id=format!("scope-{}-description", row.key) value=row.description read_only/>
                    {(!read_only).then(|| view! {
                        <IconButton
                            icon=Icon::Trash
                            label=Signal::derive(move || format!("Remove scope {}", row.name.get()))
                            action="remove-scope"
                            on_click=Callback::new(move |()| rows.update(|rows| rows.retain(|other| other.key != row.key)))
                        />
                    })}
                </li>
            </For>
        </ul>
        {(!read_only).then(|| view! {
            <p><Button action="add-scope" on_click=Callback::new(add)><IconView icon=Icon::Plus/> "Add a scope"</Button></p>
        })}
    }
}
