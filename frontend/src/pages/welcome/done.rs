//! Done: the secret, this once; a line for the terminal; and the token in hand.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_protocol::auth_method::AuthMethod;

use super::Steps;
use super::command::command;
use super::token::{Answer, Credential, claims, token};
use crate::paths;
use crate::session::Place;
use crate::ui::button::{Button, ButtonLink, Weight};
use crate::ui::code::{CodeBlock, Reveal};
use crate::ui::page::{Fact, Facts, Notice, Section, Tone};
use crate::ui::time::now;

#[component]
pub(super) fn Done(steps: Steps) -> impl IntoView {
    let (Some(workspace), Some(made)) = (steps.workspace.get_untracked(), steps.client.get_untracked()) else {
        return ().into_any();
    };
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let (tid, aid) = (&workspace.tenant_id, &workspace.id);
    let client_id = made.client.client_id.to_string();
    let method = made.client.metadata.token_endpoint_auth_method;
    let secret = made.client_secret.clone();
    let path = format!("/{tid}/{aid}/oauth2/token");
    let endpoint = format!("{}{path}", place.public_url);
    let credential = Credential {
        method,
        client_id: client_id.clone(),
        client_secret: secret.clone().unwrap_or_default(),
        issuer: workspace.issuer.clone(),
    };
    let line = command(&credential, &endpoint);
    let discovery = format!("{}/.well-known/openid-configuration", workspace.issuer);
    let client = paths::client(tid, aid, &client_id);
    let overview = paths::workspace(tid, aid);
    let is_public = method == AuthMethod::None;
    view! {
        <Section title="Your client is registered">
            {secret.map(|secret| view! {
                <Notice tone=Tone::Warn title="Copy the secret now">
                    <p>"It is shown this once; the server keeps only its hash. Lost ones are replaced under the client's credentials."</p>
                </Notice>
                <Reveal secret=Signal::stored(secret) label="Client secret"/>
            })}
            <Facts>
                <Fact label="Client ID" copy=client_id.clone()><code id="client_id">{client_id.clone()}</code></Fact>
                <Fact label="Issuer" copy=workspace.issuer.clone()><code>{workspace.issuer.clone()}</code></Fact>
                <Fact label="Token endpoint" copy=endpoint.clone()><code>{endpoint.clone()}</code></Fact>
                <Fact label="Discovery" copy=discovery.clone()><code>{discovery.clone()}</code></Fact>
            </Facts>
        </Section>
        {if is_public {
            view! {
                <Section title="Sign people in" about="A public client gets its tokens through the browser, with a code and PKCE.">
                    <p>"Give the issuer, the client ID and the redirect URI to any OpenID Connect library; it reads everything else from the discovery document."</p>
                    <CodeBlock text=line label="Terminal"/>
                </Section>
            }.into_any()
        } else {
            view! { <InHand credential path line/> }.into_any()
        }}
        <div class="actions end">
            <ButtonLink href=overview action="open-workspace">"Open the workspace"</ButtonLink>
            <ButtonLink href=client weight=Weight::Primary action="open-client">"Open the client"</ButtonLink>
        </div>
    }
    .into_any()
}

/// The token in hand.
#[component]
fn InHand(credential: Credential, path: String, line: String) -> impl IntoView {
    let busy = RwSignal::new(false);
    let answer = RwSignal::new(None::<Result<Answer, String>>);
    let ask = move |()| {
        let (credential, path) = (credential.clone(), path.clone());
        busy.set(true);
        spawn_local(async move {
            let jti = format!("console-{}", now());
            answer.set(Some(token(&path, &credential, now() / 1000, &jti).await));
            busy.set(false);
        });
    };
    view! {
        <Section title="Get a token" about="As your application will: from the token endpoint, with the client's own credential.">
            <CodeBlock text=line label="Terminal"/>
            <Button action="get-token" weight=Weight::Primary busy on_click=ask>"Get a token now"</Button>
            <div aria-live="polite" class="stack">
                {move || answer.get().map(|answer| match answer {
                    Err(message) => view! { <Notice tone=Tone::Bad title="No token came">{message}</Notice> }.into_any(),
                    Ok(answer) => view! { <Answered answer/> }.into_any(),
                })}
            </div>
        </Section>
    }
}

#[component]
fn Answered(answer: Answer) -> impl IntoView {
    let whole = serde_json::to_string_pretty(&answer.body).unwrap_or_default();
    let Some(token) = answer.body.get("access_token").and_then(|token| token.as_str()) else {
        return view! {
            <Notice tone=Tone::Bad title=format!("The token endpoint answered {}", answer.status)>
                "Look at the client's activity: it says exactly why."
            </Notice>
            <CodeBlock text=whole label="Answer"/>
        }
        .into_any();
    };
    let decoded = claims(token).and_then(|claims| serde_json::to_string_pretty(&claims).ok());
    view! {
        <Notice tone=Tone::Good title="That is a token" id="token-in-hand">
            "It was issued just now, by your workspace, to your client."
        </Notice>
        <CodeBlock text=whole label="Answer"/>
        {match decoded {
            Some(claims) => view! { <CodeBlock text=claims label="What the access token says"/> }.into_any(),
            None => view! { <p class="quiet">"The access token is opaque: services ask the server what it means."</p> }.into_any(),
        }}
    }
    .into_any()
}
