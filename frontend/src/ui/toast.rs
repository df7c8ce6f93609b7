//! What is said about something just done. Good news goes by itself; bad news stays until it has been read.

use std::time::Duration;

use leptos::prelude::*;

use super::button::{CopyButton, IconButton};
use super::icon::{Icon, IconView};
use super::page::Tone;

const GOOD_STAYS: Duration = Duration::from_secs(6);

#[derive(Clone, Debug, PartialEq)]
struct Toast {
    number: u64,
    tone: Tone,
    text: String,
    request_id: Option<String>,
}

/// What is said now.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    said: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self { said: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }
}

impl Toasts {
    /// It has been done.
    pub(crate) fn good(self, text: impl Into<String>) {
        let number = self.say(Tone::Good, text.into(), None);
        set_timeout(move || self.dismiss(number), GOOD_STAYS);
    }

    /// It could not be done, and this finds out why.
    pub(crate) fn bad(self, text: impl Into<String>, request_id: Option<String>) {
        self.say(Tone::Bad, text.into(), request_id);
    }

    fn say(self, tone: Tone, text: String, request_id: Option<String>) -> u64 {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        self.said.update(|said| {
            said.retain(|other| (other.tone, &other.text) != (tone, &text));
            said.push(Toast { number, tone, text, request_id });
        });
        number
    }

    fn dismiss(self, number: u64) {
        self.said.try_update(|said| said.retain(|toast| toast.number != number));
    }
}

/// The toasts of the application; without any, ones that nobody sees.
pub(crate) fn use_toasts() -> Toasts {
    use_context().unwrap_or_default()
}

/// Where they are shown. Two regions that are there from the start: what is added to them is read out.
#[component]
pub(crate) fn Toaster() -> impl IntoView {
    let toasts = use_toasts();
    let of =
        move |tone: Tone| move || toasts.said.get().into_iter().filter(|toast| toast.tone == tone).collect::<Vec<_>>();
    let one = move |toast: Toast| {
        let number = toast.number;
        view! {
            <div class=format!("toast {}", toast.tone.class())>
                <IconView icon=toast.tone.icon() size=18/>
                <div class="toast-body">
                    <p>{toast.text}</p>
                    {toast.request_id.map(|id| {
                        view! { <p class="quiet">"Request " <code>{id.clone()}</code> <CopyButton text=id/></p> }
                    })}
                </div>
                <IconButton icon=Icon::Close label="Dismiss" action="dismiss" on_click=move |()| toasts.dismiss(number)/>
            </div>
        }
    };
    view! {
        <div class="toaster">
            <div role="alert"><For each=of(Tone::Bad) key=|toast| toast.number children=one/></div>
            <div role="status"><For each=of(Tone::Good) key=|toast| toast.number children=one/></div>
        </div>
    }
}
