//! What the tabs that change a client have in common: the bar that saves, the secret that a change may bring, and the
//! notice for those who may only look.

use leptos::prelude::*;
use serde_json::Value;

use super::one::One;
use crate::api::Tagged;
use crate::form::{Form, SaveBar};
use crate::ui::button::{Button, Weight};
use crate::ui::code::Reveal;
use crate::ui::dialog::Dialog;
use crate::ui::page::{Notice, Tone};

/// The fields of a form over a client, and the bar that saves them.
#[component]
pub(super) fn Saving(one: One, form: Form, children: Children) -> impl IntoView {
    let may_write = one.may_write();
    let secret = RwSignal::new(None::<String>);
    let path = one.path();
    let on_saved = Callback::new(move |object: Tagged<Value>| secret.set(one.put(object)));
    view! {
        {(!may_write).then(|| view! {
            <Notice tone=Tone::Info>"You may look at these settings but not change them."</Notice>
        })}
        <fieldset class="bare stack" disabled=!may_write>
            <legend class="visually-hidden">"Settings of the client"</legend>
            {children()}
        </fieldset>
        {may_write.then(|| view! { <SaveBar form path on_saved/> })}
        <NewSecret secret/>
    }
}

/// A secret, shown this once.
#[component]
pub(super) fn NewSecret(secret: RwSignal<Option<String>>) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if secret.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |before: Option<bool>| {
        let is_open = open.get();
        if before == Some(true) && !is_open {
            secret.set(None);
        }
        is_open
    });
    view! {
        <Dialog open title="The new secret" id="new-secret">
            <Notice tone=Tone::Warn title="Copy it now">"It is shown this once and kept nowhere as it is."</Notice>
            <Reveal secret=Signal::derive(move || secret.get().unwrap_or_default()) label="Client secret"/>
            <div class="dialog-actions">
                <Button action="secret-copied" weight=Weight::Primary on_click=move |()| open.set(false)>"I have it"</Button>
            </div>
        </Dialog>
    }
}
