//! Withdrawing a key at once, after what that means has been read.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::key::{KeyState, KeyView};
use cardea_api::path;

use super::{Ring, words};
use crate::api::use_api;
use crate::shell::here::{aid, tid};
use crate::ui::dialog::Confirm;
use crate::ui::toast::use_toasts;

/// The question.
#[component]
pub(super) fn Revoke(ring: Ring) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let place = StoredValue::new((tid(), aid()));
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if ring.revoking.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            ring.revoking.set(None);
        }
    });
    let title =
        move || ring.revoking.with(|key| key.as_ref().map(|key| format!("Revoke {}?", key.kid)).unwrap_or_default());
    let text =
        move || ring.revoking.with(|key| key.as_ref().map_or("", |key| words::consequences(key.state)).to_owned());
    let revoke = move |()| {
        let Some(key) = ring.revoking.get_untracked() else { return };
        let path = place
            .with_value(|(tid, aid)| path::in_workspace(tid, aid, &format!("keys/{}/revoke", path::segment(&key.kid))));
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<KeyView>(&path, &serde_json::json!({})).await;
            let _ = busy.try_set(false);
            let _ = open.try_set(false);
            match answer {
                Ok(key) if key.state == KeyState::Revoked => toasts.good(format!("{} is revoked.", key.kid)),
                Ok(_) => {}
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
            ring.load.again();
        });
    };
    view! {
        <Confirm
            open
            title=Signal::derive(title)
            text=Signal::derive(text)
            confirm_label="Revoke key"
            danger=true
            busy
            on_confirm=revoke
        />
    }
}
