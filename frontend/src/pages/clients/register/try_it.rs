//! A token for the client that was just made, asked for from here.

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use cardea_protocol::AuthMethod;

use super::key::draw;
use super::request::{Asked, Credential, asked, claims};
use crate::ui::button::{Button, Weight};
use crate::ui::code::CodeBlock;
use crate::ui::page::{Notice, Section, Tone};
use crate::ui::time::now;

/// What came back.
#[derive(Clone)]
struct Answer {
    status: u16,
    body: Value,
}

/// Asks the token endpoint at `path` of this very server.
#[component]
pub(super) fn TryIt(
    path: String,
    method: AuthMethod,
    credential: Credential,
    client_id: String,
    issuer: String,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let answer = RwSignal::new(None::<Result<Answer, &'static str>>);
    let ask = move |()| {
        let jti = draw().map(|bytes| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        let jti = jti.unwrap_or_else(|| now().to_string());
        let Some(asked) = asked(method, &credential, &client_id, &issuer, now() / 1000, &jti) else { return };
        let path = path.clone();
        busy.set(true);
        spawn_local(async move {
            answer.set(Some(send(&path, asked).await));
            busy.set(false);
        });
    };
    view! {
        <Section title="Try it" about="This page asks the token endpoint as the client would, with its new credential.">
            <div class="actions">
                <Button action="try-it" weight=Weight::Primary busy on_click=ask>"Get a token now"</Button>
            </div>
            <div role="status" class="stack">
                {move || answer.get().map(|answer| match answer {
                    Ok(answer) => view! { <Answered answer/> }.into_any(),
                    Err(text) => view! { <Notice tone=Tone::Bad title="No answer">{text}</Notice> }.into_any(),
                })}
            </div>
        </Section>
    }
}

async fn send(path: &str, asked: Asked) -> Result<Answer, &'static str> {
    let offline = |_| "The server did not answer. Check the connection and try again.";
    let mut request = Request::post(path).header("Content-Type", "application/x-www-form-urlencoded");
    if let Some(authorization) = &asked.authorization {
        request = request.header("Authorization", authorization);
    }
    let response = request.body(asked.body).map_err(offline)?.send().await.map_err(offline)?;
    let status = response.status();
    let body = response.json().await.map_err(|_| "The answer was no JSON. Look at the client's activity.")?;
    Ok(Answer { status, body })
}

#[component]
fn Answered(answer: Answer) -> impl IntoView {
    let whole = serde_json::to_string_pretty(&answer.body).unwrap_or_default();
    let token = answer.body.get("access_token").and_then(Value::as_str);
    let decoded = token.and_then(claims).and_then(|claims| serde_json::to_string_pretty(&claims).ok());
    let notice = if token.is_some() {
        view! {
            <Notice tone=Tone::Good title="It works" id="token-in-hand">"This is an access token, issued just now to the client."</Notice>
        }
        .into_any()
    } else {
        view! {
            <Notice tone=Tone::Bad title=format!("The token endpoint answered {}", answer.status)>
                "The client's activity says exactly why."
            </Notice>
        }
        .into_any()
    };
    view! {
        {notice}
        <CodeBlock text=whole label="Answer"/>
        {decoded.map(|claims| view! { <CodeBlock text=claims label="What the access token says"/> })}
    }
}
