//! Rotating: the next key begins to sign, the one that signed retires, and another next one is made.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::key::{KeyView, Rotation};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_protocol::SigningAlg;

use super::Ring;
use crate::api::use_api;
use crate::shell::here::{aid, tid};
use crate::ui::button::Button;
use crate::ui::dialog::Confirm;
use crate::ui::toast::use_toasts;

/// The button and its question. For an algorithm without keys (`is_first`) it makes the first ones.
#[component]
pub(super) fn Rotate(alg: SigningAlg, ring: Ring, is_first: bool) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let path = StoredValue::new(path::in_workspace(&tid(), &aid(), "keys/rotate"));
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let rotate = move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<Page<KeyView>>(&path.get_value(), &Rotation { alg: Some(alg) }).await;
            let _ = busy.try_set(false);
            let _ = open.try_set(false);
            match answer {
                Ok(page) => {
                    toasts.good(if is_first {
                        format!("Keys for {alg} are made.")
                    } else {
                        format!("{alg} is rotated.")
                    });
                    ring.load.put(page.items);
                }
                Err(failure) => {
                    toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id);
                    ring.load.again();
                }
            }
        });
    };
    if is_first {
        return view! { <Button action="make-keys" busy on_click=rotate>"Make keys"</Button> }.into_any();
    }
    view! {
        <Button action="rotate-key" on_click=move |()| open.set(true)>"Rotate"</Button>
        <Confirm
            open
            title=format!("Rotate the key for {alg}?")
            text="The next key begins to sign and a new next one is published. Tokens that are out stay valid. Nothing has to be done anywhere, as long as APIs fetch the key set anew when they see a key they do not know."
            confirm_label="Rotate"
            busy
            on_confirm=rotate
        />
    }
    .into_any()
}
