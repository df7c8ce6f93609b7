//! One-time links of a user, asked for in a dialog: where its page is shown, and then the link to hand on, or word that it was sent.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use serde_json::json;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::{TenantId, UserPoolId};

use crate::api::{Failure, use_api};
use crate::data::{Failed, load};
use crate::ui::button::{Button, Weight};
use crate::ui::code::CodeBlock;
use crate::ui::field::{Choice, SelectField, Switch};
use crate::ui::page::{Notice, Tone};

/// The pool that workspaces use which name none.
const DEFAULT_POOL: &str = "default";

/// What the answers have in common that are about a link.
#[derive(Clone, Deserialize)]
struct Made {
    sent: bool,
    url: Option<String>,
}

/// What a kind of link is called.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// Of the link itself.
    pub(super) label: &'static str,
    /// What whoever has it can do.
    pub(super) power: &'static str,
    /// What comes of it once it was sent.
    pub(super) sent: &'static str,
    /// The button.
    pub(super) ask: &'static str,
}

/// What is in the dialog. `at` is where such links are asked for; with `may_send`, one may be sent instead of shown.
#[component]
pub(super) fn MakeLink(
    tid: TenantId,
    pool: UserPoolId,
    at: String,
    words: Words,
    may_send: bool,
    open: RwSignal<bool>,
) -> impl IntoView {
    let api = use_api();
    let (made, failure) = (RwSignal::new(None::<Made>), RwSignal::new(None::<Failure>));
    let (busy, chosen, send) = (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(false));
    let options = pages(&tid, &pool);
    Effect::new(move |_| {
        if let Some(first) = options.get().first() {
            chosen.set(first.value.clone());
        }
    });
    let ask = Callback::new(move |()| {
        let at = at.clone();
        let workspace_id = chosen.get_untracked();
        let body = if may_send {
            json!({"workspace_id": workspace_id, "send": send.get_untracked()})
        } else {
            json!({"workspace_id": workspace_id})
        };
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<Made>(&at, &body).await;
            busy.set(false);
            match answer {
                Ok(link) => {
                    failure.set(None);
                    made.set(Some(link));
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    });
    let asking = move || {
        view! {
            <SelectField label="Where the page is shown" id="workspace_id" value=chosen options hint="A workspace that uses this pool."/>
            {may_send.then(|| view! {
                <Switch label="Send it to their e-mail address" id="send" checked=send hint="Where the server can send mail, and the address is verified."/>
            })}
        }
        .into_any()
    };
    view! {
        <div class="stack">
            {move || made.get().map_or_else(asking, |link| answered(link, words))}
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="done" on_click=Callback::new(move |()| open.set(false))>"Close"</Button>
                <Show when=move || made.with(Option::is_none)>
                    <Button action="create-link" weight=Weight::Primary busy on_click=ask>{words.ask}</Button>
                </Show>
            </div>
        </div>
    }
}

fn answered(link: Made, words: Words) -> AnyView {
    match link.url {
        Some(url) => view! {
            <Notice tone=Tone::Good title="Hand this link to them alone">
                <p>{words.power}" It is shown this once, and another link ends it."</p>
            </Notice>
            <CodeBlock text=url label=words.label/>
        }
        .into_any(),
        None if link.sent => view! {
            <Notice tone=Tone::Good title="The link is on its way"><p>{words.sent}</p></Notice>
        }
        .into_any(),
        None => ().into_any(),
    }
}

/// The workspaces that can show the page of a link.
fn pages(tid: &TenantId, pool: &UserPoolId) -> Signal<Vec<Choice>> {
    let all = format!("{}?limit=200&sort=name", path::workspaces(tid));
    let workspaces = load(move || all.clone(), |api, path| async move { api.get::<Page<WorkspaceView>>(&path).await });
    let pool = pool.clone();
    Signal::derive(move || {
        let found = workspaces.value().map(|page| page.items).unwrap_or_default();
        let uses = |workspace: &WorkspaceView| {
            workspace.settings.user_pool_id.as_deref().unwrap_or(DEFAULT_POOL) == pool.as_str()
        };
        found.into_iter().filter(uses).map(|it| Choice::new(it.id.to_string(), it.name)).collect::<Vec<_>>()
    })
}
