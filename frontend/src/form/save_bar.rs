//! The bar that appears once something was changed: save or take back, what went wrong, and the other's version where
//! somebody else was quicker.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use super::{Form, guard};
use crate::api::Tagged;
use crate::data::Failed;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::diff::JsonDiff;
use crate::ui::toast::use_toasts;

/// Saves the draft of `form` to `path`.
#[component]
pub(crate) fn SaveBar(
    form: Form,
    /// Where the object is (those of `cardea_api::path`).
    #[prop(into)]
    path: Signal<String>,
    /// What to do with the object as it was saved.
    #[prop(optional, into)]
    on_saved: Option<Callback<Tagged<Value>>>,
    /// Asked before the draft is sent: it goes on by running what it is given.
    #[prop(optional, into)]
    ask: Option<Callback<Callback<()>>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let changed = form.changed();
    guard(changed);
    let save = Callback::new(move |()| {
        spawn_local(async move {
            if let Some(object) = form.save(path.get_untracked()).await {
                toasts.good("Saved.");
                if let Some(on_saved) = on_saved {
                    on_saved.run(object);
                }
            }
        });
    });
    let press = move || match ask {
        Some(ask) => ask.run(save),
        None => save.run(()),
    };
    let wrong = Signal::derive(move || !form.violations().is_empty());
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(form.conflict.with(Option::is_some)));
    view! {
        {move || form.failure.get().map(|failure| view! { <Failed failure/> })}
        <Show when=move || changed.get()>
            <div class="save-bar" role="region" aria-label="Unsaved changes">
                <p>
                    {move || if wrong.get() { "Mend the marked fields before you save." } else { "You have unsaved changes." }}
                </p>
                <div class="save-bar-actions">
                    <Button action="discard" on_click=Callback::new(move |()| form.discard())>"Discard"</Button>
                    <Button action="save" weight=Weight::Primary busy=form.busy disabled=wrong on_click=move |()| press()>"Save changes"</Button>
                </div>
            </div>
        </Show>
        <Dialog open title="Somebody else changed this meanwhile">
            <p>"Your changes are still here. This is how the two versions differ:"</p>
            {move || form.conflict.get().map(|theirs| {
                let theirs = theirs.value;
                view! { <JsonDiff mine=form.draft theirs=Signal::derive(move || theirs.clone())/> }
            })}
            <div class="dialog-actions">
                <Button action="take-theirs" on_click=Callback::new(move |()| form.settle(false))>"Take theirs"</Button>
                <Button
                    action="keep-mine"
                    weight=Weight::Primary
                    on_click=Callback::new(move |()| {
                        form.settle(true);
                        press();
                    })
                >
                    "Save my changes over theirs"
                </Button>
            </div>
        </Dialog>
    }
}
