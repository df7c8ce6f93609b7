//! Token decoder: a JWT in plain words. It is read in this browser; nothing of it is sent anywhere. Only the workspace's public
//! keys are fetched, to check the signature with.

use leptos::prelude::*;
use serde_json::Value;

use crate::data::load;
use crate::session::Place;
use crate::shell::here::{aid, tid};
use crate::ui::field::TextArea;
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, Notice, PageHead, Section, Tone};

mod claims;
mod findings;
mod judge;
mod kind;
mod names;
mod parse;
mod shown;
mod signature;
mod webcrypto;

use parse::read;
use shown::Decoded;

/// What the parts of the page hold a token against.
#[derive(Clone, Copy)]
struct Workspace {
    issuer: StoredValue<String>,
    /// The published keys, once they are here; why they are not.
    keys: Signal<Option<Result<Vec<Value>, String>>>,
}

/// The page.
#[component]
pub(crate) fn Decoder() -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let issuer = format!("{}/{tid}/{aid}", place.public_url);
    let published = format!("/{tid}/{aid}/.well-known/jwks.json");
    let jwks = load(
        move || published.clone(),
        |api, path| async move {
            Ok(match api.get::<Value>(&path).await {
                Ok(document) => Ok(document.get("keys").and_then(Value::as_array).cloned().unwrap_or_default()),
                Err(failure) => Err(failure.message),
            })
        },
    );
    let workspace = Workspace { issuer: StoredValue::new(issuer), keys: Signal::derive(move || jwks.value()) };
    let text = RwSignal::new(String::new());
    let token = Memo::new(move |_| text.with(|text| read(text)));
    let answer = move || {
        match token.get() {
        Ok(token) => view! { <Decoded token workspace/> }.into_any(),
        Err(parse::Unreadable::Empty) => view! {
            <Section title="Decoded">
                <EmptyState
                    icon=Icon::Code
                    title="Nothing to decode yet"
                    text="Paste an access token, an ID token or a client assertion above: every claim is explained, and the signature checked against this workspace's keys."
                />
            </Section>
        }
        .into_any(),
        Err(why) => view! { <Notice tone=Tone::Warn title=why.title()><p>{why.sentence()}</p></Notice> }.into_any(),
    }
    };
    view! {
        <PageHead
            title="Token decoder"
            about="See what is in a token and whether this workspace would believe it. Nothing you paste leaves this browser."
        />
        <Section title="Token">
            <TextArea
                label="JSON Web Token"
                id="token"
                value=text
                rows=6
                monospaced=true
                placeholder="eyJhbGciOi…"
                hint="An access token, an ID token, a client assertion or any other signed JWT."
            />
        </Section>
        <div class="stack" aria-live="polite">{answer}</div>
    }
}
