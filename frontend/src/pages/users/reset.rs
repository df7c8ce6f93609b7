//! A one-time link by which somebody chooses a new password.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use cardea_api::page::Page;
use cardea_api::password_reset::PasswordResetView;
use cardea_api::path;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::{TenantId, UserPoolId};

use crate::api::{Failure, use_api};
use crate::data::{Failed, load};
use crate::ui::button::{Button, Weight};
use crate::ui::code::CodeBlock;
use crate::ui::dialog::Dialog;
use crate::ui::field::{Choice, SelectField};
use crate::ui::page::{Notice, Section, Tone};

/// The pool that workspaces use which name none.
const DEFAULT_POOL: &str = "default";

/// The section with the button.
#[component]
pub(super) fn ResetLink(tid: TenantId, pool: UserPoolId, user: String) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Section
            title="Password"
            about="A new password is chosen by its owner: make a link, good once and for an hour, and hand it to them. Then they are signed out everywhere."
        >
            <Button action="reset-password" on_click=Callback::new(move |()| open.set(true))>"Make a reset link"</Button>
        </Section>
        <Dialog open title="Reset the password" id="reset-dialog">
            <Made tid=tid.clone() pool=pool.clone() user=user.clone() open/>
        </Dialog>
    }
}

#[component]
fn Made(tid: TenantId, pool: UserPoolId, user: String, open: RwSignal<bool>) -> impl IntoView {
    let api = use_api();
    let (made, failure) = (RwSignal::new(None::<PasswordResetView>), RwSignal::new(None::<Failure>));
    let (busy, chosen) = (RwSignal::new(false), RwSignal::new(String::new()));
    let all = format!("{}?limit=200&sort=name", path::workspaces(&tid));
    let workspaces = load(move || all.clone(), |api, path| async move { api.get::<Page<WorkspaceView>>(&path).await });
    let of_pool = pool.clone();
    let options = Signal::derive(move || {
        let found = workspaces.value().map(|page| page.items).unwrap_or_default();
        let uses = |workspace: &WorkspaceView| {
            workspace.settings.user_pool_id.as_deref().unwrap_or(DEFAULT_POOL) == of_pool.as_str()
        };
        found.into_iter().filter(uses).map(|it| Choice::new(it.id.to_string(), it.name)).collect::<Vec<_>>()
    });
    Effect::new(move |_| {
        if let Some(first) = options.get().first() {
            chosen.set(first.value.clone());
        }
    });
    let ask = move |()| {
        let at = format!("{}/password-reset", path::user(&tid, &pool, &user));
        let body = json!({"workspace_id": chosen.get_untracked()});
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<PasswordResetView>(&at, &body).await;
            busy.set(false);
            match answer {
                Ok(link) => made.set(Some(link)),
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    let ask = Callback::new(ask);
    view! {
        <div class="stack">
            {move || match made.get() {
                Some(link) => view! {
                    <Notice tone=Tone::Good title="Hand this link to them alone">
                        <p>"Whoever has it can choose the password. It is shown this once, and another link ends it."</p>
                    </Notice>
                    <CodeBlock text=link.url label="Reset link"/>
                }
                .into_any(),
                None => view! {
                    <SelectField
                        label="Where the page is shown"
                        id="workspace_id"
                        value=chosen
                        options
                        hint="A workspace that uses this pool."
                    />
                }
                .into_any(),
            }}
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="done" on_click=Callback::new(move |()| open.set(false))>"Close"</Button>
                <Show when=move || made.with(Option::is_none)>
                    <Button action="create-link" weight=Weight::Primary busy on_click=ask>"Make the link"</Button>
                </Show>
            </div>
        </div>
    }
}
