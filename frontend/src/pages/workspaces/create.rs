//! A new workspace: its name, the rules it keeps, the methods its clients may authenticate with.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use cardea_api::path;
use cardea_api::workspace::{NewWorkspace, WorkspaceDetails, WorkspaceView};
use cardea_protocol::id::{TenantId, WorkspaceId};
use cardea_protocol::workspace_settings::{Profile, WorkspaceSettings};

use super::methods::{cards, names, policy};
use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::pages::tenants::creation::{NameAndId, problem};
use crate::paths;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Card, CheckCards, RadioCards};
use crate::ui::page::{Notice, Tone};
use crate::ui::toast::use_toasts;

/// The dialog that creates a workspace, and then leads into it.
#[component]
pub(super) fn CreateWorkspace(tid: TenantId, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title="Create a workspace" id="create-workspace-dialog">
            <Fields tid=tid.clone() open/>
        </Dialog>
    }
}

#[component]
fn Fields(tid: TenantId, open: RwSignal<bool>) -> impl IntoView {
    let (api, toasts, go) = (use_api(), use_toasts(), use_navigate());
    let (name, id) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let chosen = RwSignal::new(Profile::Default.as_str().to_owned());
    let profile = Memo::new(move |_| chosen.with(|word| Profile::parse(word).unwrap_or(Profile::Default)));
    let methods = RwSignal::new(Vec::new());
    Effect::new(move |_| methods.set(names(WorkspaceSettings::for_profile(profile.get()).token_endpoint_auth_methods)));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let wrong = problem(id, WorkspaceId::parse);
    let wrong_id = Signal::derive(move || {
        wrong.get().or_else(|| failure.with(|failure| failure.as_ref().and_then(|failure| failure.at("/id"))))
    });
    let settings = Memo::new(move |_| methods.with(|methods| policy(profile.get(), methods)));
    let violations = move || settings.with(|settings| settings.validate().err().unwrap_or_default());
    let not_ready = Signal::derive(move || {
        name.with(|name| name.trim().is_empty())
            || id.with(|id| WorkspaceId::parse(id).is_err())
            || !violations().is_empty()
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(aid) = WorkspaceId::parse(&id.get_untracked()) else { return };
        if not_ready.get_untracked() || busy.get_untracked() {
            return;
        }
        let details =
            WorkspaceDetails { name: Some(name.get_untracked().trim().to_owned()), ..WorkspaceDetails::default() };
        let new = NewWorkspace { id: Some(aid), details, settings: settings.get_untracked() };
        let (tid, go) = (tid.clone(), go.clone());
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<WorkspaceView>(&path::workspaces(&tid), &new).await;
            busy.set(false);
            match answer {
                Ok(workspace) => {
                    open.set(false);
                    toasts.good(format!("Workspace {} is ready for its first client.", workspace.name));
                    go(&paths::workspace(&tid, &workspace.id), NavigateOptions::default());
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <p class="quiet">
                "A workspace is an authorization server of its own: what one issues is worth nothing at another."
            </p>
            <NameAndId
                name
                id
                problem=wrong_id
                name_placeholder="Web shop"
                id_hint="The last part of the issuer, in every token. It can never be changed."
            />
            <RadioCards legend="Profile" name="profile" value=chosen cards=profiles()/>
            <CheckCards
                legend="How clients may authenticate"
                name="token_endpoint_auth_methods"
                values=methods
                cards=Signal::derive(move || cards(profile.get()))
            />
            {move || violations().into_iter().map(|violation| {
                view! { <Notice tone=Tone::Warn>{format!("Not ready: {}.", violation.message)}</Notice> }
            }).collect_view()}
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="cancel" on_click=move |()| open.set(false)>"Cancel"</Button>
                <Button action="create-workspace" weight=Weight::Primary submit=true busy disabled=not_ready>
                    "Create workspace"
                </Button>
            </div>
        </form>
    }
}

/// The profiles, each in a few sentences.
pub(super) fn profiles() -> Vec<Card> {
    let card = |profile: Profile| {
        let (title, text) = match profile {
            Profile::Default => (
                "OAuth 2.0 with current best practice",
                "Code with PKCE, no implicit flow, rotating refresh tokens (RFC 9700). Every other rule is yours to set.",
            ),
            Profile::Fapi2 => (
                "FAPI 2.0 Security Profile",
                "For banking, health and the like: private keys or TLS certificates only, pushed requests, short-lived codes. Settings that break the profile are refused.",
            ),
        };
        Card { value: profile.as_str().to_owned(), title: title.to_owned(), text: text.to_owned(), ..Card::default() }
    };
    Profile::ALL.iter().copied().map(card).collect()
}
