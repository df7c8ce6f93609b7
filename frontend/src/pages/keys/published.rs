//! The key set as everybody sees it (RFC 7517 §5).

use gloo_net::http::Request;
use leptos::prelude::*;
use serde_json::Value;
use web_sys::RequestCache;

use cardea_api::key::KeyView;

use crate::api::Failure;
use crate::data::{Load, load, shown};
use crate::session::Place;
use crate::shell::here::{aid, tid};
use crate::ui::code::CodeBlock;
use crate::ui::page::{Fact, Facts, Section};

/// The document and its address. It is fetched anew when the keys have changed.
#[component]
pub(super) fn Published(#[prop(name = "load")] keys: Load<Vec<KeyView>>) -> impl IntoView {
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let path = format!("/{}/{}/.well-known/jwks.json", tid(), aid());
    let url = format!("{}{path}", place.public_url);
    let states =
        move || keys.value().map(|keys| keys.into_iter().map(|key| (key.kid, key.state as u8)).collect::<Vec<_>>());
    let document = load(
        move || (path.clone(), states()),
        |_, (path, states)| async move {
            // The keys come first: what is asked before they are here would be asked twice.
            if states.is_none() { Ok(Value::Null) } else { fetched(&path).await }
        },
    );
    view! {
        <Section title="Published key set" id="jwks" about="What APIs and applications check signatures with. Revoked keys are not in it.">
            <Facts>
                <Fact label="Address" copy=url.clone()><code>{url.clone()}</code></Fact>
            </Facts>
            {shown(document, 8, |document| {
                let text = serde_json::to_string_pretty(&document).unwrap_or_default();
                view! { <CodeBlock text label="JWKS" file_name="jwks.json" media_type="application/json"/> }
            })}
        </Section>
    }
}

/// The document as it is now: everybody may keep it for a while, and so would this browser.
async fn fetched(path: &str) -> Result<Value, Failure> {
    let answer = Request::get(path).cache(RequestCache::NoStore).send().await.map_err(|_| Failure::offline())?;
    if !answer.ok() {
        return Err(Failure::answered(answer.status(), None, answer.headers().get("x-request-id")));
    }
    answer.json().await.map_err(|_| Failure::unreadable(None))
}
