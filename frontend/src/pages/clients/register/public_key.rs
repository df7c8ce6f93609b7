//! The key of a `private_key_jwt` client: made here, pasted, or published at a URL.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use cardea_api::jwks::{JwksToInspect, JwksView};
use cardea_api::path;

use super::chosen::{Chosen, SOURCES};
use super::key::{KeyPair, draw};
use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::pages::clients::keys::Keys;
use crate::shell::here;
use crate::ui::button::Button;
use crate::ui::field::{Card, FileDrop, RadioCards, TextArea, TextField};
use crate::ui::page::{Notice, Tone};

/// Where the key comes from, and what it is.
#[component]
pub(super) fn PublicKey(chosen: Chosen) -> impl IntoView {
    Effect::new(move |_| {
        let here = chosen.source.with(|source| source == "generate");
        if here && chosen.key.with_untracked(Option::is_none) {
            chosen.key.set(KeyPair::generate(draw));
        }
    });
    let cards: Vec<_> = SOURCES.into_iter().map(card).collect();
    view! {
        <RadioCards legend="Where does its key come from" name="key-source" value=chosen.source cards/>
        {move || match chosen.source.get().as_str() {
            "url" => view! { <Published chosen/> }.into_any(),
            "paste" => view! { <Pasted chosen/> }.into_any(),
            _ => view! { <Made chosen/> }.into_any(),
        }}
    }
}

fn card((value, title, text): (&str, &str, &str)) -> Card {
    Card { value: value.to_owned(), title: title.to_owned(), text: text.to_owned(), ..Card::default() }
}

#[component]
fn Made(chosen: Chosen) -> impl IntoView {
    move || match chosen.key.get() {
        Some(key) => view! {
            <p class="quiet" id="generated-key">
                "A key pair for ES256 is ready, with the key id " <code>{key.kid().to_owned()}</code>
                ". You save its private half on the next screen."
            </p>
        }
        .into_any(),
        None => view! {
            <Notice tone=Tone::Bad title="This browser has no randomness to make a key of">
                "Make the key with OpenSSL and paste its public half."
            </Notice>
        }
        .into_any(),
    }
}

/// What the server makes of keys.
#[derive(Clone, Copy)]
struct Inspection {
    busy: RwSignal<bool>,
    seen: RwSignal<Option<Result<JwksView, Failure>>>,
}

#[component]
fn Pasted(chosen: Chosen) -> impl IntoView {
    let (api, at) = (use_api(), inspect_path());
    let text = RwSignal::new(String::new());
    let now = Inspection { busy: RwSignal::new(false), seen: RwSignal::new(None) };
    let inspect = Callback::new(move |()| {
        let pasted = text.get_untracked();
        if pasted.trim().is_empty() {
            return;
        }
        let at = at.clone();
        now.busy.set(true);
        spawn_local(async move {
            let answer = api.post::<JwksView>(&at, &to_inspect(pasted.trim())).await;
            now.busy.set(false);
            chosen.jwks.set(answer.as_ref().ok().and_then(|view| view.jwks.clone()));
            now.seen.set(Some(answer));
        });
    });
    let dropped = move |(_, contents): (String, String)| {
        text.set(contents);
        inspect.run(());
    };
    view! {
        <TextArea
            label="Public key"
            id="jwks"
            name="jwks"
            value=text
            rows=6
            monospaced=true
            placeholder="-----BEGIN PUBLIC KEY-----"
            hint="Never a private key: the server has no use for it."
            on_blur=inspect
        />
        <FileDrop label="Or a file with it" id="jwks-file" accept=".pem,.crt,.cer,.json,.jwk,.jwks,.pub" on_text=dropped/>
        <Seen now/>
    }
}

#[component]
fn Published(chosen: Chosen) -> impl IntoView {
    let (api, at) = (use_api(), inspect_path());
    let now = Inspection { busy: RwSignal::new(false), seen: RwSignal::new(None) };
    let inspect = move |()| {
        let at = at.clone();
        let jwks_uri = chosen.jwks_uri.get_untracked().trim().to_owned();
        if jwks_uri.is_empty() {
            return;
        }
        now.busy.set(true);
        spawn_local(async move {
            let asked = JwksToInspect { jwks_uri: Some(jwks_uri), ..JwksToInspect::default() };
            let answer = api.post::<JwksView>(&at, &asked).await;
            now.busy.set(false);
            now.seen.set(Some(answer));
        });
    };
    view! {
        <TextField
            label="URL of the keys"
            id="jwks_uri"
            name="jwks_uri"
            kind="url"
            value=chosen.jwks_uri
            placeholder="https://app.example.com/.well-known/jwks.json"
            hint="A JWK Set, fetched when it is needed and kept for a while."
        />
        <div class="actions">
            <Button action="fetch-jwks" busy=now.busy on_click=inspect>"Fetch the keys"</Button>
        </div>
        <Seen now/>
    }
}

#[component]
fn Seen(now: Inspection) -> impl IntoView {
    view! {
        <div role="status" class="stack">
            {move || now.seen.get().map(|seen| match seen {
                Ok(view) => view! { <Keys view/> }.into_any(),
                Err(failure) => view! { <Failed failure/> }.into_any(),
            })}
        </div>
    }
}

/// `…/jwks/inspect`
pub(in crate::pages::clients) fn inspect_path() -> String {
    path::in_workspace(&here::tid(), &here::aid(), "jwks/inspect")
}

/// PEM or JSON, whichever it is.
pub(in crate::pages::clients) fn to_inspect(pasted: &str) -> JwksToInspect {
    match serde_json::from_str::<Value>(pasted) {
        Ok(jwks) => JwksToInspect { jwks: Some(jwks), ..JwksToInspect::default() },
        Err(_) => JwksToInspect { pem: Some(pasted.to_owned()), ..JwksToInspect::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_sent_as_json_and_anything_else_as_pem() {
        assert!(to_inspect(r#"{"keys": []}"#).jwks.is_some());
        assert!(to_inspect("-----BEGIN PUBLIC KEY-----").pem.is_some());
    }
}
