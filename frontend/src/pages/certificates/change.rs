//! Changing a trusted authority: its name, and what it has revoked.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::path;
use cardea_api::trusted_ca::{TrustedCaPatch, TrustedCaView};

use super::Authorities;
use super::pem::contents;
use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::shell::here::{aid, tid};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Checkbox, FileDrop, TextField};
use crate::ui::page::{Notice, Tone};
use crate::ui::toast::use_toasts;

/// The dialog.
#[component]
pub(super) fn Change(all: Authorities) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let place = StoredValue::new((tid(), aid()));
    let open = RwSignal::new(false);
    let draft = Draft::default();
    let (failure, busy) = (RwSignal::new(None::<Failure>), RwSignal::new(false));
    Effect::new(move |_| {
        if let Some(authority) = all.changing.get() {
            draft.begin(&authority);
            failure.set(None);
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            all.changing.set(None);
        }
    });
    let save = move || {
        let Some(authority) = all.changing.get_untracked() else { return };
        let path = place.with_value(|(tid, aid)| path::trusted_ca(tid, aid, &authority.id));
        let patch = draft.patch(&authority);
        busy.set(true);
        spawn_local(async move {
            let answer = api.patch::<TrustedCaView>(&path, &patch, None).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(saved) => {
                    let _ = open.try_set(false);
                    toasts.good(format!("{} is saved.", saved.value.name));
                    all.list.load.again();
                }
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                }
            }
        });
    };
    let has_list = move || all.changing.with(|ca| ca.as_ref().is_some_and(|ca| ca.revocation_list.is_some()));
    view! {
        <Dialog open title="Edit trusted authority" id="edit-authority">
            <form class="stack" on:submit=move |event| { event.prevent_default(); save(); }>
                <TextField
                    label="Name"
                    id="edit-name"
                    value=draft.name
                    problem=move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.at("/name")))
                />
                <FileDrop
                    label="New revocation list"
                    id="crl_pem"
                    accept=".crl,.pem"
                    hint="PEM (X509 CRL), signed by this authority. It takes the place of the one that is here, and from its next update on the authority vouches for nobody until a newer one is here."
                    on_text=move |(_, text): (String, String)| draft.read(&text)
                />
                {move || draft.said.get().map(|(tone, said)| view! { <Notice tone><p>{said}</p></Notice> })}
                <Show when=has_list>
                    <Checkbox
                        label="Remove the revocation list"
                        id="remove-crl"
                        checked=draft.remove
                        hint="Then no certificate of this authority counts as revoked."
                    />
                </Show>
                {move || failure.get().map(|failure| view! { <Failed failure/> })}
                <div class="actions end">
                    <Button action="cancel" on_click=move |()| open.set(false)>"Cancel"</Button>
                    <Button action="save-authority" submit=true weight=Weight::Primary busy>"Save"</Button>
                </div>
            </form>
        </Dialog>
    }
}

/// What was typed and dropped.
#[derive(Clone, Copy, Default)]
struct Draft {
    name: RwSignal<String>,
    list: RwSignal<Option<String>>,
    remove: RwSignal<bool>,
    said: RwSignal<Option<(Tone, &'static str)>>,
}

impl Draft {
    fn begin(self, authority: &TrustedCaView) {
        self.name.set(authority.name.clone());
        self.list.set(None);
        self.remove.set(false);
        self.said.set(None);
    }

    fn read(self, text: &str) {
        match contents(text).revocation_lists.into_iter().next() {
            Some(list) => {
                self.list.set(Some(list));
                self.remove.set(false);
                self.said.set(Some((Tone::Info, "The list is read; it is enforced as soon as you save.")));
            }
            None => {
                let said =
                    "There is no revocation list in this file. Choose one that begins with -----BEGIN X509 CRL-----.";
                self.said.set(Some((Tone::Warn, said)));
            }
        }
    }

    fn patch(self, authority: &TrustedCaView) -> TrustedCaPatch {
        let name = self.name.get_untracked().trim().to_owned();
        let list = self.list.get_untracked();
        TrustedCaPatch {
            name: (name != authority.name).then_some(name),
            crl_pem: if self.remove.get_untracked() { Some(None) } else { list.map(Some) },
        }
    }
}
